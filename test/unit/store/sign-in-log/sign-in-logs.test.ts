import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { SignInFile } from '../../../../src/store/sign-in-log/sign-in-log.ts';
import { LINEAGE } from '../../../support/store-samples.ts';
import { signInLogSuite } from '../../../support/store-sign-in-suite.ts';

const root = mkdtempSync(join(tmpdir(), 'gsa-store-'));
let made = 0;

afterAll(() => rmSync(root, { recursive: true, force: true }));

signInLogSuite('the sign-in database', () => new SignInFile(join(root, `${made++}.signins.db`), LINEAGE));
