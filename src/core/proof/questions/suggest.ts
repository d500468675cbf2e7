import type { ChangeClass } from '../../conditional-access/outcome/change.ts';
import { egressRangesOf } from '../../tenant/egress-ranges.ts';
import type { IpNamedLocation } from '../../tenant/named-location.ts';
import type { ConditionalAccessPolicy } from '../../tenant/policy.ts';
import { texts } from '../../tenant/policy-words.ts';
import type { SignalingStatus, Tenant } from '../../tenant/tenant.ts';
import type { ProofAnswer } from '../answers/answer.ts';
import { answerOf } from '../answers/answer.ts';
import type { LeftOut } from '../answers/left-out.ts';
import { openQuestions } from '../answers/left-out.ts';
import type { ToldRow } from '../answers/told.ts';
import { rowsTold } from '../answers/told.ts';
import { prove } from '../proof.ts';
import { TooLarge } from '../too-large.ts';
import { proofWorld } from '../worlds/world.ts';

/** What can be done to a policy so that it newly stops no one, the mildest first. */
export const FIX_KINDS = ['excludeEgress', 'reportOnly'] as const;
export type FixKind = (typeof FIX_KINDS)[number];

export interface FixEdit {
  readonly policyId: string;
  readonly displayName: string;
  readonly kind: FixKind;
  /** What this edit, on top of the others, lets in or asks less of; rows of an answer. */
  readonly opens: readonly ToldRow[];
}

/** Edits after which a change newly stops no one. */
export interface Fix {
  /** Irredundant: with any of them left out, or milder, somebody is newly stopped. Not proved to be the fewest. */
  readonly edits: readonly FixEdit[];
  /** The location that is added where an edit names it. */
  readonly location: IpNamedLocation | undefined;
  /** The policies as they would be. */
  readonly policies: readonly ConditionalAccessPolicy[];
  readonly tenant: Tenant;
  /** How many proofs it took. */
  readonly proofs: number;
  /** Rows of the whole change, fix included, that let somebody in or ask less; empty: it opens nothing. */
  readonly opens: readonly ToldRow[];
  /** Rows of which it is not known what the change does, for lack of facts: of these nothing is proved. */
  readonly unknown: readonly ToldRow[];
  /** What nobody documents or an export lost, by which anything may become of sign-ins: then nothing at all is proved. */
  readonly open: readonly LeftOut[];
}

/** Whether it is proved that the change, fix included, stops nobody who is not stopped now. */
export function isProved({ unknown, open }: Pick<Fix, 'unknown' | 'open'>): boolean {
  return unknown.length + open.length === 0;
}

/** A change that is to be made without stopping anybody. */
export interface ChangeToMend {
  readonly before: Tenant;
  readonly statusBefore: SignalingStatus;
  readonly after: Tenant;
  readonly statusAfter: SignalingStatus;
  /** The id for the location of the egress, where one is added. */
  readonly newLocationId: string;
}

/**
 * Looks for a fix guided by counter-examples: whichever policy stops somebody newly gets the mildest edit that it has not had,
 * and all is proved again, until nobody is newly stopped. Then each edit is tried without.
 */
export function suggestFix(change: ChangeToMend): Fix | TooLarge {
  try {
    return new Mender(change).fix();
  } catch (error) {
    if (error instanceof TooLarge) return error;
    throw error;
  }
}

type Edits = ReadonlyMap<string, FixKind>;

class Mender {
  readonly #change: ChangeToMend;
  readonly #before: ReturnType<typeof proofWorld>;
  readonly #location: IpNamedLocation;
  #proofs = 0;

  constructor(change: ChangeToMend) {
    this.#change = change;
    this.#before = proofWorld(change.before, change.statusBefore);
    this.#location = egressLocation(change.after, change.newLocationId);
  }

  fix(): Fix {
    let edits: Edits = new Map();
    for (let stopping = this.#stopping(edits); stopping.length > 0; stopping = this.#stopping(edits)) {
      const next = new Map(edits);
      for (const id of stopping) next.set(id, milder(edits.get(id)));
      if (sameEdits(edits, next)) break;
      edits = next;
    }
    return this.#told(this.#irredundant(edits));
  }

