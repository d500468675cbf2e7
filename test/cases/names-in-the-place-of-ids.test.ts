import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Workplace } from '../support/in-process.ts';
import { HQ, NOTHING_ELSE, policy, TUNNELLED, tenantOf } from './exports.ts';

const GLOBAL_ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10';
const EXCHANGE = '00000002-0000-0ff1-ce00-000000000000';
const FINANCE = '77777777-0000-4000-8000-000000000001';
const ME = { id: TUNNELLED.userId, userPrincipalName: TUNNELLED.userPrincipalName, userType: 'Member' };
const DIRECTORY = {
  'l.json': { value: [HQ] },
  'users.json': { '@odata.context': 'x#users', value: [ME] },
  'groups.json': { '@odata.context': 'x#groups', value: [{ id: FINANCE, displayName: 'Finance', members: [ME.id] }] },
  'roleAssignments.json': {
    '@odata.context': 'x#roleManagement/directory/roleAssignmentScheduleInstances',
    value: [
      { principalId: ME.id, roleDefinitionId: GLOBAL_ADMINISTRATOR, directoryScopeId: '/', assignmentType: 'Assigned' },
    ],
  },
};

/** A block outside of the headquarters, with this of its conditions otherwise. */
const blockOutside = (conditions: object, controls: object = {}) =>
  policy({ include: ['All'], exclude: [HQ.id], conditions, ...controls });

async function holding(policyOfFile: object): Promise<Workplace> {
  return await tenantOf({ ...DIRECTORY, 'policies.json': [policyOfFile] }, NOTHING_ELSE);
}

const SIGN_IN = { ...TUNNELLED, resourceId: EXCHANGE, isInteractive: true, location: { countryOrRegion: 'NL' } };

async function gates(place: Workplace) {
  const file = join(place.folder, 'signins.json');
  writeFileSync(file, JSON.stringify([SIGN_IN]));
  const recorded = await place.gsa(['impact', file, '--fail-on', 'newlyBlocked', '-o', 'json']);
  const proved = await place.gsa('impact --all --fail-on newlyBlocked');
  return { recorded, proved };
}

async function found(place: Workplace): Promise<readonly string[]> {
  const { value } = (await place.gsa('check -o json')).json() as { value: { ruleId: string }[] };
  return value.map(({ ruleId }) => ruleId);
}

/** Conditions by id, the same by name, and what is lacking then. */
const NAMED: readonly (readonly [byId: object, byName: object, fact: string])[] = [
  [{ users: { includeUsers: [ME.id] } }, { users: { includeUsers: [ME.userPrincipalName] } }, ME.userPrincipalName],
  [
    { users: { includeRoles: [GLOBAL_ADMINISTRATOR] } },
    { users: { includeRoles: ['Global Administrator'] } },
    'roles Global Administrator',
  ],
  [{ users: { includeGroups: [FINANCE] } }, { users: { includeGroups: ['Finance'] } }, 'groups Finance'],
  [
    { applications: { includeApplications: [EXCHANGE] } },
    { applications: { includeApplications: ['Office 365 Exchange Online'] } },
    'applications Office 365 Exchange Online',
  ],
];

