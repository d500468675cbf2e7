import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PROJECT } from '../support/terminal.ts';

test.skipIf(!existsSync(join(PROJECT, '.git')))('no source file is ignored, so a clone has them all', () => {
  const ignored = execFileSync(
    'git',
    ['ls-files', '--others', '--ignored', '--exclude-standard', 'src', 'test', 'bin', 'docs', 'examples', 'tools'],
    { cwd: PROJECT, encoding: 'utf8' },
  );
  expect(ignored).toBe('');
});
