import { maskOf } from './bitset.ts';
import type { CompiledPolicy, CompiledTenant } from './compile.ts';
import type { CompiledGrant } from './controls.ts';
import { CONTROL_RANKS } from './controls.ts';
import type { PolicyMode, SeverityRange } from './effect.ts';
import { NOTHING, range, resultOf } from './effect.ts';
import type { AppliedPolicyResult } from './result.ts';
import { APPLIED_POLICY_RESULTS } from './result.ts';
import type { SlotBits } from './slot-bits.ts';
import { compileSlots } from './slot-bits.ts';

/** What the fast path needs of a tenant, prepared once. */
export interface DecisionEngine {
  readonly policies: readonly CompiledPolicy[];
  readonly hasStrictLocation: boolean;
  /** Application and identity, which `conditionalAccessStatus` looks at by themselves. */
  readonly scope: readonly SlotBits[];
  readonly others: readonly SlotBits[];
  /** Policies that are not off. */
  readonly live: Uint32Array;
  /** Policies that can decide: enabled ones, and those of a state we do not know. */
  readonly enforcing: Uint32Array;
  /** Results where no policy applies. */
  readonly idle: Uint8Array;
  /** For each policy the position of its grant among the distinct ones, which are weighed once for a sign-in. */
  readonly grantOf: Uint16Array;
  readonly grants: readonly CompiledGrant[];
  readonly hasTerms: boolean;
}

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
  const isScope = (slot: string) => slot === 'application' || slot === 'identity';
  return {
    policies,
    hasStrictLocation: policies.some(({ mode, isStrictLocation }) => mode === 'enabled' && isStrictLocation),
    scope: [...slots].filter(([slot]) => isScope(slot)).map(([, bits]) => bits),
    others: [...slots].filter(([slot]) => !isScope(slot)).map(([, bits]) => bits),
    live: maskOf(policies.map(({ mode }) => mode !== 'disabled')),
    enforcing: maskOf(policies.map(({ mode }) => mode === 'enabled' || mode === 'other')),
    idle: Uint8Array.from(policies, ({ mode }) => codeOf(resultOf(mode, false, NOTHING))),
    ...distinctGrants(policies),
    hasTerms: policies.some(({ grant }) => grant.controls.some(({ rank }) => rank === CONTROL_RANKS.termsOfUse)),
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
function textOf({ blocks, operator, controls, strength }: CompiledGrant): string {
  const combinations = [...(strength?.combinations ?? [])];
  return JSON.stringify([
    blocks,
    operator,
    controls.map(({ control, rank }) => [control, rank]),
    strength,
    combinations,
  ]);
}

export function codeOf(result: AppliedPolicyResult): number {
  return APPLIED_POLICY_RESULTS.indexOf(result);
}

/** `resultOf` as a table: by mode, then by whether the policy surely applies, then by the effect. */
const CODES: Readonly<Record<PolicyMode, Uint8Array>> = {
  enabled: codesOf('enabled'),
  disabled: codesOf('disabled'),
  reportOnly: codesOf('reportOnly'),
  other: codesOf('other'),
};

function codesOf(mode: PolicyMode): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, at) => {
    const effect = range((at >> 2) & 3, at & 3);
    return codeOf(resultOf(mode, at >= 16 ? true : 'unknown', effect));
  });
}

/** The code of the result of a policy that surely or possibly applies. */
export function resultCode(mode: PolicyMode, isSure: boolean, { least, most }: SeverityRange): number {
  return CODES[mode][(isSure ? 16 : 0) + least * 4 + most] ?? 0;
}
