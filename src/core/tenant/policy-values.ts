import type { Vocabulary } from '../graph/policy-members.ts';
import { WORD_MEMBERS } from '../graph/policy-rows.ts';
import { POLICY_STATES } from '../graph/words.ts';
import { valueAt } from '../values/value-at.ts';
import type { ConditionalAccessPolicy } from './policy.ts';

/** A value that Graph's schema does not know, and where in the policy it stands (JSON Pointer). */
export interface UnknownValue {
  readonly pointer: string;
  readonly value: string;
}

const STATE: Vocabulary = { what: 'state', words: POLICY_STATES };

/** Values outside of Graph's enumerations, compared without regard to case (CSDL-v1, CSDL-beta, L-CORPUS). */
export function unknownValuesOf(policy: ConditionalAccessPolicy): UnknownValue[] {
  return [{ pointer: '/state', vocabulary: STATE }, ...WORD_MEMBERS].flatMap(({ pointer, vocabulary }) =>
    unknown(pointer, valueAt(policy, pointer), vocabulary.words),
  );
}

/** A flags enum is comma-separated text, a collection is a list; both may hold one unknown word among known ones. */
function unknown(pointer: string, values: unknown, known: readonly string[]): UnknownValue[] {
  const isKnown = (value: string) => known.some((word) => word.toLowerCase() === value.toLowerCase());
  if (Array.isArray(values)) {
    return values.flatMap((value: string, at) => (isKnown(value) ? [] : [{ pointer: `${pointer}/${at}`, value }]));
  }
  const words = typeof values === 'string' ? values.split(',').map((word) => word.trim()) : [];
  return words.filter((word) => word !== '' && !isKnown(word)).map((value) => ({ pointer, value }));
}
