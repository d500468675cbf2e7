import type { CompiledTenant } from '../../conditional-access/compile.ts';
import { compile } from '../../conditional-access/compile.ts';
import { CHANGE_CLASSES } from '../../conditional-access/outcome/change.ts';
import type { ConditionalAccessPolicy } from '../../tenant/policy.ts';
import type { SignalingStatus, Tenant } from '../../tenant/tenant.ts';
import { codesIn, isCountedAt } from '../answers/answer.ts';
import type { Box } from '../answers/boxes.ts';
import { boxesOf } from '../answers/boxes.ts';
import { Reach } from '../answers/reach.ts';
import type { Proof } from '../proof.ts';
import { prove } from '../proof.ts';
import { TooLarge } from '../too-large.ts';
import { worldOf } from '../worlds/world.ts';
import type { GapKind } from './guards.ts';
import { guarded, STOPPING } from './guards.ts';

/** Kinds of sign-in that lack something, as boxes that together hold all of them. */
export interface Gap {
  readonly kind: GapKind;
  /** False: whether they lack it hangs on a fact that is not known. */
  readonly isCertain: boolean;
  readonly proof: Proof;
  /** People of the directory who have such a sign-in. */
  readonly people: number;
  readonly boxes: readonly Box[];
  readonly isWhole: boolean;
}

/**
 * Finds every kind of sign-in of people that no policy guards. It is asked as a proof: from a world that stops everybody to one
 * in which each guarding policy stops whatever goes past it, exactly the sign-ins that none guards are newly let in.
 */
export function gapsOf(tenant: Tenant, signalingStatus: SignalingStatus, kind: GapKind): readonly Gap[] | TooLarge {
  const before = worldOf(stoppingAll(tenant), signalingStatus);
  const after = worldOf(guarded(compile(tenant), kind), signalingStatus);
  const proof = prove({ before, after }, { isAsked: { person: ({ kind: whose }) => whose !== 'workload' } });
  if (proof instanceof TooLarge) return proof;
  return codesIn(proof).flatMap((code): Gap[] => {
    const found = CHANGE_CLASSES[code];
    if (found !== 'newlyAllowed' && found !== 'unknown') return [];
    const reach = new Reach(proof, { code });
    return [
      { kind, isCertain: found === 'newlyAllowed', proof, people: peopleIn(proof, reach), ...boxesOf(proof, reach) },
    ];
  });
}

function stoppingAll(tenant: Tenant): CompiledTenant {
  const compiled = compile({ ...tenant, policies: [EVERYBODY] });
  return { ...compiled, policies: compiled.policies.map((policy) => ({ ...policy, grant: STOPPING })) };
}

function peopleIn(proof: Proof, reach: Reach): number {
  const members = [...reach.people().keys()].flatMap((who) => proof.people.classes[who]?.members ?? []);
  return members.filter((at) => isCountedAt(proof, at)).length;
}

const EVERYBODY: ConditionalAccessPolicy = {
  id: 'everybody',
  displayName: 'everybody',
  state: 'enabled',
  conditions: {
    users: { includeUsers: ['All'] },
    applications: { includeApplications: ['All'] },
    clientAppTypes: ['all'],
  },
  grantControls: { operator: 'OR', builtInControls: ['block'] },
  sessionControls: null,
};
