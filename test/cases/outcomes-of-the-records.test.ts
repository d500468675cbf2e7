import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { HQ, NOTHING_ELSE, policy, TUNNELLED, tenantOf } from './exports.ts';

const MFA = { operator: 'OR', builtInControls: ['mfa'] };
const ELSEWHERE = '198.51.100.7';
const LATER = { modifiedDateTime: '2026-01-11T00:00:00Z' };

/** A policy for somebody else. */
const FOR_ANOTHER = policy({ conditions: { users: { includeUsers: ['a0000000-0000-4000-8000-00000000beef'] } } });
const OUTSIDE = policy({ include: ['All'], exclude: [HQ.id] });

/** A sign-in that came directly and that Conditional Access blocked, whose record lists no policies. */
const BLOCKED = {
  ...TUNNELLED,
  userType: 'member',
  crossTenantAccessType: 'none',
  isInteractive: true,
  ipAddress: ELSEWHERE,
  isThroughGlobalSecureAccess: false,
  globalSecureAccessIpAddress: undefined,
  status: { errorCode: 53003, failureReason: 'Access has been blocked by Conditional Access policies.' },
  conditionalAccessStatus: 'failure',
};
const LET_IN = { ...BLOCKED, status: { errorCode: 0 }, conditionalAccessStatus: 'success' };
const listed = (result: string, id = FOR_ANOTHER.id) => ({
  appliedConditionalAccessPolicies: [{ id, displayName: 'Listed', result }],
});

async function check(policies: readonly object[], records: readonly object[], ...options: string[]) {
  const place = await tenantOf({ 'policies.json': policies, 'locations.json': [HQ] }, NOTHING_ELSE);
  const file = join(place.folder, 'signins.json');
  const numbered = records.map((record, at) => ({
    ...record,
    id: `bbbbbbbb-0000-4000-8000-${String(at).padStart(12, '0')}`,
  }));
  writeFileSync(file, JSON.stringify(numbered));
  const run = await place.gsa(['impact', file, '--fail-on', 'newlyBlocked', ...options]);
  const replayed = await place.gsa(['replay', file, '--dry-run', '--compare-recorded']);
  return { exitCode: run.exitCode, shown: run.stdout, replayed: replayed.stdout };
}

describe('a gate is not green over', () => {
  test.each([
    ['a sign-in that Entra blocked and no policy here stops', [FOR_ANOTHER], BLOCKED],
    ['one of which the code alone tells it', [FOR_ANOTHER], { ...BLOCKED, conditionalAccessStatus: undefined }],
    ['one of which the status alone tells it', [FOR_ANOTHER], { ...BLOCKED, status: undefined }],
    ['one whose device was refused', [FOR_ANOTHER], { ...BLOCKED, status: { errorCode: 53000 } }],
    ['one that was asked for MFA', [FOR_ANOTHER], { ...BLOCKED, status: { errorCode: 50076 } }],
    ['a block of somebody who is only asked here', [policy({ grantControls: MFA })], { ...BLOCKED, ...mfaNotDone() }],
    ['a block that the listed policies do not explain', [FOR_ANOTHER], { ...BLOCKED, ...listed('notApplied') }],
    ['a sign-in that was let in and is blocked here', [OUTSIDE], LET_IN],
    ['one that no policy applied to', [OUTSIDE], { ...LET_IN, conditionalAccessStatus: 'notApplied' }],
  ])('%s', async (_, policies, record) => {
    const { exitCode, shown, replayed } = await check(policies, [record]);
    expect(exitCode).toBe(1);
    for (const text of [shown, replayed]) {
      expect(text).toContain('by the records, ');
      expect(text).not.toContain('could not be checked');
    }
  });

  test('few that were blocked among many that were let in', async () => {
    const { exitCode, shown } = await check([FOR_ANOTHER], [BLOCKED, ...Array.from({ length: 99 }, () => LET_IN)]);
    expect([exitCode, shown]).toEqual([1, expect.stringContaining('Conditional Access stopped 1 sign-in')]);
  });
});

describe('a gate is green over', () => {
  test.each([
    ['a sign-in that is blocked here too', [OUTSIDE], [BLOCKED]],
    ['one that was let in, and is', [FOR_ANOTHER], [LET_IN]],
    ['a wrong password', [FOR_ANOTHER], [{ ...BLOCKED, ...wrongPassword() }, LET_IN]],
    ['an interrupted sign-in and the one that followed it', [policy({ grantControls: MFA })], interrupted()],
    ['MFA that something else than policies asked for', [FOR_ANOTHER], [{ ...BLOCKED, ...ofTheUser() }, LET_IN]],
    ['a report-only policy that would block', [{ ...OUTSIDE, state: 'enabledForReportingButNotEnforced' }], [LET_IN]],
    ['a block from before a policy changed', [{ ...FOR_ANOTHER, ...LATER }], [BLOCKED, LET_IN]],
    ['a block by security defaults', [FOR_ANOTHER], [{ ...BLOCKED, ...listed('failure', 'SecurityDefaults') }, LET_IN]],
    ['a record that contradicts itself', [OUTSIDE], [{ ...LET_IN, conditionalAccessStatus: 'failure' }]],
    [
      'what is let in or not for all that is known',
      [policy({ include: ['All'], exclude: ['AllTrusted'], grantControls: MFA })],
      [LET_IN],
    ],
  ])('%s', async (_, policies, records) => {
    const { exitCode, shown } = await check(policies, records);
    expect([exitCode, shown]).toEqual([0, expect.not.stringContaining('by the records, ')]);
  });

  test('what agrees as far as is asked', async () => {
    const records = [BLOCKED, LET_IN, LET_IN];
    expect((await check([FOR_ANOTHER], records, '--minimum-agreement', '0')).exitCode).toBe(0);
    expect((await check([FOR_ANOTHER], records, '--minimum-agreement', '1')).exitCode).toBe(1);
  });
});

function mfaNotDone() {
  const status = { errorCode: 53003 };
  return { status, authenticationDetails: [{ authenticationMethod: 'Password', succeeded: true }] };
}

function wrongPassword() {
  return { status: { errorCode: 50126 }, conditionalAccessStatus: 'notApplied' };
}

function ofTheUser() {
  return { status: { errorCode: 50074 }, conditionalAccessStatus: 'notApplied' };
}

function interrupted() {
  const done = { errorCode: 0, additionalDetails: 'MFA requirement satisfied by claim in the token' };
  return [
    { ...BLOCKED, status: { errorCode: 50074 } },
    { ...LET_IN, status: done },
  ];
}
