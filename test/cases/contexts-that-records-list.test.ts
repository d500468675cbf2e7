import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { HQ, NOTHING_ELSE, policy, TUNNELLED, tenantOf } from './exports.ts';

const REGISTERING = 'urn:user:registersecurityinfo';
const ON_CONTEXT = { applications: { includeApplications: [], includeAuthenticationContextClassReferences: ['C1'] } };
const ON_ACTION = { applications: { includeApplications: [], includeUserActions: [REGISTERING] } };
const ON_BOTH = {
  applications: { includeApplications: ['All'], includeAuthenticationContextClassReferences: ['c1'] },
};

/** What becomes of a sign-in with this list when signaling is switched off, where the policy blocks outside of headquarters. */
async function whatBecomes(conditions: object, said: object) {
  const place = await tenantOf(
    { 'policies.json': [policy({ include: ['All'], exclude: [HQ.id], conditions })], 'locations.json': [HQ] },
    NOTHING_ELSE,
  );
  const record = { ...TUNNELLED, appliedConditionalAccessPolicies: undefined, ...said };
  writeFileSync(join(place.folder, 'signins.ndjson'), `${JSON.stringify(record)}\n`);
  const impact = await place.gsa(
    'impact signins.ndjson --of signaling=disabled --fail-on newlyBlocked,unknown -o json',
  );
  const { classes } = impact.json() as { classes: { class: string; interactive: number; nonInteractive: number }[] };
  const replay = await place.gsa('replay signins.ndjson --signaling disabled -o json');
  const { outcomes } = replay.json() as { outcomes: Record<string, number> };
  const again = await place.gsa('impact --from-logs --of signaling=disabled --fail-on newlyBlocked,unknown -o json');
  return {
    class: classes.find(({ interactive, nonInteractive }) => interactive + nonInteractive > 0)?.class,
    replayed: Object.keys(outcomes).find((outcome) => outcomes[outcome] === 1),
    exitCodes: [impact.exitCode, again.exitCode],
  };
}

function listing(...references: readonly unknown[]) {
  return { authenticationContextClassReferences: references };
}

const BLOCKED = { class: 'newlyBlocked', replayed: 'blocked', exitCodes: [1, 1] };
const UNCHANGED = { class: 'unchanged', replayed: 'granted', exitCodes: [0, 0] };
const UNKNOWN = { class: 'unknown', replayed: 'unknown', exitCodes: [1, 1] };

describe('a policy on an authentication context', () => {
  test.each<[string, object, typeof BLOCKED]>([
    ['reaches a sign-in that had to meet it', listing({ id: 'c1', detail: 'required' }), BLOCKED],
    ['in any case', listing({ id: 'C1', detail: 'Required' }), BLOCKED],
    ['among others', listing({ id: 'c2', detail: 'required' }, { id: 'c1', detail: 'required' }), BLOCKED],
    [
      'once of two times',
      listing({ id: 'c1', detail: 'previouslySatisfied' }, { id: 'c1', detail: 'required' }),
      BLOCKED,
    ],
    ['reaches no sign-in that asks for another one', listing({ id: 'c2', detail: 'required' }), UNCHANGED],
    ['nor one to which it did not apply', listing({ id: 'c1', detail: 'notApplicable' }), UNCHANGED],
    ['nor one that asks for none', listing(), UNCHANGED],
    ['may reach one that met it before', listing({ id: 'c1', detail: 'previouslySatisfied' }), UNKNOWN],
    ['or of which nobody says how', listing({ id: 'c1' }), UNKNOWN],
    ['or in a word to come', listing({ id: 'c1', detail: 'unknownFutureValue' }), UNKNOWN],
    ['or by its name alone', listing('c1'), UNKNOWN],
    ['or one with a list that cannot be read', listing({ detail: 'required' }), UNKNOWN],
    ['or with a text for a list', { authenticationContextClassReferences: '[]' }, UNKNOWN],
    ['or with null', { authenticationContextClassReferences: null }, UNKNOWN],
    ['or without a list', {}, UNKNOWN],
  ])('%s', async (_, said, expected) => {
    expect(await whatBecomes(ON_CONTEXT, said)).toEqual(expected);
  });

  test('is not needed where the resource is reached', async () => {
    expect(await whatBecomes(ON_BOTH, {})).toEqual(BLOCKED);
  });
});

test('a user action that is listed is asked for, and none where nothing is listed', async () => {
  expect(await whatBecomes(ON_ACTION, listing({ id: REGISTERING, detail: 'required' }))).toEqual(BLOCKED);
  expect(await whatBecomes(ON_ACTION, listing({ id: REGISTERING, detail: 'previouslySatisfied' }))).toEqual(UNKNOWN);
  expect(await whatBecomes(ON_ACTION, listing({ id: 'c1', detail: 'required' }))).toEqual(UNCHANGED);
  expect(await whatBecomes(ON_ACTION, {})).toEqual(UNCHANGED);
});