describe('a name in the place of an id', () => {
  test.each(NAMED)('blocks by id %j, and by name %j no gate is green', async (byId, byName, fact) => {
    const known = await gates(await holding(blockOutside(byId)));
    expect([known.recorded.exitCode, known.proved.exitCode]).toEqual([1, 1]);
    expect(known.recorded.json()).toMatchObject({ failed: ['newlyBlocked'] });
    const place = await holding(blockOutside(byName));
    const { recorded, proved } = await gates(place);
    expect([recorded.exitCode, proved.exitCode]).toEqual([1, 1]);
    expect(recorded.json()).toMatchObject({ failed: [], notProven: [{ gate: 'newlyBlocked', signIns: 1 }] });
    expect(recorded.stdout).toContain(fact);
    expect(proved.stdout).not.toContain('Nothing changes');
  });

  test.each([
    [{ users: { includeUsers: ['Ada'], excludeUsers: ['Ada'] } }],
    [{ users: { includeGroups: ['Finance'], excludeGroups: ['finance'] } }],
    [{ users: { includeRoles: ['Helpers'], excludeRoles: ['Helpers'] } }],
    [{ applications: { includeApplications: ['Mail'], excludeApplications: ['Mail'] } }],
  ])('need not be one object in two lists, as several may bear it: %j', async (conditions) => {
    const place = await holding(blockOutside(conditions));
    const { recorded, proved } = await gates(place);
    expect([recorded.exitCode, proved.exitCode]).toEqual([1, 1]);
    expect((await place.gsa('signaling disable --no-input')).exitCode).toBe(3);
    expect(await found(place)).not.toContain('GSA050');
  });

  test('is one object in two lists by its id, which excludes whom it includes', async () => {
    const gone = '77777777-0000-4000-8000-00000000dead';
    const place = await holding(blockOutside({ users: { includeGroups: [gone], excludeGroups: [gone] } }));
    const { recorded, proved } = await gates(place);
    expect([recorded.exitCode, proved.exitCode]).toEqual([0, 0]);
    expect(await found(place)).toContain('GSA050');
  });

  test.each([
    { excludeUsers: [ME.userPrincipalName] },
    { excludeRoles: ['Global Administrator'] },
    { excludeGroups: ['Finance'] },
  ])('may be the gap in what asks everybody for MFA: %j', async (users) => {
    const grantControls = { operator: 'OR', builtInControls: ['mfa'] };
    const place = await holding(policy({ grantControls, conditions: { users: { includeUsers: ['All'], ...users } } }));
    const run = await place.gsa('check --gaps');
    expect(run.stdout).toContain('perhaps neither blocked nor asked for MFA');
    expect(run.stdout).not.toContain('None:');
  });

  test('makes up nobody where people are not known: who is in one policy by id may be in another by name', async () => {
    const place = await tenantOf(
      {
        'l.json': { value: [HQ] },
        'policies.json': [
          policy({ conditions: { users: { includeUsers: ['All'], excludeUsers: ['Ada'] } } }),
          { ...blockOutside({ users: { includeUsers: [ME.id] } }), id: '11111111-1111-4111-8111-00000000000b' },
        ],
      },
      '--mfa-trusted-ips none',
    );
    const run = await place.gsa('impact --all --fail-on newlyBlocked');
    expect([run.exitCode, run.stdout]).toEqual([1, expect.stringContaining('unknown')]);
  });

  test('decides nothing where another policy decides, and the words of Graph are no names', async () => {
    const quiet = await holding(
      blockOutside(
        { users: { includeUsers: ['megan'] } },
        { grantControls: { operator: 'OR', builtInControls: ['mfa'] } },
      ),
    );
    expect((await gates(quiet)).recorded.exitCode).toBe(0);
    const words = await holding(
      blockOutside({
        users: { includeUsers: ['None', 'AllAgentIdUsers', 'GuestsOrExternalUsers'] },
        applications: { includeApplications: ['MicrosoftAdminPortals', 'AllAgentIdResources', 'office365'] },
      }),
    );
    const { recorded } = await gates(words);
    expect([recorded.exitCode, recorded.json()]).toEqual([0, expect.objectContaining({ notProven: [] })]);
  });

  test('is put right by the id of the only object that is called so, which the check tells', async () => {
    const place = await holding(
      blockOutside({
        users: {
          includeUsers: [ME.userPrincipalName],
          includeRoles: ['global administrator'],
          includeGroups: ['Finance'],
        },
        applications: { includeApplications: ['Office 365', 'Nothing that anybody knows'] },
      }),
    );
    const { stdout } = await place.gsa('check -o json');
    for (const told of [
      `\`${ME.id}\` for \`${ME.userPrincipalName}\``,
      `\`${GLOBAL_ADMINISTRATOR}\` for \`global administrator\``,
      `\`${FINANCE}\` for \`Finance\``,
      '`Office365` for `Office 365`',
    ])
      expect(stdout).toContain(told);
    expect(stdout).not.toContain('for `Nothing');
  });

  test('is told when it is imported', async () => {
    const place = await holding(blockOutside({ users: { includeUsers: ['Ada'] } }));
    const file = join(place.folder, 'again.json');
    writeFileSync(file, JSON.stringify([blockOutside({ users: { includeUsers: ['Ada Lovelace'] } })]));
    const run = await place.gsa(['import', file, '--dry-run']);
    expect(run.stderr + run.stdout).toContain('what the policy reaches by it is not known');
  });

  test('keeps an emergency access account from counting as excluded, or as out of reach', async () => {
    const place = await holding(blockOutside({ users: { includeUsers: [ME.userPrincipalName] } }));
    await place.gsa(['tenant', 'set', '--emergency-access', ME.userPrincipalName, '--yes']);
    const run = await place.gsa('check --fail-on error -o json');
    expect(run.exitCode).toBe(1);
    expect(run.stdout).toContain('GSA020');
    expect(run.stdout).toContain(`meaning of users ${ME.userPrincipalName}`);
  });
});
