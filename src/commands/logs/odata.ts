import type { LoggedSignIn } from '../../core/conditional-access/record/sign-in.ts';
import type { SignInCondition } from '../../core/sign-in-log/condition.ts';
import { splitFilter } from '../../intake/odata/column-condition.ts';
import { matches } from '../../intake/odata/filter-matches.ts';
import { impossibleValues } from '../../intake/odata/impossible-values.ts';
import { parseFilter } from '../../intake/odata/parse-filter.ts';

/** A `--filter`: what the log's columns answer of it, and what only the record can. */
export interface LogFilter {
  readonly conditions: readonly SignInCondition[];
  readonly test?: (signIn: LoggedSignIn) => boolean;
  /** Why values in it match nothing, whatever the log holds. */
  readonly impossible: readonly string[];
}

/** Throws GsaError `usage` with the place of what is wrong. Loaded only where there is a filter. */
export function readLogFilter(text: string): LogFilter {
  const filter = parseFilter(text);
  const { conditions, rest } = splitFilter(filter);
  const impossible = impossibleValues(filter);
  return {
    conditions,
    impossible,
    ...(rest === undefined ? {} : { test: (signIn: LoggedSignIn) => matches(rest, signIn) }),
  };
}
