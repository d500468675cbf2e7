import type { CompiledPolicy } from '../../conditional-access/compile.ts';
import type { Demand } from '../../conditional-access/demand.ts';
import type { CompiledControl, CompiledGrant } from '../../conditional-access/grant/controls.ts';
import { demandsOfPolicy, withLesser } from '../../conditional-access/outcome/demands.ts';
import { mayEnforce } from '../../conditional-access/policy-mode.ts';
import { lostLists } from '../../tenant/lost-lists.ts';
import { lower } from '../../tenant/policy-words.ts';
import type { Mask } from './masks.ts';
import { emptyMask, setBit } from './masks.ts';
import type { WorldPair } from './world.ts';

/** The two worlds of a question. */
export const SIDES = ['before', 'after'] as const;
export type Side = (typeof SIDES)[number];

/**
 * A policy that can decide in one world or in both. A policy that asks for something else afterwards is two entries, because
 * nothing but its conditions may differ between the worlds of one entry.
 */
export interface PolicyEntry {
  readonly id: string;
  readonly displayName: string;
  /** The position in the tenant of that world; `undefined`: it decides nothing there. */
  readonly before: number | undefined;
  readonly after: number | undefined;
  /** Position in {@link PolicyUnion.grants}. */
  readonly grant: number;
  /**
   * The demands that the policy surely implies where it applies, its own and lesser ones, by their positions in {@link
   * PolicyUnion.demands}: they decide whether people are less protected.
   */
  readonly demands: Mask;
  /** The same of the demands that it may imply. */
  readonly possibleDemands: Mask;
  /** Its conditions in both worlds, as a text: policies with the same text leave open the same. */
  readonly conditions: string;
  /** A state that is not known may enforce or not: such a policy never surely applies. */
  readonly isSure: boolean;
}

export interface PolicyUnion {
  readonly entries: readonly PolicyEntry[];
  readonly grants: readonly CompiledGrant[];
  readonly demands: readonly Demand[];
  /** The entries that exist in a world. */
  readonly living: Readonly<Record<Side, Mask>>;
  readonly sure: Mask;
}

/** The policies of both worlds that can change a sign-in, each once. Those that are off or report-only change nothing. */
export function unitePolicies({ before, after }: WorldPair): PolicyUnion {
  const found = new Map<
    string,
    { -readonly [K in Side]?: number } & { compiled: CompiledPolicy; grant: number; conditions: string }
  >();
  const grants = new Map<string, { readonly position: number; readonly grant: CompiledGrant }>();
  for (const [side, { compiled }] of [
    ['before', before],
    ['after', after],
  ] as const) {
    for (const [at, policy] of compiled.policies.entries()) {
      if (!canDecide(policy)) continue;
      const grant = grantAt(grants, policy);
      const key = JSON.stringify([policy.policy.id, stateOf(policy), grant, policy.sessionControls]);
      const entry = found.get(key) ?? { compiled: policy, grant, conditions: '' };
      entry[side] = at;
      // What an export lost of one policy need not be what it lost of another.
      const lost = lostLists(policy.policy.conditions).length > 0 ? policy.policy.id : '';
      entry.conditions += `${side} ${JSON.stringify(policy.policy.conditions)} ${lost}`;
      found.set(key, entry);
    }
  }
  return unionOf(
    [...found.values()],
    [...grants.values()].map(({ grant }) => grant),
  );
}

type Draft = {
  readonly before?: number;
  readonly after?: number;
  readonly compiled: CompiledPolicy;
  readonly grant: number;
  readonly conditions: string;
};

function unionOf(drafts: readonly Draft[], grants: readonly CompiledGrant[]): PolicyUnion {
  const demands = [...new Set(drafts.flatMap(({ compiled }) => demandsOfPolicy(compiled)))];
  const entries = drafts.map(
    ({ compiled, grant, conditions, before, after }): PolicyEntry => ({
      id: compiled.policy.id,
      displayName: compiled.policy.displayName,
      before,
      after,
      grant,
      ...masksOfDemands(demandsOfPolicy(compiled), demands),
      conditions,
      isSure: compiled.mode === 'enabled',
    }),
  );
  const maskWhere = (holds: (entry: PolicyEntry) => boolean) => {
    const mask = emptyMask(entries.length);
    for (const [at, entry] of entries.entries()) if (holds(entry)) setBit(mask, at);
    return mask;
  };
  return {
    entries,
    grants,
    demands,
    living: {
      before: maskWhere(({ before }) => before !== undefined),
      after: maskWhere(({ after }) => after !== undefined),
    },
    sure: maskWhere(({ isSure }) => isSure),
  };
}

/** Two states of which nobody knows what they do need not do the same. */
function stateOf({ mode, policy }: CompiledPolicy): string {
  return mode === 'other' ? `state ${lower(policy.state)}` : mode;
}

/** A policy that asks for nothing and limits nothing decides nothing. */
function canDecide({ mode, grant, sessionControls }: CompiledPolicy): boolean {
  if (!mayEnforce(mode)) return false;
  return grant.blocks || grant.mayBlock || grant.controls.length + grant.session.length + sessionControls.length > 0;
}

function masksOfDemands(
  own: readonly Demand[],
  all: readonly Demand[],
): Pick<PolicyEntry, 'demands' | 'possibleDemands'> {
  const { sure, possible } = withLesser(own, all);
  const maskOf = (demands: readonly Demand[]) => {
    const mask = emptyMask(Math.max(all.length, 1));
    for (const demand of demands) setBit(mask, all.indexOf(demand));
    return mask;
  };
  return { demands: maskOf(sure), possibleDemands: maskOf(possible) };
}

function grantAt(
  grants: Map<string, { position: number; grant: CompiledGrant }>,
  { grant, policy }: CompiledPolicy,
): number {
  // What an export lost of one policy need not be what it lost of another.
  const key = `${textOf(grant)} ${grant.mayBlock ? policy.id : ''}`;
  const known = grants.get(key) ?? { position: grants.size, grant };
  grants.set(key, known);
  return known.position;
}

/** Grants of one text react alike to every session. */
function textOf({ blocks, mayBlock, operator, controls, session, strength }: CompiledGrant): string {
  const asked = [controls, session].map((list) => list.map(textOfControl));
  return JSON.stringify([blocks, mayBlock, operator, asked, strength, [...(strength?.combinations ?? [])]]);
}

function textOfControl({ control, displayName, rank, interactive, read, text }: CompiledControl): readonly unknown[] {
  return [control, displayName, rank, interactive, read === undefined, text];
}
