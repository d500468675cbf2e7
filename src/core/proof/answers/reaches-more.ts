import type { ConditionalAccessPolicy } from '../../tenant/policy.ts';
import { classNamed } from '../diagram/outcomes.ts';
import { prove } from '../proof.ts';
import { TooLarge } from '../too-large.ts';
import type { ProofWorld, WorldPair } from '../worlds/world.ts';
import { proofUnder, proofWorld } from '../worlds/world.ts';
import { codesIn } from './answer.ts';

/** Ids of policies. */
type Ids = ReadonlySet<string>;

/**
 * Whether some policies reach a sign-in after that none of some others surely reaches before: if each stopped whomever it reaches, somebody
 * would newly be stopped, or it would not be known. What is too large to be proved may be so.
 */
export function reachesMore({ before, after }: WorldPair, old: Ids, later: Ids): boolean {
  const was = stopping(before, old);
  const isOneTenant = before.tenant === after.tenant;
  const becomes = isOneTenant ? proofUnder(was, after.signalingStatus) : stopping(after, later);
  const proof = prove({ before: was, after: becomes });
  if (proof instanceof TooLarge) return true;
  return codesIn(proof)
    .map(classNamed)
    .some((kind) => kind === 'newlyBlocked' || kind === 'unknown');
}

/** The world with these policies alone, of which each stops whomever it reaches. */
function stopping({ tenant, signalingStatus }: ProofWorld, ids: Ids): ProofWorld {
  const policies = tenant.policies.filter(({ id }) => ids.has(id)).map(stoppingAll);
  return proofWorld({ ...tenant, policies }, signalingStatus);
}

function stoppingAll(policy: ConditionalAccessPolicy): ConditionalAccessPolicy {
  return { ...policy, grantControls: { operator: 'OR', builtInControls: ['block'] }, sessionControls: null };
}
