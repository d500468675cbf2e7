import type { SignInAttempt } from '../../signaling/attempt.ts';
import type { CompiledPolicy } from '../compile.ts';
import { isLegacyClient } from '../facts/legacy-client.ts';
import type { CompiledControl, CompiledGrant } from '../grant/controls.ts';
import { askedControls, judgeControl, lacksBesides, satisfactionOf } from '../grant/controls.ts';
import type { SeverityRange } from '../grant/effect.ts';
import { effectOfGrant } from '../grant/effect.ts';
import { leavesMfaOpen, needsMfa, restsOnTerms } from '../outcome/outcome.ts';
import type { Truth } from '../result.ts';

/** What sign-ins that stand to every control in the same way have in common, grant by grant. */
export interface Claims {
  /** A number that is never given twice. */
  readonly number: number;
  /** One of these sign-ins: it stands for all of them where nothing but who makes the claims, and which, is looked at. */
  readonly attempt: SignInAttempt;
  readonly grants: readonly WeighedGrant[];
  /** What follows for all policies; worked out when it is first asked for. */
  effects: ClaimedEffects | undefined;
}

/** What each policy does where it applies to those who make the same claims, turned round: from what is done to the policies. */
export interface ClaimedEffects {
  /** The policies in force by the least that they do, by its place in `EFFECTS`. */
  readonly least: readonly Uint32Array[];
  /** The policies that are or may be in force by the most that they may do. */
  readonly most: readonly Uint32Array[];
  /** Those in force that cannot be satisfied without MFA, and those that may be in force of which that may be so. */
  readonly needMfa: Uint32Array;
  readonly mayNeedMfa: Uint32Array;
  /** Those in force with MFA outstanding. */
  readonly awaitMfa: Uint32Array;
  readonly restOnTerms: Uint32Array;
  /** Those of which it is not known what they do. */
  readonly open: Uint32Array;
  /** The result of each policy that surely applies, by its position, and behind these of each that may. */
  readonly codes: Uint8Array;
}

/** What one grant does to these sign-ins. */
export interface WeighedGrant {
  readonly effect: SeverityRange;
  /** Controls of which it is not known whether they are satisfied. */
  readonly missing: readonly string[];
  readonly leavesMfaOpen: boolean;
  readonly restsOnTerms: boolean;
  /** Whether it cannot be satisfied without MFA. */
  readonly needsMfa: Truth;
}

/** Controls that are asked for by any policy, each once. */
function distinctControls(policies: readonly CompiledPolicy[]): readonly CompiledControl[] {
  const found = policies.flatMap(({ grant }) =>
    askedControls(grant).map((control) => [textOf(control, grant), control] as const),
  );
  return [...new Map(found).values()];
}

function textOf(control: CompiledControl, { strength }: CompiledGrant): string {
  const own = control.control === 'authenticationStrength' ? [strength, [...(strength?.combinations ?? [])]] : [];
  return JSON.stringify([control.control, control.displayName, control.rank, control.fact, own]);
}

/** The most controls that fit into one number, as digits to the base of three, beside thirty-two sorts of sessions. */
const MOST_DIGITS = 30;

/**
 * Everything of an attempt that grants and what is said of them look at: satisfied controls, whether a prompt can be answered, and by whom.
 */
function claimsKey(controls: readonly CompiledControl[], attempt: SignInAttempt): number | string {
  const { identity, clientAppType, canPerformMfa, canChangePassword } = attempt;
  const isPerson = identity.kind === 'user' && identity.isAgent !== true;
  const session =
    (identity.kind === 'user' ? 16 : 0) +
    (canChangePassword === false ? 8 : 0) +
    (isPerson ? 4 : 0) +
    (isLegacyClient(clientAppType) ? 2 : 0) +
    (canPerformMfa === false ? 1 : 0);
  if (lacksBesides(attempt)) return `${session} ${controls.map((control) => lackingText(control, attempt)).join()}`;
  if (controls.length > MOST_DIGITS) {
    return `${session} ${controls.map((control) => satisfactionOf(control, attempt)).join()}`;
  }
  let key = session;
  for (const control of controls) {
    const satisfied = satisfactionOf(control, attempt);
    key = key * 3 + (satisfied === true ? 2 : satisfied === false ? 1 : 0);
  }
  return key;
}

/** How the session stands to the control, with what is not known of it. */
function lackingText(control: CompiledControl, attempt: SignInAttempt): string {
  const { satisfied, missing } = judgeControl(control, attempt);
  return [satisfied, ...missing.map(({ fact }) => fact)].join(' ');
}

/** How many claims are remembered; there are few, unless a tenant has many controls. */
const REMEMBERED = 2_000;

/** Weighs the distinct grants of a tenant once for all sign-ins that make the same claims. */
export class ClaimsTable {
  readonly #controls: readonly CompiledControl[];
  readonly #grants: readonly CompiledGrant[];
  readonly #known = new Map<number | string, Claims>();
  #next = 1;

  constructor(policies: readonly CompiledPolicy[], grants: readonly CompiledGrant[]) {
    this.#controls = distinctControls(policies);
    this.#grants = grants;
  }

  of(attempt: SignInAttempt): Claims {
    const key = claimsKey(this.#controls, attempt);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    if (this.#known.size >= REMEMBERED) this.#known.clear();
    const grants = this.#grants.map((grant) => weighedGrant(grant, attempt));
    const claims = { number: this.#next++, attempt, grants, effects: undefined };
    this.#known.set(key, claims);
    return claims;
  }
}

function weighedGrant(grant: CompiledGrant, attempt: SignInAttempt): WeighedGrant {
  const isAmbiguous = grant.operator === undefined && grant.controls.length > 1;
  return {
    effect: effectOfGrant(grant, attempt),
    missing: [
      ...askedControls(grant).flatMap((control) => judgeControl(control, attempt).missing.map(({ fact }) => fact)),
      ...(isAmbiguous ? ['operator'] : []),
    ],
    leavesMfaOpen: leavesMfaOpen(grant, attempt),
    restsOnTerms: restsOnTerms(grant, attempt),
    needsMfa: needsMfa(grant, attempt),
  };
}
