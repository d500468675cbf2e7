import { SIGN_IN_KINDS } from '../../core/impact/groups.ts';
import { policiesOf } from '../answer-cells.ts';
import { CLASS_NUMBERS } from '../engine-groups.ts';
import type { Members, Verdict } from '../fact-engine.ts';
import type { Named } from './inline-aliases.ts';
import { list, literal, numbered } from './sql-text.ts';

export interface VerdictExpressions {
  /** What became of each sign-in by the verdict of its key, and who and where it is. */
  readonly named: Named;
  /** The policies that decide about a sign-in, by twice their position, and one more where they stop. */
  readonly decisions: string;
}

export function verdictExpressions(verdicts: readonly Verdict[], members: Members): VerdictExpressions {
  const { numbers, kinds } = numberedVerdicts(verdicts);
  const keys = list(verdicts.map(({ key }) => (/^\d+$/.test(key) ? key : literal(key))));
  const of = (value: (verdict: Verdict) => number | string) =>
    `arrayElement(${list(kinds.map(value))}, toUInt64(verdict))`;
  const locations = locationNumbers(kinds);
  const location = of(({ location: id }) => (id === undefined ? 0 : (locations.get(id) ?? 0)));
  const named = [
    `transform(gsa_key, ${keys}, ${list(numbers)}, 0) AS verdict`,
    `${of(({ class: kind }) => CLASS_NUMBERS.get(kind) ?? 0)} AS class`,
    `${of(({ kind }) => SIGN_IN_KINDS.indexOf(kind))} AS kind`,
    `${of(({ isStopped }) => (isStopped ? 1 : 0))} AS stops`,
    `${numbered('person_h', members.person)} AS who`,
    `${numbered('application_h', members.application)} AS what`,
    // Where nobody names a location, the country tells where the user is.
    `if(${location} = 0, toInt64(0) - toInt64(${numbered('country_h', members.country)}), toInt64(${location})) AS place`,
  ];
  return { named, decisions: of(decisionsBy(policiesOf(verdicts))) };
}

/** Verdicts that say the same of different keys are one. */
function numberedVerdicts(verdicts: readonly Verdict[]) {
  const known = new Map<string, { readonly number: number; readonly verdict: Verdict }>();
  const numbers = verdicts.map((verdict) => {
    const { key: _, ...said } = verdict;
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

function decisionsBy(policies: readonly string[]) {
  const positions = new Map(policies.map((id, at) => [id, at]));
  return ({ class: kind, policies: decided }: Verdict): string => {
    const numbers = decided.map(({ id, stops }) => (positions.get(id) ?? 0) * 2 + (stops ? 1 : 0));
    return list(kind === 'unchanged' ? [] : numbers, 'emptyArrayUInt32()');
  };
}
