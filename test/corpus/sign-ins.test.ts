import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { ReadSignIn } from '../../src/intake/types.ts';
import { readAll } from '../support/read-all-sign-ins.ts';

/** Real exports, kept beside the project and not in it: counts and relative names only are written down here. */
const CORPUS = join('..', 'shared', 'corpus', 'signins');
const files = existsSync(CORPUS)
  ? readdirSync(CORPUS, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(CORPUS.length + 1)
          .replaceAll('\\', '/'),
      )
      .sort()
  : [];

interface Summary {
  readonly format: string;
  readonly read: number;
  readonly used: number;
  readonly skipped: string;
  readonly marked: Readonly<Record<string, number>>;
  readonly known: string;
}

/** Written anew with `UPDATE_TRANSCRIPTS=1`, to be read before it is committed. */
const GOLDEN_FILE = join('test', 'corpus', 'golden', 'sign-ins.json');
const golden = JSON.parse(readFileSync(GOLDEN_FILE, 'utf8')) as Readonly<Record<string, Summary>>;
const seen: Record<string, Summary> = {};
const writing = process.env['UPDATE_TRANSCRIPTS'] !== undefined;

afterAll(() => {
  if (writing) writeFileSync(GOLDEN_FILE, `${JSON.stringify(seen, null, 2)}\n`);
});

/** Of how many sign-ins each fact is known. */
function knownFacts(signIns: readonly ReadSignIn[]) {
  const facts: Readonly<Record<string, (signIn: ReadSignIn) => unknown>> = {
    user: ({ attempt: { identity } }) => (identity.kind === 'user' ? identity.userPrincipalName : undefined),
    externalUserType: ({ attempt: { identity } }) => (identity.kind === 'user' ? identity.externalUserType : undefined),
    audiences: ({ attempt: { target } }) => (target.kind === 'application' ? target.audiences : undefined),
    via: ({ attempt: { network } }) => network.via,
    source: ({ attempt: { network } }) => network.source.address,
    country: ({ attempt: { network } }) => network.source.countryOrRegion,
    clientAppType: ({ attempt }) => attempt.clientAppType,
    devicePlatform: ({ attempt }) => attempt.devicePlatform,
    device: ({ attempt }) => attempt.device,
    signInRiskLevel: ({ attempt }) => attempt.signInRiskLevel,
    authenticationFlow: ({ attempt }) => attempt.authenticationFlow,
    mfa: ({ attempt }) => attempt.satisfied.mfa,
    testimony: ({ attempt }) => attempt.testimony,
  };
  return Object.entries(facts)
    .map(([name, read]) => `${name} ${signIns.filter((signIn) => read(signIn) !== undefined).length}`)
    .join(', ');
}

describe.skipIf(files.length === 0)('the corpus of sign-in exports (../shared is not here)', () => {
  test.each(files)('%s is summarised as it was', async (file) => {
    const { signIns, reports } = await readAll([join(CORPUS, file)]);
    const [report] = reports;
    expect(report?.read).toBeGreaterThan(0);
    seen[file] = {
      format: report?.format ?? 'none',
      read: report?.read ?? 0,
      used: report?.used ?? 0,
      skipped: report?.skipped.map(({ reason, count }) => `${reason} ${count}`).join(', ') ?? '',
      marked: report?.marked ?? {},
      known: knownFacts(signIns),
    };
    if (!writing) expect(seen[file]).toEqual(golden[file]);
  });

  test.skipIf(writing)('every file is there that was summarised, and has its summary', () => {
    expect(Object.keys(golden).sort()).toEqual([...files].sort());
  });

  test('no record of the corpus disappears: what is not used is skipped with a reason', async () => {
    const { signIns, skipped, reports } = await readAll([CORPUS]);
    expect(reports).toHaveLength(files.length);
    expect(reports.reduce((sum, { read }) => sum + read, 0)).toBe(signIns.length + skipped.length);
    expect(skipped.filter(({ reason, message }) => reason === '' || message === '')).toEqual([]);
  });
});
