import type { CompiledPolicy, CompiledTenant } from '../../conditional-access/compile.ts';
import { isMultifactor } from '../../conditional-access/grant/authentication-strength.ts';
import type { CompiledControl, CompiledGrant } from '../../conditional-access/grant/controls.ts';
import { CONTROL_RANKS } from '../../conditional-access/grant/controls.ts';
import { provesMfa } from '../../conditional-access/grant/enough.ts';
import { meetsStrength } from '../../conditional-access/grant/met-strength.ts';
import { mayEnforce } from '../../conditional-access/policy-mode.ts';
import type { Truth } from '../../conditional-access/result.ts';
import type { SignInAttempt } from '../../signaling/attempt.ts';

/** What a kind of sign-in lacks: any policy that enforces, or one that blocks or asks for multifactor authentication. */
export const GAPS = ['noPolicy', 'noMfa'] as const;
export type GapKind = (typeof GAPS)[number];

/**
 * The tenant with its guarding policies alone, each of which stops whatever goes past it without what the gap lacks: a policy that asks
 * for MFA *or* a compliant device lets a compliant device past, and guards nothing there. Where MFA lacks, a policy that does not ask for
 * it stops whom it stops: a client that can prove nothing does not get past terms of use either.
 */
export function guarded(compiled: CompiledTenant, kind: GapKind): CompiledTenant {
  const policies = compiled.policies.flatMap((policy): CompiledPolicy[] => {
    const grant = mayEnforce(policy.mode) ? guardOf(policy, kind) : undefined;
    return grant === undefined ? [] : [{ ...policy, grant, sessionControls: [] }];
  });
  const tenant = { ...compiled.tenant, policies: policies.map(({ policy }) => policy) };
  return { ...compiled, tenant, policies };
}

function guardOf(policy: CompiledPolicy, kind: GapKind): CompiledGrant | undefined {
  const { grant, sessionControls } = policy;
  if (kind === 'noMfa') return isAsking(grant) ? withBoundSessions(withoutMfa(grant)) : undefined;
  return isAsking(grant) || sessionControls.length > 0 ? STOPPING : undefined;
}

/** Some session is bound to its device, and goes past whoever asks for that, wherever it can be. */
function withBoundSessions(grant: CompiledGrant): CompiledGrant {
  const session = grant.session.map((control) => ({
    ...control,
    read: (attempt: SignInAttempt) => control.read?.(attempt) ?? true,
  }));
  return session.length === 0 ? grant : { ...grant, session };
}

/** Whether a policy asks for anything at all. */
function isAsking({ blocks, mayBlock, controls, session }: CompiledGrant): boolean {
  return blocks || mayBlock || controls.length > 0 || session.length > 0;
}

/** What is left of a grant for a session that never comes to MFA. */
function withoutMfa(grant: CompiledGrant): CompiledGrant {
  const { blocks, operator, controls } = grant;
  if (blocks) return STOPPING;
  if (operator !== undefined || controls.length <= 1) return joined(grant, operator ?? 'AND');
  const [all, any] = [joined(grant, 'AND'), joined(grant, 'OR')];
  return all === any ? all : MAYBE_STOPPING;
}

function joined(grant: CompiledGrant, operator: 'AND' | 'OR'): CompiledGrant {
  const { controls } = grant;
  const asking = controls.map(asksForMfa);
  if (asking.every((asks) => asks === false)) return ofSingleFactors(grant);
  if (operator === 'AND') return asking.includes(true) ? STOPPING : MAYBE_STOPPING;
  const others = controls.flatMap((control, at): CompiledControl[] => {
    if (asking[at] === true) return [];
    return [asking[at] === 'unknown' ? { ...control, read: undefined, interactive: false } : control];
  });
  return others.length === 0 ? STOPPING : { ...grant, operator: 'OR', controls: others };
}

/** The grant without those combinations of its strength that are MFA: a session that never comes to it uses none of them. */
function ofSingleFactors(grant: CompiledGrant): CompiledGrant {
  if (grant.strength === undefined) return grant;
  const combinations = [...(grant.strength.combinations ?? [])].filter((one) => isMultifactor(one) !== true);
  const strength = { ...grant.strength, combinations: new Set(combinations) };
  const controls = grant.controls.map(
    (control): CompiledControl =>
      control.control === 'authenticationStrength'
        ? { ...control, strength, read: ({ satisfied }) => meetsStrength(strength, satisfied) }
        : control,
  );
  return { ...grant, strength, controls };
}

/** Whether a control is never satisfied but by MFA. What nobody documents, or an export lost, may be such a one. */
function asksForMfa(control: CompiledControl): Truth {
  return control.read === undefined ? 'unknown' : provesMfa(control);
}

function grantOf(controls: readonly CompiledControl[]): CompiledGrant {
  return {
    blocks: false,
    mayBlock: false,
    controls,
    session: [],
    operator: 'OR',
    enforcedGrantControls: [],
    strength: undefined,
  };
}

/** A control that no session satisfies, or of which nobody knows whether one does. */
function standIn(control: string, read: CompiledControl['read']): CompiledControl {
  const rank = CONTROL_RANKS.termsOfUse + 4;
  return { control, displayName: control, rank, errorCode: 0, interactive: false, read, fact: control };
}

/** A grant that no session satisfies. */
export const STOPPING = grantOf([standIn('stopped', () => false)]);
const MAYBE_STOPPING = grantOf([standIn('whether it asks for MFA', undefined)]);
