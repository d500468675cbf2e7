import type { SignInCondition } from '../../core/sign-in-log/condition.ts';
import { nearNames } from '../../core/values/near-names.ts';
import { GsaError } from '../../trouble/error.ts';
import { parts } from '../options.ts';

/** One word of `--status`: the column that holds it, and its value there. */
export interface StatusWord {
  readonly column: 'outcome' | 'conditionalAccessStatus' | 'errorCode';
  readonly value: string | number;
}

/** What came of a sign-in, and Graph's `conditionalAccessStatus` (META). */
const WORDS: { readonly [column in 'outcome' | 'conditionalAccessStatus']: readonly string[] } = {
  outcome: ['granted', 'interrupted', 'denied', 'blocked', 'unknown', 'notReached'],
  conditionalAccessStatus: ['success', 'failure', 'notApplied'],
};

/** Every word that is a status. */
export const STATUS_WORDS: readonly string[] = Object.values(WORDS).flat();

/** Words and error codes joined by commas; the option may be repeated. Throws GsaError `usage` with the near words. */
export function statusWords(text: string, previous: readonly StatusWord[] | undefined): readonly StatusWord[] {
  return [...(previous ?? []), ...parts(text).map(statusWord)];
}

function statusWord(text: string): StatusWord {
  if (/^\d{1,9}$/.test(text)) return { column: 'errorCode', value: Number(text) };
  const wanted = text.toLowerCase();
  for (const column of ['outcome', 'conditionalAccessStatus'] as const) {
    const value = WORDS[column].find((word) => word.toLowerCase() === wanted);
    if (value !== undefined) return { column, value };
  }
  const [near] = nearNames(text, STATUS_WORDS);
  throw new GsaError('usage', `\`${text}\` is no status of a sign-in`, {
    hint:
      near === undefined
        ? `one of: ${STATUS_WORDS.join(', ')}, or an error code such as 53003`
        : `did you mean \`${near}\`?`,
  });
}

export function statusCondition(words: readonly StatusWord[]): SignInCondition {
  return { or: words.map(({ column, value }) => ({ column, operator: 'eq', value })) };
}
