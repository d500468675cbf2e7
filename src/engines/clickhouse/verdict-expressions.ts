import { SIGN_IN_KINDS } from '../../core/impact/groups.ts';
import { policiesOf } from '../answer-cells.ts';
import { CLASS_NUMBERS } from '../engine-groups.ts';
import type { Members, Verdict } from '../fact-engine.ts';
import type { Named } from './inline-aliases.ts';
import type { SentTables } from './sent-tables.ts';
import { list, numbered } from './sql-text.ts';

/** What impact groups by, and besides everybody who is judged and everybody who is stopped. */
const GROUPINGS = ['all', 'user', 'application', 'location', 'policy', 'judged', 'stopped'] as const;
type Grouping = (typeof GROUPINGS)[number];

/**
 * The groups that each sign-in is in by the verdict of its key, as numbers of which {@link ENTRY} tells the parts: a query joins
 * them, so that everything that the key is made of stands in it once. Without a verdict there are none. Their members are those of
 * the sign-in, so that one number tells each group.
 */
export function entriesOf(verdicts: readonly Verdict[], members: Members, sent: SentTables): Named {
  const { numbers, kinds } = numberedVerdicts(verdicts);
  const [one = ''] = numbers.keys();
  const type = /^\d+$/.test(one) ? 'UInt64' : 'String';
  const entries = entriesBy(policiesOf(verdicts), locationNumbers(verdicts));
  // One constant: of a function of constants every row would get a copy.
  const all = list(['[]', ...kinds.map((kind) => list(entries(kind)))]);
  const by = (grouping: Grouping) => `${ENTRY.by} = ${GROUPINGS.indexOf(grouping)}`;
  const member = `multiIf(${[
    ...[by('user'), members.people.size === 0 ? 'who' : 'subject'],
    ...[by('application'), 'application_member'],
    ...[`${by('location')} AND ${ENTRY.at} = 0`, 'country_member'],
  ].join(', ')}, toUInt64(0))`;
  return [
    `arrayElement(${all}, ${sent.numberOf('gsa_key', type, numbers)} + 1) AS gsa_entries`,
    `arrayMap(entry -> toUInt64(entry + ${member} * ${MEMBER}), gsa_entries) AS gsa_groups`,
  ];
}

/** What a member counts in an entry. */
const MEMBER = 1024;

/** The parts of an entry. */
export const ENTRY = {
  stops: 'entry % 2 = 1',
  kind: 'intDiv(entry, 2) % 4',
  /** Class, grouping and member. */
  group: 'intDiv(entry, 8)',
  by: 'intDiv(entry, 128) % 8',
  at: `intDiv(entry, ${MEMBER})`,
} as const;

/** A group as the numbers of an answer tell it. */
export function groupOf(group: number): { readonly class: number; readonly by: Grouping; readonly member: number } {
  const by = GROUPINGS[Math.floor(group / 16) % 8] ?? 'all';
  return { class: group % 16, by, member: Math.floor(group / (MEMBER / 8)) };
}

/** Who signs in to what and where, by number. */
export function memberExpressions(
  verdicts: readonly Verdict[],
  members: Members,
  memberOf: (group: 'person' | 'application' | 'country') => string,
): Named {
  return [
    `${memberOf('person')} AS who`,
    ...peopleExpressions(members),
    `${memberOf('application')} AS application_member`,
    // Where nobody names a location, the country tells where the user is.
    `${locationNumbers(verdicts).size + 1} + ${memberOf('country')} AS country_member`,
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

/** Verdicts that say the same of different keys are one. */
function numberedVerdicts(verdicts: readonly Verdict[]) {
  const known = new Map<string, { readonly number: number; readonly verdict: Verdict }>();
  const numbers = new Map<string, number>();
  for (const verdict of verdicts) {
    const { key, signIns: _, ...said } = verdict;
    const text = JSON.stringify(said);
    const one = known.get(text) ?? { number: known.size + 1, verdict };
    known.set(text, one);
    numbers.set(key, one.number);
  }
  return { numbers, kinds: [...known.values()].map(({ verdict }) => verdict) };
}

function locationNumbers(verdicts: readonly Verdict[]): ReadonlyMap<string, number> {
  const ids = new Set(verdicts.flatMap(({ location }) => (location === undefined ? [] : [location])));
  return new Map([...ids].map((id, at) => [id, at + 1]));
}

function entriesBy(policies: readonly string[], locations: ReadonlyMap<string, number>) {
  const positions = new Map(policies.map((id, at) => [id, at]));
  return ({ class: kind, kind: how, isStopped, location = '', policies: decided }: Verdict): readonly number[] => {
    const numberOf = (by: Grouping, at: number, class_: number, stops: boolean) =>
      (((at * 8 + GROUPINGS.indexOf(by)) * 16 + class_) * 4 + SIGN_IN_KINDS.indexOf(how)) * 2 + (stops ? 1 : 0);
    const entry = (by: Grouping, at: number, stops: boolean) => numberOf(by, at, CLASS_NUMBERS.get(kind) ?? 0, stops);
    const everybody = (by: Grouping, stops: boolean) => numberOf(by, 0, 0, stops);
    const all = [entry('all', 0, isStopped), everybody('judged', isStopped)];
    if (isStopped) all.push(everybody('stopped', true));
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
