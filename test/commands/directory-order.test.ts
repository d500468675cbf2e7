import { readFileSync, writeFileSync } from 'node:fs';
import { beforeEach, expect, test } from 'vitest';
import type { Workplace } from '../support/in-process.ts';
import { workplace } from '../support/in-process.ts';

const FIRST = 'b0000000-0000-4000-8000-000000000001';
const SECOND = 'b0000000-0000-4000-8000-000000000002';
const READER = '88d8e3e3-8f55-4a1e-953a-9b9898b8876b';

let place: Workplace;
beforeEach(async () => {
  place = workplace();
  await place.gsa('init --empty');
});

/** The tenant file with these members, their lists as they are and turned around: the order shown must be one. */
async function shownEitherWay(words: string, members: Readonly<Record<string, readonly object[]>>) {
  const shown = [];
  for (const turned of [false, true]) {
    const document = JSON.parse(readFileSync(place.tenant, 'utf8'));
    for (const [name, list] of Object.entries(members)) {
      document.tenant[name] = turned ? list.toReversed() : list;
    }
    writeFileSync(place.tenant, JSON.stringify(document));
    const run = await place.gsa(`${words} -o json`);
    shown.push(run.json()['value']);
  }
  expect(shown[1]).toEqual(shown[0]);
  return shown[0];
}

test('two groups of one name stand by their ids', async () => {
  const groups = [
    { id: SECOND, displayName: 'Staff' },
    { id: FIRST, displayName: 'Staff' },
  ];
  expect(await shownEitherWay('group list', { groups })).toMatchObject([{ id: FIRST }, { id: SECOND }]);
});

test('two people of one name stand by their ids', async () => {
  const users = [
    { id: SECOND, userPrincipalName: 'a@contoso.com' },
    { id: FIRST, userPrincipalName: 'a@contoso.com' },
  ];
  expect(await shownEitherWay('user list', { users })).toMatchObject([{ id: FIRST }, { id: SECOND }]);
});

test('a role that two groups of one name hold stands by their ids', async () => {
  const held = (principalId: string) => ({
    principalId,
    roleDefinitionId: READER,
    directoryScopeId: '/',
    status: 'active',
  });
  const groups = [FIRST, SECOND].map((id) => ({ id, displayName: 'Staff' }));
  const roleAssignments = [held(SECOND), held(FIRST)];
  expect(await shownEitherWay('role list', { groups, roleAssignments })).toMatchObject([
    { principalId: FIRST },
    { principalId: SECOND },
  ]);
});
