import { SmallCopies } from '../../values/small-copies.ts';
import type { CompiledPolicy, CompiledTenant } from '../compile.ts';
import type { Slot } from '../facts/facts.ts';
import type { CompiledGrant } from '../grant/controls.ts';
import type { SeverityRange } from '../grant/effect.ts';
import { NOTHING, range, resultOf } from '../grant/effect.ts';
import type { PolicyMode } from '../policy-mode.ts';
import { mayEnforce } from '../policy-mode.ts';
import type { AppliedPolicyResult } from '../result.ts';
import { APPLIED_POLICY_RESULTS } from '../result.ts';
import { maskOf } from './bitset.ts';
import { ClaimsTable } from './claims.ts';
import type { Decision } from './decision.ts';
import { DecisionTable } from './decision-table.ts';
import { createHearing } from './heard-policies.ts';
import { Persons } from './persons.ts';
import { RecentDecisions } from './recent-decisions.ts';
import type { SlotAnswer, SlotAnswers } from './slot-bits.ts';
import { answersOnPeople, compileSlots, locationsAtResource } from './slot-bits.ts';

/** What the fast path needs of a tenant, prepared once. */
export interface DecisionEngine {
  readonly policies: readonly CompiledPolicy[];
  readonly hasStrictLocation: boolean;
  /** Application and identity, which `conditionalAccessStatus` looks at by themselves; how many of the two there are. */
  readonly application: SlotAnswers | undefined;
  readonly persons: Persons;
  readonly scopeSlots: number;
  readonly others: readonly OtherSlot[];
  /** The location, where any policy has one, and as a resource sees it. */
  readonly location: SlotAnswers | undefined;
  readonly locationAtResource: SlotAnswers;
  /** Policies that are not off. */
  readonly live: Uint32Array;
  /** Policies that are surely enforced. */
  readonly enabled: Uint32Array;
  /** Policies that can decide: enabled ones, and those of a state we do not know. */
  readonly enforcing: Uint32Array;
  /** Results where no policy applies. */
  readonly idle: Uint8Array;
  /** Those of decisions, which are kept. */
  readonly results: SmallCopies<Uint8Array>;
  /** The position of each policy's grant among the distinct ones, which are weighed once for a sign-in. */
  readonly grantOf: Uint16Array;
  readonly grants: readonly CompiledGrant[];
  /** The mode of each policy, by its position in {@link MODES}. */
  readonly modeOf: Uint8Array;
  readonly claims: ClaimsTable;
  readonly hearing: ReturnType<typeof createHearing>;
  readonly decisions: DecisionTable<Decision>;
  /** What is said of outcomes by who decides them. */
  readonly reached: DecisionTable<Reached>;
  readonly recent: RecentDecisions;
  /** Room for one sign-in; nothing of it outlives the call that fills it. */
  readonly scratch: Scratch;
}

/** What is the same wherever the same policies decide an outcome. */
export interface Reached extends Pick<Decision, 'decidedBy' | 'status'> {
  /** Positions of the policies that decide. */
  readonly deciding: readonly number[];
}

/** A slot that is no other member of the engine. */
export interface OtherSlot {
  readonly slot: Slot;
  readonly answers: SlotAnswers;
}

/** Bits of the policies that surely and possibly match, by everything and by application and identity alone. */
export interface Scratch {
  readonly sure: Uint32Array;
  readonly possible: Uint32Array;
  readonly scopeSure: Uint32Array;
  readonly scopePossible: Uint32Array;
  /** The policies of which the record is heard. */
  readonly heard: Uint32Array;
  /** What each slot answered: application and identity first, the location last. */
  readonly answers: SlotAnswer[];
  readonly aside: MaskAside;
  /** How often the slots were asked. */
  askings: number;
}

/** The bits of one answer that leaves nothing open, where they stand somewhere else too, and nearer. */
interface MaskAside {
  /** The position of the answer; -1: all are looked at themselves. */
  at: number;
  words: Uint32Array;
  /** Where in the words the bits begin. */
  from: number;
}