  /** Ids of the policies that stop somebody newly. */
  #stopping(edits: Edits): readonly string[] {
    return [...new Set(this.#stopRows(edits).map(({ policyId }) => policyId))];
  }

  #stopRows(edits: Edits): ProofAnswer['rows'] {
    this.#proofs++;
    const after = proofWorld(this.#edited(edits), this.#change.statusAfter);
    const proof = prove({ before: this.#before, after });
    if (proof instanceof TooLarge) throw proof;
    return answerOf(proof).rows.filter((row) => row.class === 'newlyBlocked' || row.class === 'newlyDenied');
  }

  /** Leaves out, or makes milder, what is not needed. */
  #irredundant(edits: Edits): Edits {
    let kept = new Map(edits);
    for (const [id, kind] of edits) {
      const without = new Map(kept);
      without.delete(id);
      const milderOne = new Map(kept).set(id, 'excludeEgress');
      if (this.#stopping(without).length === 0) kept = without;
      else if (kind === 'reportOnly' && this.#stopping(milderOne).length === 0) kept = milderOne;
    }
    return kept;
  }

  #edited(edits: Edits): Tenant {
    const { after } = this.#change;
    const policies = after.policies.map((policy) => editedPolicy(policy, edits.get(policy.id), this.#location.id));
    const namesEgress = [...edits.values()].includes('excludeEgress');
    const namedLocations = namesEgress ? [...after.namedLocations, this.#location] : after.namedLocations;
    return { ...after, policies, namedLocations };
  }

  #told(edits: Edits): Fix {
    const tenant = this.#edited(edits);
    const { after, statusAfter } = this.#change;
    const told = [...edits].map(([policyId, kind]): FixEdit => {
      const without = new Map(edits);
      without.delete(policyId);
      const displayName = after.policies.find(({ id }) => id === policyId)?.displayName ?? policyId;
      const opens = this.#looserRows(this.#edited(without), statusAfter, tenant);
      return { policyId, displayName, kind, opens };
    });
    return {
      edits: told,
      location: told.some(({ kind }) => kind === 'excludeEgress') ? this.#location : undefined,
      policies: tenant.policies.filter(({ id }) => edits.has(id)),
      tenant,
      opens: this.#looserRows(this.#change.before, this.#change.statusBefore, tenant),
      unknown: this.#rows(this.#change.before, this.#change.statusBefore, tenant, ['unknown']),
      open: openQuestions({ before: this.#before, after: proofWorld(tenant, statusAfter) }).filter(
        ({ couldBe }) => couldBe === 'anything',
      ),
      proofs: this.#proofs,
    };
  }

  #looserRows(from: Tenant, status: SignalingStatus, to: Tenant): readonly ToldRow[] {
    return this.#rows(from, status, to, ['newlyAllowed', 'lessProtected']);
  }

  #rows(from: Tenant, status: SignalingStatus, to: Tenant, classes: readonly ChangeClass[]): readonly ToldRow[] {
    this.#proofs++;
    const worlds = { before: proofWorld(from, status), after: proofWorld(to, this.#change.statusAfter) };
    const proof = prove(worlds);
    if (proof instanceof TooLarge) throw proof;
    const answer = answerOf(proof);
    return rowsTold(proof, { ...answer, rows: answer.rows.filter((row) => classes.includes(row.class)) });
  }
}

function milder(had: FixKind | undefined): FixKind {
  return had === undefined ? 'excludeEgress' : 'reportOnly';
}

function sameEdits(a: Edits, b: Edits): boolean {
  return a.size === b.size && [...b].every(([id, kind]) => a.get(id) === kind);
}

function egressLocation(tenant: Tenant, id: string): IpNamedLocation {
  return {
    '@odata.type': '#microsoft.graph.ipNamedLocation',
    id,
    displayName: 'Global Secure Access egress',
    isTrusted: false,
    ipRanges: egressRangesOf(tenant).map((cidrAddress) => ({
      '@odata.type': cidrAddress.includes(':') ? '#microsoft.graph.iPv6CidrRange' : '#microsoft.graph.iPv4CidrRange',
      cidrAddress,
    })),
  };
}

function editedPolicy(
  policy: ConditionalAccessPolicy,
  kind: FixKind | undefined,
  locationId: string,
): ConditionalAccessPolicy {
  if (kind === undefined) return policy;
  if (kind === 'reportOnly') return { ...policy, state: 'enabledForReportingButNotEnforced' };
  const { locations } = policy.conditions;
  const included = texts(locations?.includeLocations);
  return {
    ...policy,
    conditions: {
      ...policy.conditions,
      locations: {
        ...locations,
        includeLocations: included.length > 0 ? included : ['All'],
        excludeLocations: [...texts(locations?.excludeLocations), locationId],
      },
    },
  };
}
