import { CHANGE_CLASSES } from '../../conditional-access/outcome/change.ts';
import type { SignalingStatus, Tenant } from '../../tenant/tenant.ts';
import { codesIn, isCounted, isCountedAt } from '../answers/answer.ts';
import { Reach } from '../answers/reach.ts';
import { ipv4Share } from '../answers/told-places.ts';
import type { NodeId } from '../diagram/search.ts';
import type { Proof } from '../proof.ts';
import { prove } from '../proof.ts';
import { TooLarge } from '../too-large.ts';
import type { Mask } from '../worlds/masks.ts';
import { addTo, bitsOf, emptyMask, setBit, without } from '../worlds/masks.ts';
import { proofWorld } from '../worlds/world.ts';

/** What one policy decides alone: the sign-ins that would come out otherwise if it were not there. */
export interface PolicyReach {
  readonly policyId: string;
  readonly displayName: string;
  /** People of the directory, of `of`. */
  readonly people: number;
  readonly of: number;
  /** Those among these people of whom it is not known, for lack of a fact, whether anything would come out otherwise. */
  readonly perhaps: number;
  /** Kinds of external people and workload identities. */
  readonly others: number;
  /** Applications among those that policies tell apart; `null`: any. */
  readonly applications: readonly string[] | null;
  /** The share of the public IPv4 addresses, 0 to 1. */
  readonly ipv4Share: number;
}

/** Ranks the enforcing policies by how many people each alone decides; without a policy nothing else is changed. */
export function policyReaches(tenant: Tenant, signalingStatus: SignalingStatus): readonly PolicyReach[] | TooLarge {
  const world = proofWorld(tenant, signalingStatus);
  const proof = prove({ before: world, after: world });
  if (proof instanceof TooLarge) return proof;
  const reaches = proof.union.entries.map((entry, at) => {
    const alone = emptyMask(proof.union.entries.length);
    setBit(alone, at);
    const { before, after } = proof.union.living;
    const root = proof.search.rootOf({ before, after: without(after, alone) });
    return { policyId: entry.id, displayName: entry.displayName, ...reachFrom(proof, root) };
  });
  return reaches.sort(
    (a, b) => b.people - a.people || b.ipv4Share - a.ipv4Share || (a.displayName < b.displayName ? -1 : 1),
  );
}

function reachFrom(proof: Proof, root: NodeId): Omit<PolicyReach, 'policyId' | 'displayName'> {
  const asked: Proof = { ...proof, diagram: { ...proof.diagram, root } };
  const who = new Set<number>();
  const surely = new Set<number>();
  const places = emptyMask(proof.where.places.length);
  const apps = emptyMask(proof.apps.classes.length);
  for (const code of codesIn(asked).filter((each) => CHANGE_CLASSES[each] !== 'unchanged')) {
    for (const [at, reached] of new Reach(asked, { code }).people()) {
      who.add(at);
      if (CHANGE_CLASSES[code] !== 'unknown') surely.add(at);
      addTo(places, reached.places);
      addTo(apps, reached.apps);
    }
  }
  const membersOf = (classes: Iterable<number>) =>
    [...classes].flatMap((at) => proof.people.classes[at]?.members ?? []);
  const countOf = (members: readonly number[]) => members.filter((at) => isCountedAt(proof, at)).length;
  const members = membersOf(who);
  const counted = countOf(members);
  return {
    people: counted,
    of: proof.people.values.filter(isCounted).length,
    perhaps: counted - countOf(membersOf(surely)),
    others: members.length - counted,
    applications: appNames(proof, apps),
    ipv4Share: ipv4Share(proof, places),
  };
}

function appNames({ apps }: Proof, reached: Mask): readonly string[] | null {
  const meant = bitsOf(reached);
  if (meant.length === apps.classes.length) return null;
  return meant.flatMap((at) => (apps.classes[at]?.members ?? []).map((member) => apps.values[member]?.text ?? ''));
}
