import { CHANGE_CLASSES } from '../../conditional-access/outcome/change.ts';
import { mayEnforce, modeOf } from '../../conditional-access/policy-mode.ts';
import type { ConditionalAccessPolicy } from '../../tenant/policy.ts';
import { isSet, lower, texts } from '../../tenant/policy-words.ts';
import type { SignalingStatus, Tenant } from '../../tenant/tenant.ts';
import { codesIn, isCountedAt } from '../answers/answer.ts';
import type { Box } from '../answers/boxes.ts';
import { boxesOf } from '../answers/boxes.ts';
import { Reach } from '../answers/reach.ts';
import type { Proof } from '../proof.ts';
import { prove } from '../proof.ts';
import { TooLarge } from '../too-large.ts';
import { proofWorld } from '../worlds/world.ts';

/** What a kind of sign-in lacks: any policy that enforces, or one that blocks or asks for multifactor authentication. */
export const GAPS = ['noPolicy', 'noMfa'] as const;
export type GapKind = (typeof GAPS)[number];

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
 * Finds every kind of sign-in of people that no policy guards. It is asked as a proof: from a world that blocks everybody to one
 * in which each guarding policy blocks whatever it applies to, exactly the sign-ins that none guards are newly let in.
 */
export function gapsOf(tenant: Tenant, signalingStatus: SignalingStatus, kind: GapKind): readonly Gap[] | TooLarge {
  const guards = tenant.policies.filter((policy) => isGuard(policy, kind)).map(blocking);
  const before = proofWorld({ ...tenant, policies: [BLOCK_ALL] }, signalingStatus);
  const after = proofWorld({ ...tenant, policies: guards }, signalingStatus);
  const proof = prove({ before, after });
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

function peopleIn(proof: Proof, reach: Reach): number {
  const members = [...reach.people().keys()].flatMap((who) => proof.people.classes[who]?.members ?? []);
  return members.filter((at) => isCountedAt(proof, at)).length;
}

function isGuard({ state, grantControls }: ConditionalAccessPolicy, kind: GapKind): boolean {
  const mode = modeOf(state);
  if (!mayEnforce(mode)) return false;
  if (kind === 'noPolicy') return true;
  const words = texts(grantControls?.builtInControls).map((word) => lower(word));
  return words.includes('block') || words.includes('mfa') || isSet(grantControls?.authenticationStrength);
}

/** What applies is what blocks. Its controls stay beside the block: what "All" covers hangs on them (applications.ts). */
function blocking(policy: ConditionalAccessPolicy): ConditionalAccessPolicy {
  const builtInControls = ['block', ...texts(policy.grantControls?.builtInControls)];
  return { ...policy, grantControls: { operator: 'AND', builtInControls }, sessionControls: null };
}

const BLOCK_ALL: ConditionalAccessPolicy = {
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
