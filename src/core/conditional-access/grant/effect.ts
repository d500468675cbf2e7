import type { SignInAttempt } from '../../signaling/attempt.ts';
import type { PolicyMode } from '../policy-mode.ts';
import type { AppliedPolicyResult, EffectRange, Truth } from '../result.ts';
import { EFFECTS } from '../result.ts';
import type { CompiledControl, CompiledGrant } from './controls.ts';
import { canBePrompted, satisfactionOf } from './controls.ts';

/** How severe an effect is: its place in {@link EFFECTS}, from granted (0) to blocked (3). */
export const GRANTED = 0;
export const INTERRUPTED = 1;
const DENIED = 2;
const BLOCKED = 3;

/** The mildest and the worst effect that the known facts leave possible. */
export interface SeverityRange {
  readonly least: number;
  readonly most: number;
}

/** The ranges there are, made once: `RANGES[least * 4 + most]`. */
const RANGES: readonly SeverityRange[] = [0, 1, 2, 3].flatMap((least) => [0, 1, 2, 3].map((most) => ({ least, most })));

export function range(least: number, most: number): SeverityRange {
  return RANGES[least * 4 + most] ?? NOTHING;
}

export const NOTHING: SeverityRange = { least: GRANTED, most: GRANTED };

export function named({ least, most }: SeverityRange): EffectRange {
  return { least: EFFECTS[least] ?? 'granted', most: EFFECTS[most] ?? 'blocked' };
}

/**
 * What the controls of an applying policy do: its grant controls, and session controls that refuse besides them. A policy
 * without any asks nothing.
 */
export function effectOfGrant(grant: CompiledGrant, attempt: SignInAttempt): SeverityRange {
  const effect = effectOfControls(grant, attempt);
  let { least, most } = effect;
  for (const control of grant.session) {
    const refused = effectOfControl(control, attempt);
    least = Math.max(least, refused.least);
    most = Math.max(most, refused.most);
  }
  return grant.session.length === 0 ? effect : range(least, most);
}

/**
 * Block wins inside a policy too. Under AND the worst control counts, under OR the mildest; a control that can still be answered
 * interrupts, one that cannot denies (D-POL, D-GRANT, D-RO).
 */
function effectOfControls(grant: CompiledGrant, attempt: SignInAttempt): SeverityRange {
  if (grant.blocks) return range(BLOCKED, BLOCKED);
  if (grant.controls.length === 0) return NOTHING;
  let [mildestLeast, mildestMost, worstLeast, worstMost] = [BLOCKED, BLOCKED, GRANTED, GRANTED];
  for (const control of grant.controls) {
    const { least, most } = effectOfControl(control, attempt);
    mildestLeast = Math.min(mildestLeast, least);
    mildestMost = Math.min(mildestMost, most);
    worstLeast = Math.max(worstLeast, least);
    worstMost = Math.max(worstMost, most);
  }
  // A block that was lost in an export, or that nobody documents, wins as any other does, whatever joins the controls.
  if (grant.mayBlock) return range(grant.operator === 'AND' ? worstLeast : mildestLeast, BLOCKED);
  if (grant.operator === 'AND') return range(worstLeast, worstMost);
  if (grant.operator === 'OR') return range(mildestLeast, mildestMost);
  return range(mildestLeast, worstMost);
}

function effectOfControl(control: CompiledControl, attempt: SignInAttempt): SeverityRange {
  const satisfied = satisfactionOf(control, attempt);
  const failing = control.interactive && canBePrompted(control, attempt) ? INTERRUPTED : DENIED;
  return range(satisfied === false ? failing : GRANTED, satisfied === true ? GRANTED : failing);
}

/**
 * The result that the log shows (D-RO, D-APPLIED). An outstanding prompt is a `failure` of an enabled policy and
 * `reportOnlyInterrupted` for a report-only one.
 */
export function resultOf(mode: PolicyMode, applies: Truth, { least, most }: SeverityRange): AppliedPolicyResult {
  if (mode === 'disabled') return 'notEnabled';
  if (mode === 'other' || applies === 'unknown') return 'unknown';
  if (mode === 'enabled') {
    if (!applies) return 'notApplied';
    return most === GRANTED ? 'success' : least > GRANTED ? 'failure' : 'unknown';
  }
  if (!applies) return 'reportOnlyNotApplied';
  if (most === GRANTED) return 'reportOnlySuccess';
  if (least >= DENIED) return 'reportOnlyFailure';
  return least === INTERRUPTED && most === INTERRUPTED ? 'reportOnlyInterrupted' : 'unknown';
}
