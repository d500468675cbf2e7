import { CLIENT_APP_TYPES } from '../../graph/words.ts';
import type { ConditionSet } from '../../tenant/policy.ts';
import { texts } from '../../tenant/policy-words.ts';
import type { CompiledCondition, Facts } from '../facts/facts.ts';
import { compileEnumLists } from './enum-list.ts';
import { lostEntries } from './lost-entries.ts';

/**
 * Client app types (D-COND). `all`, in any case (L-CORPUS), is not a condition and is not logged as one (L-REAL). A client of
 * Exchange ActiveSync on a supported platform (`easSupported`) is an Exchange ActiveSync client too.
 */
export function compileClientAppTypes(conditions: ConditionSet): CompiledCondition | undefined {
  const words = texts(conditions.clientAppTypes);
  if (words.some((word) => word.toLowerCase() === 'all')) return undefined;
  return compileEnumLists(
    {
      condition: 'clientType',
      slot: 'clientType',
      known: CLIENT_APP_TYPES,
      rule: 'unknownFutureValue',
      fact: 'clientAppType',
      read: ({ attempt }) =>
        attempt.clientAppType === 'easSupported' ? ['easSupported', 'exchangeActiveSync'] : [attempt.clientAppType],
    },
    words,
    [],
    lostEntries<Facts>(conditions, 'clientAppTypes'),
  );
}
