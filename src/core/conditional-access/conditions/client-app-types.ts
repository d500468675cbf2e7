import { CLIENT_APP_TYPES } from '../../graph/words.ts';
import { texts } from '../../tenant/policy-words.ts';
import type { CompiledCondition } from '../facts/facts.ts';
import { compileEnumLists } from './enum-list.ts';

/**
 * Client app types (D-COND). `all`, in any case (L-CORPUS), is not a condition and is not logged as one (L-REAL). A client of
 * Exchange ActiveSync on a supported platform (`easSupported`) is an Exchange ActiveSync client too.
 */
export function compileClientAppTypes(types: readonly string[] | null | undefined): CompiledCondition | undefined {
  const words = texts(types);
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
  );
}
