import { GROUPS } from '../fact-columns.ts';
import type { Members, Tuple } from '../fact-engine.ts';
import type { Asked } from './fact-expressions.ts';
import { factExpression } from './fact-expressions.ts';

/** Columns of which the first that do may tell people apart. */
const TELLING: readonly (readonly (typeof GROUPS)['person'][number][])[] = [
  ['userId'],
  ['userPrincipalName'],
  ['userId', 'servicePrincipalId'],
  ['userId', 'userPrincipalName', 'servicePrincipalId', 'workloadAppId'],
];

/** So that a group with its member is a whole number of JSON. */
const MOST = 2 ** 46 - 1;

/** A number of who signs in, made of columns, and how many different ones there are if it is true. */
export interface PersonNumber {
  readonly expression: string;
  readonly people: number;
}

/**
 * People told apart by the columns that do it among these tuples: two have the same there if and only if they are one person. Looked up
 * is nothing then, which takes a server longer than anything else. `undefined`: no columns do. The number is a hash, so that one
 * has to ask whether it has so many values.
 */
export function personNumber(tuples: readonly Tuple[], members: Members, needs: Asked): PersonNumber | undefined {
  // Whom records name besides has a number of its own.
  if (members.people.size > 0) return undefined;
  const columns = TELLING.find((facts) => tell(facts, tuples, members));
  if (columns === undefined) return undefined;
  const texts = columns.map((fact) => `ifNull(${factExpression(fact, needs)}, '')`);
  return {
    expression: `bitAnd(cityHash64(${texts.join(', ')}), toUInt64(${MOST}))`,
    people: new Set(members.person.values()).size,
  };
}

/** Texts that are none and texts that are empty are one here, as in the expression. */
function tell(facts: (typeof TELLING)[number], tuples: readonly Tuple[], { person }: Members): boolean {
  const positions = facts.map((fact) => GROUPS.person.indexOf(fact));
  const [numbers, texts] = [new Map<string, number>(), new Map<number, string>()];
  return tuples.every(({ name, values }) => {
    const text = JSON.stringify(positions.map((at) => values[at] ?? ''));
    const number = person.get(name) ?? 0;
    const [known, other] = [numbers.get(text) ?? number, texts.get(number) ?? text];
    numbers.set(text, number);
    texts.set(number, text);
    return known === number && other === text;
  });
}
