import { SIGN_IN_KINDS } from '../../core/impact/groups.ts';
import { policiesOf } from '../answer-cells.ts';
import { CLASS_NUMBERS } from '../engine-groups.ts';
import type { Members, Verdict } from '../fact-engine.ts';
import type { Named } from './inline-aliases.ts';
import { list, literal, numbered } from './sql-text.ts';

/** What impact groups by. */
const GROUPINGS = ['all', 'user', 'application', 'location', 'policy'] as const;
type Grouping = (typeof GROUPINGS)[number];

/**
 * The groups that each sign-in is in by the verdict of its key, as numbers of which {@link ENTRY} tells the parts: a query joins
 * them, so that everything that the key is made of stands in it once. Without a verdict there are none.
 */
export function entriesOf(verdicts: readonly Verdict[]): string {
  const { numbers, kinds } = numberedVerdicts(verdicts);
  const keys = list(verdicts.map(({ key }) => (/^\d+$/.test(key) ? key : literal(key))));
  const entries = entriesBy(policiesOf(verdicts), locationNumbers(verdicts));
  const none = 'arrayMap(x -> toUInt64(x), emptyArrayUInt64())';
  const all = [none, ...kinds.map((kind) => `arrayMap(x -> toUInt64(x), ${list(entries(kind))})`)];
  return `arrayElement(${list(all)}, toUInt64(transform(gsa_key, ${keys}, ${list(numbers)}, 0)) + 1)`;
}

/** The parts of an entry. */
export const ENTRY = {
  stops: 'entry % 2 = 1',
  kind: 'intDiv(entry, 2) % 4',
  class: 'intDiv(entry, 8) % 16',
  by: 'intDiv(entry, 128) % 8',
  at: 'intDiv(entry, 1024)',
} as const;

/** Who signs in, and who is meant by each entry. */
export function memberExpressions(verdicts: readonly Verdict[], members: Members): Named {
  // Where nobody names a location, the country tells where the user is.
  const country = `${locationNumbers(verdicts).size + 1} + toUInt64(${numbered('country_h', members.country)})`;
  return [
    `toUInt64(${numbered('person_h', members.person)}) AS who`,
    ...peopleExpressions(members),
    `multiIf(${[
      ...[`${ENTRY.by} = ${GROUPINGS.indexOf('user')}`, members.people.size === 0 ? 'who' : 'subject'],
      ...[
        `${ENTRY.by} = ${GROUPINGS.indexOf('application')}`,
        `toUInt64(${numbered('application_h', members.application)})`,
      ],
      ...[`${ENTRY.by} = ${GROUPINGS.indexOf('location')} AND ${ENTRY.at} = 0`, country],
    ].join(', ')}, toUInt64(${ENTRY.at})) AS member`,
  ];
}

/** Everybody whom a record stands for, and whose sign-ins they are where impact groups by people. */
function peopleExpressions({ people, several }: Members): Named {
  if (people.size === 0) return [];
  const tuples = [...people.keys()];
  const at = numbered('people_h', new Map(tuples.map((tuple, position) => [tuple, position + 1])));
  const all = [...people.values()];
  const named = [NOBODY, ...all.map((each) => `arrayMap(x -> toUInt64(x), ${list(each.named ?? [], NOBODY)})`)];
  const isNamed = list([0, ...all.map((each) => (each.named === undefined ? 0 : 1))]);
  // No person has the number 0.
  const person = [0, ...all.map(({ ofPerson }) => (typeof ofPerson === 'number' ? ofPerson : 0))];
  const isAlways = [1, ...all.map(({ ofPerson }) => (ofPerson === 'always' ? 1 : 0))];
  return [
    `toUInt64(${at}) + 1 AS people_at`,
    `if(arrayElement(${isNamed}, people_at) = 1, arrayElement(${list(named)}, people_at), arrayMap(x -> toUInt64(x), [who])) AS everybody`,
    `if(arrayElement(${list(isAlways)}, people_at) = 1 OR arrayElement(${list(person)}, people_at) = who, who, toUInt64(${several})) AS subject`,
  ];
}

const NOBODY = 'emptyArrayUInt64()';

/** How many people there are, each once, among all whom records stand for. */
export function peopleCounted({ people }: Members, condition?: string): string {
  const [what, name] = people.size === 0 ? ['who', 'uniqExact'] : ['everybody', 'uniqExactArray'];
  return condition === undefined ? `${name}(${what})` : `${name}If(${what}, ${condition})`;
}

/** What the parts of an entry say. */
export function groupingAt(by: number): Grouping {
  return GROUPINGS[by] ?? 'all';
}

/** Verdicts that say the same of different keys are one. */
function numberedVerdicts(verdicts: readonly Verdict[]) {
  const known = new Map<string, { readonly number: number; readonly verdict: Verdict }>();
  const numbers = verdicts.map((verdict) => {
    const { key: _, signIns: __, ...said } = verdict;
    const text = JSON.stringify(said);
    const one = known.get(text) ?? { number: known.size + 1, verdict };
    known.set(text, one);
    return one.number;
  });
  return { numbers, kinds: [...known.values()].map(({ verdict }) => verdict) };
}

function locationNumbers(verdicts: readonly Verdict[]): ReadonlyMap<string, number> {
  const ids = new Set(verdicts.flatMap(({ location }) => (location === undefined ? [] : [location])));
  return new Map([...ids].map((id, at) => [id, at + 1]));
}

function entriesBy(policies: readonly string[], locations: ReadonlyMap<string, number>) {
  const positions = new Map(policies.map((id, at) => [id, at]));
  return ({ class: kind, kind: how, isStopped, location = '', policies: decided }: Verdict): readonly number[] => {
    const entry = (by: Grouping, at: number, stops: boolean) =>
      (((at * 8 + GROUPINGS.indexOf(by)) * 16 + (CLASS_NUMBERS.get(kind) ?? 0)) * 4 + SIGN_IN_KINDS.indexOf(how)) * 2 +
      (stops ? 1 : 0);
    const all = [entry('all', 0, isStopped)];
    if (kind === 'unchanged') return all;
    return [
      ...all,
      entry('user', 0, isStopped),
      entry('application', 0, isStopped),
      entry('location', locations.get(location) ?? 0, isStopped),
      ...decided.map(({ id, stops }) => entry('policy', positions.get(id) ?? 0, stops)),
    ];
  };
}
