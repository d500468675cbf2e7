import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CHANGE_CLASSES } from '../../../../src/core/conditional-access/outcome/change.ts';
import type { Change } from '../../../../src/core/impact/change.ts';
import type { Counted } from '../../../../src/core/impact/counted.ts';
import { isOfOne } from '../../../../src/core/impact/counted.ts';
import type { Example } from '../../../../src/core/impact/example.ts';
import type { DIMENSIONS } from '../../../../src/core/impact/groups.ts';
import { SIGN_IN_KINDS } from '../../../../src/core/impact/groups.ts';
import { ImpactTally } from '../../../../src/core/impact/tally.ts';

const named = (id: string) => ({ id, displayName: id.toUpperCase() });

/** A group as it is told, by who stands as its example. */
interface Group {
  readonly by: string;
  readonly class: string;
  readonly id: string;
  readonly signIns: number;
  readonly users: number;
  readonly certainlyStopped: number;
  readonly example: string;
}

const policies = fc.subarray(['CA1', 'CA2', 'CA3']);
const change: fc.Arbitrary<Change> = fc
  .record({ class: fc.constantFrom(...CHANGE_CLASSES), decidedBy: policies, stoppedBy: policies })
  .map(({ class: kind, decidedBy, stoppedBy }) => ({
    ...{ class: kind, outcomes: undefined, couldBe: [], missing: [] },
    decidedBy,
    stoppedBy: kind === 'unknown' ? stoppedBy.filter((id) => decidedBy.includes(id)) : [],
  }));

const person = fc.constantFrom('anna', 'ben', 'carl', 'dora');
const weight = fc.record({
  signIns: fc.integer({ min: 1, max: 9 }),
  people: fc.option(fc.uniqueArray(person, { maxLength: 3 }), { nil: undefined, freq: 1 }),
  userCount: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined, freq: 1 }),
});

type Drawn = Omit<Counted, 'explain'>;

/** Many sign-ins share few changes, as they do in a run. */
const signIns: fc.Arbitrary<readonly Drawn[]> = fc.array(change, { minLength: 1, maxLength: 4 }).chain((changes) =>
  fc.array(
    fc
      .record({
        change: fc.constantFrom(...changes),
        kind: fc.constantFrom(...SIGN_IN_KINDS),
        weight,
        personId: person,
        application: fc.constantFrom(named('mail'), named('files')),
        location: fc.constantFrom(named('office'), named('home')),
      })
      .map((one) => ({ ...one, user: named(one.personId) })),
    { maxLength: 40 },
  ),
);

function told(drawn: readonly Drawn[]): readonly Group[] {
  const tally = new ImpactTally(new Map());
  for (const [at, one] of drawn.entries()) tally.add({ ...one, explain: () => ({ signInId: `${at}` }) as Example });
  return tally.counts().groups.map((group) => ({
    ...{ by: group.by, class: group.class, id: group.id, users: group.users },
    signIns: group.interactive + group.nonInteractive + group.workload,
    ...{ certainlyStopped: group.certainlyStopped, example: group.example.signInId },
  }));
}

/** The same, group by group over all sign-ins. */
function obvious(drawn: readonly Drawn[]): readonly Group[] {
  const keys = new Set(
    drawn.flatMap((one) => membersOf(one).map(([by, id]) => JSON.stringify([by, one.change.class, id]))),
  );
  return [...keys].flatMap((key) => {
    const [by, kind, id] = JSON.parse(key) as [string, string, string];
    const members = drawn.flatMap((one, at) =>
      one.change.class === kind && membersOf(one).some(([of, member]) => of === by && member === id)
        ? [{ one, at }]
        : [],
    );
    const stopped = members.filter(
      ({
        one: {
          change: { stoppedBy },
        },
      }) => (by === 'policy' ? stoppedBy.includes(id) : stoppedBy.length > 0),
    );
    const first = stopped[0] ?? members[0];
    if (kind === 'unchanged' || first === undefined) return [];
    return [
      {
        ...{ by, class: kind, id, example: `${first.at}` },
        signIns: sumOf(members),
        users: new Set(members.flatMap(({ one }) => one.weight.people ?? [one.personId])).size,
        certainlyStopped: sumOf(stopped),
      },
    ];
  });
}

function sumOf(members: readonly { readonly one: Drawn }[]): number {
  return members.reduce((sum, { one }) => sum + one.weight.signIns, 0);
}

function membersOf(one: Drawn): [by: (typeof DIMENSIONS)[number], id: string][] {
  return [
    ...one.change.decidedBy.map((id): ['policy', string] => ['policy', id]),
    ['user', isOfOne(one) ? one.user.id : 'several'],
    ['application', one.application.id],
    ['location', one.location.id],
  ];
}

const inOrder = (groups: readonly Group[]) =>
  groups.map((group) => JSON.stringify(Object.entries(group).sort())).sort();

test('groups are what they are by going through all sign-ins for each, whoever comes in whatever order', () => {
  fc.assert(
    fc.property(signIns, (drawn) => {
      expect(inOrder(told(drawn))).toEqual(inOrder(obvious(drawn)));
    }),
  );
});
