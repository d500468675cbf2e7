import { addressAtResource } from '../../signaling/observation.ts';
import type { CompiledPolicy, CompiledTenant } from '../compile.ts';
import type { CompiledCondition, Facts } from '../facts/facts.ts';
import { seeAddress } from '../facts/located.ts';
import type { ConditionResult, Truth } from '../result.ts';
import { all, and, any, or } from '../truth.ts';

/**
 * Strict location enforcement of continuous access evaluation: while a policy with `mode: strictLocation` is in force, the
 * address at the resource must be allowed as well as the one at Entra (D-STRICT). Without it the resource lets a differing
 * address pass for the life of a one-hour token (D-CAE).
 */
export interface ResourceCheck {
  /** Whether strict enforcement is in force for this sign-in. */
  readonly inForce: Truth;
  readonly facts: Facts;
}

/** `undefined` where there is nothing to check: no strict policy, or one and the same address on both sides. */
export function resourceCheck(compiled: CompiledTenant, facts: Facts): ResourceCheck | undefined {
  const isFollowed = isFollowedToResource(facts);
  if (isFollowed === false) return undefined;
  const resourceFacts = {
    ...facts,
    seen: seeAddress(compiled.locations, addressAtResource(facts.observation)),
    atResource: true as const,
  };
  const strict = compiled.policies.filter(({ mayEnforceStrictLocation }) => mayEnforceStrictLocation);
  const inForce = and(isFollowed, any(strict.map((policy) => isInForce(policy, facts, resourceFacts))));
  return inForce === false ? undefined : { inForce, facts: resourceFacts };
}

/**
 * A resource address is null in the log where it equals the one that Entra sees; guests have no continuous evaluation (D-STRICT,
 * D-CAE), and somebody who may be a guest may have none.
 */
export function isFollowedToResource({ observation, subject }: Facts): Truth {
  const address = addressAtResource(observation);
  if (observation.ipAddress === undefined || address === undefined || observation.ipAddress.text === address.text)
    return false;
  if (subject.kind !== 'user' || !subject.types.includes('none')) return false;
  return subject.types.length === 1 && observation.resourceIpAddress !== undefined ? true : 'unknown';
}

function isInForce(policy: CompiledPolicy, facts: Facts, resourceFacts: Facts): Truth {
  const judge = (condition: CompiledCondition) => {
    const { truth } = condition.judge(facts);
    return condition.slot === 'location' ? or(truth, condition.judge(resourceFacts).truth) : truth;
  };
  // A state that is not known may be in force.
  return and(policy.mode === 'other' ? 'unknown' : true, all(policy.conditions.map(judge)));
}

/** The location of one policy with the resource's address taken in: a policy is met at either address. */
export function withResource(
  { isCheckedByResources }: CompiledPolicy,
  condition: CompiledCondition,
  atEntra: ConditionResult,
  { facts: resourceFacts, inForce }: ResourceCheck,
  facts: Facts,
): ConditionResult {
  if (!isCheckedByResources || atEntra.truth === true) return atEntra;
  // A user who is allowed by something the resource does not know is not followed to the resource (D-CAE).
  if (condition.judge({ ...facts, atResource: true }).truth !== atEntra.truth) return atEntra;
  const atResource = condition.judge(resourceFacts);
  const truth = or(atEntra.truth, and(inForce, atResource.truth));
  if (truth === atEntra.truth) return atEntra;
  const missing = truth === 'unknown' ? [{ fact: 'strict location enforcement', condition: 'location' as const }] : [];
  return {
    ...atResource,
    truth,
    missing: [...atResource.missing, ...missing],
    because: `${atResource.because} (seen by the resource)`,
    atResource: true,
  };
}
