import type { GroupName } from './fact-columns.ts';
import { ADDRESS_COLUMNS, GROUP_NAMES } from './fact-columns.ts';
import type { Verdict, Witness } from './fact-engine.ts';

/** What the id of a record without one begins with, for one run. */
export const NO_ID = 'no id ';

/** One sign-in of a key: its id, its time, its addresses, and the texts of its groups, in that order. */
export function witnessOf([id = '', createdDateTime = '', ...rest]: readonly string[]): Witness {
  const names = rest.slice(ADDRESS_COLUMNS.length);
  const tuples = Object.fromEntries(GROUP_NAMES.map((group, at) => [group, names[at] ?? ''])) as Record<
    GroupName,
    string
  >;
  const addresses = rest.slice(0, ADDRESS_COLUMNS.length);
  return { id: id.startsWith(NO_ID) ? '' : id, createdDateTime, addresses, tuples };
}

/** Ids of the policies that decide any of these, sorted: an engine is told their positions. */
export function policiesOf(verdicts: readonly Verdict[]): readonly string[] {
  return [...new Set(verdicts.flatMap(({ policies }) => policies.map(({ id }) => id)))].sort();
}

/** A text that says something; `undefined`: none. */
export function textIn(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A value as a text; `null`: none. */
export function valueIn(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}
