import type { SignInAttempt } from '../../signaling/attempt.ts';
import { isLegacyClient } from '../facts/legacy-client.ts';
import type { CompiledControl } from '../grant/controls.ts';
import { askedControls, CONTROL_RANKS, canBePrompted, satisfactionOf } from '../grant/controls.ts';
import type { JudgedPolicy } from '../judged-policy.ts';
import type { Evaluation, Outcome } from '../result.ts';

type Status = Evaluation['status'];

/** A policy that made the outcome what it is. */
type Deciding = Pick<JudgedPolicy, 'compiled'>;

/** `status` of the sign-in for an outcome and the policies that decided it (D-ERR, D-TRB; texts L-REAL, ERR-EX, D-WI). */
export function statusOf(outcome: Outcome, deciding: readonly Deciding[], attempt: SignInAttempt): Status {
  switch (outcome) {
    case 'granted':
      return { errorCode: 0, failureReason: 'Other.', additionalDetails: '' };
    case 'unknown':
      return { errorCode: undefined, failureReason: '', additionalDetails: '' };
    case 'blocked':
      return failure(BLOCKED_CODE, attempt);
    case 'interrupted':
    case 'denied':
      return failure(codeOf(outcome, deciding, attempt), attempt);
  }
}

const BLOCKED_CODE = 53003;

/**
 * The first control in the order of prompts that is not satisfied, among the policies that decided (D-POL). Not known where a
 * control of which nobody knows whether it is satisfied would give another code. A legacy client that cannot answer is blocked
 * (D-COND).
 */
function codeOf(
  outcome: 'interrupted' | 'denied',
  deciding: readonly Deciding[],
  attempt: SignInAttempt,
): number | undefined {
  if (isLegacyClient(attempt.clientAppType)) return BLOCKED_CODE;
  const asked = deciding.flatMap((policy) =>
    askedControls(policy.compiled.grant)
      .filter((control) => isPrompt(control, attempt) === (outcome === 'interrupted'))
      .map((control) => ({ control, policy, satisfied: satisfactionOf(control, attempt) })),
  );
  const failing = asked.filter(({ satisfied }) => satisfied === false);
  const open = asked.filter(({ satisfied }) => satisfied === 'unknown');
  const [code, ...others] = new Set([
    ...(failing.length > 0 || open.length === 0 ? [firstCode(failing)] : []),
    ...open.map((control) => firstCode([...failing, control])),
  ]);
  return others.length === 0 ? code : undefined;
}

interface Asked {
  readonly control: CompiledControl;
  readonly policy: Deciding;
}

/** MFA that any policy with a location asks for is 50076, other MFA 50074 (D-ERR). */
function firstCode(failing: readonly Asked[]): number {
  const rank = Math.min(...failing.map(({ control }) => control.rank));
  // Several policies may ask for the same control: which of them comes first must not matter.
  const first = failing.filter(({ control }) => control.rank === rank);
  if (first.length === 0) return 50131;
  const byLocation = ({ policy }: Asked) => policy.compiled.conditions.some(({ slot }) => slot === 'location');
  if (rank === CONTROL_RANKS.mfa && !first.some(byLocation)) return 50074;
  return Math.min(...first.map(({ control }) => control.errorCode));
}

function isPrompt(control: CompiledControl, attempt: SignInAttempt): boolean {
  return control.interactive && canBePrompted(control, attempt);
}

/** Our words, except for those of a block, which a published record shows (ERR-EX). */
const REASONS: ReadonlyMap<number, string> = new Map([
  [50074, 'Strong authentication is required and was not completed.'],
  [50076, 'Multifactor authentication is required at this location.'],
  [50131, 'A Conditional Access requirement is not met.'],
  [50135, 'A password change is required because of risk.'],
  [50158, 'An external challenge, terms of use or custom control, is not satisfied.'],
  [53000, 'The device is not compliant.'],
  [53001, 'The device is not hybrid joined.'],
  [53002, 'The application is not an approved client app.'],
  [53003, 'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.'],
  [53009, 'The application has no app protection policy.'],
  [530084, 'The session is not bound to the device.'],
]);

function failure(errorCode: number | undefined, { identity }: SignInAttempt): Status {
  const isWorkloadBlock = errorCode === BLOCKED_CODE && identity.kind !== 'user';
  const failureReason = isWorkloadBlock
    ? 'Access has been blocked due to Conditional Access policies.'
    : errorCode === undefined
      ? ''
      : (REASONS.get(errorCode) ?? '');
  return { errorCode, failureReason, additionalDetails: '' };
}