const MODES = ['enabled', 'reportOnly', 'other', 'disabled'] as const satisfies readonly PolicyMode[];
export const ENABLED = MODES.indexOf('enabled');
export const OTHER = MODES.indexOf('other');
export const DISABLED = MODES.indexOf('disabled');

const ENGINES = new WeakMap<CompiledTenant, DecisionEngine>();

export function engineOf(compiled: CompiledTenant): DecisionEngine {
  const known = ENGINES.get(compiled);
  if (known !== undefined) return known;
  const engine = prepare(compiled);
  ENGINES.set(compiled, engine);
  return engine;
}

function prepare(compiled: CompiledTenant): DecisionEngine {
  const { policies } = compiled;
  const slots = compileSlots(compiled);
  const grants = distinctGrants(policies);
  const none = policies.map(() => false);
  const isScope = (slot: string) => slot === 'application' || slot === 'identity';
  return {
    policies,
    hasStrictLocation: policies.some(({ mayEnforceStrictLocation }) => mayEnforceStrictLocation),
    application: slots.get('application'),
    persons: new Persons(compiled, slots.has('identity') ? answersOnPeople(compiled) : undefined),
    scopeSlots: [...slots.keys()].filter(isScope).length,
    others: [...slots]
      .filter(([slot]) => !isScope(slot) && slot !== 'location')
      .map(([slot, answers]) => ({ slot, answers })),
    location: slots.get('location'),
    locationAtResource: locationsAtResource(compiled),
    live: maskOf(policies.map(({ mode }) => mode !== 'disabled')),
    enabled: maskOf(policies.map(({ mode }) => mode === 'enabled')),
    enforcing: maskOf(policies.map(({ mode }) => mayEnforce(mode))),
    results: new SmallCopies<Uint8Array>((length) => new Uint8Array(length)),
    idle: Uint8Array.from(policies, ({ mode }) => codeOf(resultOf(mode, false, NOTHING))),
    ...grants,
    claims: new ClaimsTable(policies, grants.grants),
    hearing: createHearing(policies),
    decisions: new DecisionTable(),
    reached: new DecisionTable(),
    recent: new RecentDecisions(),
    modeOf: Uint8Array.from(policies, ({ mode }) => MODES.indexOf(mode)),
    scratch: {
      sure: maskOf(none),
      possible: maskOf(none),
      scopeSure: maskOf(none),
      scopePossible: maskOf(none),
      heard: maskOf(none),
      answers: [],
      aside: { at: -1, words: maskOf([]), from: 0 },
      askings: 0,
    },
  };
}

function distinctGrants(policies: readonly CompiledPolicy[]): Pick<DecisionEngine, 'grantOf' | 'grants'> {
  const found = new Map<string, { readonly position: number; readonly grant: CompiledGrant }>();
  const positions = policies.map(({ grant }) => {
    const text = textOf(grant);
    const known = found.get(text) ?? { position: found.size, grant };
    found.set(text, known);
    return known.position;
  });
  return { grantOf: Uint16Array.from(positions), grants: [...found.values()].map(({ grant }) => grant) };
}

/** Grants of one text ask for the same. */
function textOf({ blocks, mayBlock, operator, controls, strength, session }: CompiledGrant): string {
  const combinations = [...(strength?.combinations ?? [])];
  return JSON.stringify([
    blocks,
    mayBlock,
    operator,
    controls.map(({ control, rank }) => [control, rank]),
    session.map(({ control }) => control),
    strength,
    combinations,
  ]);
}

export function codeOf(result: AppliedPolicyResult): number {
  return APPLIED_POLICY_RESULTS.indexOf(result);
}

/** `resultOf` as a table: 32 places for each mode, the upper 16 for a policy that surely applies, then by the effect. */
const CODES = Uint8Array.from({ length: MODES.length * 32 }, (_, at) => {
  const mode = MODES[at >> 5] ?? 'other';
  return codeOf(resultOf(mode, (at & 16) !== 0 ? true : 'unknown', range((at >> 2) & 3, at & 3)));
});

/** The code of the result of a policy that surely or possibly applies. */
export function resultCode(mode: number, isSure: boolean, { least, most }: SeverityRange): number {
  return CODES[mode * 32 + (isSure ? 16 : 0) + least * 4 + most] ?? 0;
}
