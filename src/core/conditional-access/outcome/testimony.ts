import type { PolicyTestimony } from '../../signaling/attempt.ts';
import { isRecordedAddress } from '../../signaling/recorded-address.ts';
import type { Facts } from '../facts/facts.ts';
import type { SeverityRange } from '../grant/effect.ts';
import { GRANTED, INTERRUPTED, range } from '../grant/effect.ts';
import type { ConditionResult } from '../result.ts';

/**
 * What the exported record says about a policy, asked only where the facts leave a condition open (invariant 5). The
 * location speaks for the recorded address alone, so it is not heard where another address is seen now.
 */
export function heard(
  result: ConditionResult,
  testimony: PolicyTestimony | undefined,
  facts: Pick<Facts, 'attempt' | 'observation'>,
): ConditionResult {
  return heardAt(result, testimony, isRecordedAddress(facts.attempt, facts.observation));
}

/** The same, where it is known whether the address seen is the recorded one. */
export function heardAt(
  result: ConditionResult,
  testimony: PolicyTestimony | undefined,
  isRecorded: boolean,
): ConditionResult {
  if (result.truth !== 'unknown' || testimony === undefined) return result;
  if (result.condition === 'location' && !isRecorded) return result;
  const says = testimonyOf(result.condition, testimony);
  if (says === undefined) return result;
  const because = `${says ? 'satisfied' : 'not satisfied'} as the record says`;
  return { ...result, truth: says, origin: 'record', missing: [], because };
}

function testimonyOf(condition: string, { applied, satisfied, notSatisfied }: PolicyTestimony): boolean | undefined {
  if (notSatisfied.includes(condition)) return false;
  if (satisfied.includes(condition) || applied === true) return true;
  return undefined;
}

/** Whether the record saw the controls met, where the session's own facts leave it open. */
export function heardEffect(effect: SeverityRange, testimony: PolicyTestimony | undefined): SeverityRange {
  if (effect.least === effect.most || testimony?.controlsSatisfied === undefined) return effect;
  if (testimony.controlsSatisfied) return effect.least === GRANTED ? range(GRANTED, GRANTED) : effect;
  return range(Math.max(effect.least, INTERRUPTED), effect.most);
}
