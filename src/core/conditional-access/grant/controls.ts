import type { GrantControl } from '../../graph/controls.ts';
import { GRANT_CONTROL_NAMES, GRANT_CONTROLS } from '../../graph/controls.ts';
import { MODELLED_MEMBERS } from '../../graph/policy-rows.ts';
import type { SignInAttempt, Target } from '../../signaling/attempt.ts';
import { hasLostControls, LOST_CONTROLS } from '../../tenant/lost-members.ts';
import type { GrantControls, SessionControls } from '../../tenant/policy.ts';
import { lower, texts, unmodelledMembers } from '../../tenant/policy-words.ts';
import type { AskedControl } from '../demand.ts';
import { isCompliantDevice, isHybridJoinedDevice } from '../facts/device-facts.ts';
import { isLegacyClient } from '../facts/legacy-client.ts';
import { INTUNE_ENROLLMENT } from '../facts/well-known-applications.ts';
import type { ControlResult, MissingFact, Truth } from '../result.ts';
import type { CompiledStrength } from './authentication-strength.ts';
import { compileStrength, isMultifactor } from './authentication-strength.ts';
import { meetsStrength } from './met-strength.ts';
import { isTokenProtected } from './session-controls.ts';
import { isLostRestriction } from './strength-restrictions.ts';

/** The grant controls of a policy, prepared. */
export interface CompiledGrant {
  readonly blocks: boolean;
  /** Controls were lost in an export, or nobody documents one: it may be a block. */
  readonly mayBlock: boolean;
  readonly controls: readonly CompiledControl[];
  /** What session controls refuse, whatever the grant controls say. */
  readonly session: readonly CompiledControl[];
  /** AND is the portal's default; without a word and with several controls the answer must hold either way (OWN). */
  readonly operator: 'AND' | 'OR' | undefined;
  readonly enforcedGrantControls: readonly string[];
  readonly strength: CompiledStrength | undefined;
}

/** Everything that a policy asks of a session. */
export function askedControls({ controls, session }: CompiledGrant): readonly CompiledControl[] {
  return session.length === 0 ? controls : [...controls, ...session];
}

export interface CompiledControl extends AskedControl {
  /** Place in the order in which Entra asks for controls (D-POL), which also chooses the error code. */
  readonly rank: number;
  readonly errorCode: number;
  /** Whether a user can satisfy it by answering a prompt (D-RO). */
  readonly interactive: boolean;
  /** `undefined` for a control that we do not know. */
  readonly read: ((attempt: SignInAttempt) => Truth | undefined) | undefined;
  readonly fact: string;
}

/** How a session proves a control, where that is not its own member of `satisfied`. */
const PROOFS: Partial<Readonly<Record<GrantControl, (attempt: SignInAttempt) => Truth | undefined>>> = {
  mfa: readMfa,
  // The control does not hold up the enrollment that makes a device compliant (DEVC).
  compliantDevice: (attempt) => isIntuneEnrollment(attempt.target) || provenByDevice(attempt, isCompliantDevice),
  domainJoinedDevice: (attempt) => provenByDevice(attempt, isHybridJoinedDevice),
};

type Flow = Pick<SignInAttempt, 'authenticationFlow' | 'originalTransferMethod'>;

/**
 * Whether it is device code flow, where the device that shows the code cannot be seen: no control on a device is ever satisfied
 * (D-GRANT). A session that began with it may be in it still where nothing tells the flow of the request; where nothing tells
 * either, it is taken for another one, as no record of v1.0 has a word of it (OWN).
 */
export function isDeviceCodeFlow({ authenticationFlow, originalTransferMethod }: Flow): Truth {
  if (authenticationFlow !== undefined) return authenticationFlow === 'deviceCodeFlow';
  return originalTransferMethod === 'deviceCodeFlow' ? 'unknown' : false;
}

type DeviceClaim = (attempt: SignInAttempt) => boolean | undefined;

function provenByDevice(attempt: SignInAttempt, claim: DeviceClaim): Truth | undefined {
  const isUnseen = isDeviceCodeFlow(attempt);
  if (isUnseen === true) return false;
  const proven = claim(attempt);
  return isUnseen === 'unknown' && proven === true ? undefined : proven;
}

/** What a device claims by itself, for the controls that ask for it. */
const DEVICE_CLAIMS: Readonly<Record<string, DeviceClaim>> = {
  compliantDevice: isCompliantDevice,
  domainJoinedDevice: isHybridJoinedDevice,
};

/** Whether only the enrollment of Intune is asked for. */
export function isIntuneEnrollment(target: Target): boolean {
  if (target.kind !== 'application' || target.audiences === undefined || target.audiences.length === 0) return false;
  return target.audiences.every(({ appId }) => appId.toLowerCase() === INTUNE_ENROLLMENT);
}

const TERMS_RANK = GRANT_CONTROL_NAMES.length;
export const CONTROL_RANKS = {
  mfa: 0,
  passwordChange: GRANT_CONTROL_NAMES.indexOf('passwordChange'),
  termsOfUse: TERMS_RANK,
  customFactor: TERMS_RANK + 1,
} as const;

function readMfa({ satisfied }: SignInAttempt): Truth | undefined {
  return satisfied.mfa ?? isMultifactor(satisfied.authenticationMethodCombination);
}

export function compileGrant(
  grant: GrantControls | null | undefined,
  sessionControls: SessionControls | null | undefined,
): CompiledGrant {
  const words = texts(grant?.builtInControls);
  const strength = compileStrength(grant?.authenticationStrength);
  const builtIn = words.filter((word) => word.toLowerCase() !== 'block').map(builtInControl);
  const terms = texts(grant?.termsOfUse).map(termsOfUse);
  const factors = texts(grant?.customAuthenticationFactors).map(customFactor);
  const others = unmodelledMembers(grant, MODELLED_MEMBERS['/grantControls']).map((name) =>
    unknownControl(`grantControls.${name}`, JSON.stringify(Object.entries(grant ?? {}).find(([own]) => own === name))),
  );
  const hasLost = hasLostControls({ grantControls: grant ?? null, sessionControls: sessionControls ?? null });
  if (hasLost) others.push(WHAT_WAS_LOST);
  const controls = [
    ...builtIn,
    ...(strength === undefined ? [] : [strengthControl(strength)]),
    ...terms,
    ...factors,
    ...others,
  ];
  const operator = lower(grant?.operator)?.toUpperCase();
  return {
    blocks: words.some((word) => word.toLowerCase() === 'block'),
    mayBlock: hasLost || builtIn.some(({ read }) => read === undefined),
    controls: controls.sort((a, b) => a.rank - b.rank),
    session: isTokenProtected(sessionControls) ? [TOKEN_PROTECTION] : [],
    operator: operator === 'AND' || operator === 'OR' ? operator : undefined,
    // A strength is no name in the list; it has a member of its own (L-REAL).
    enforcedGrantControls: [
      ...words.map(logName),
      ...terms.map(({ control }) => control),
      ...factors.map(({ control }) => control),
    ],
    strength,
  };
}

function builtInNamed(word: string): GrantControl | undefined {
  return GRANT_CONTROL_NAMES.find((name) => name.toLowerCase() === word.toLowerCase());
}

function logName(word: string): string {
  if (word.toLowerCase() === 'block') return 'Block';
  const known = builtInNamed(word);
  return known === undefined ? word : GRANT_CONTROLS[known].logName;
}

function builtInControl(word: string): CompiledControl {
  const control = builtInNamed(word);
  if (control === undefined) return unknownControl(word);
  const { errorCode, interactive } = GRANT_CONTROLS[control];
  const read = PROOFS[control] ?? (({ satisfied }: SignInAttempt) => satisfied[control]);
  const rank = GRANT_CONTROL_NAMES.indexOf(control);
  return { control, displayName: control, rank, errorCode, interactive, read, fact: control };
}

/** A control such as `verifiedID`, found in exports and in no schema (L-CORPUS): unknown, by name. */
function unknownControl(control: string, text?: string): CompiledControl {
  return {
    ...(text === undefined ? {} : { text }),
    control,
    displayName: control,
    rank: TERMS_RANK + 2,
    errorCode: 50131,
    interactive: false,
    read: undefined,
    fact: `meaning of control ${control}`,
  };
}

export const WHAT_WAS_LOST: CompiledControl = {
  ...unknownControl('controls that the export lost'),
  fact: LOST_CONTROLS,
};

function strengthControl(strength: CompiledStrength): CompiledControl {
  const name = strength.displayName;
  return {
    control: 'authenticationStrength',
    displayName: name,
    strength,
    rank: CONTROL_RANKS.mfa,
    errorCode: 50076,
    interactive: true,
    read: ({ satisfied }) => meetsStrength(strength, satisfied),
    fact: openFactOf(strength),
  };
}

/** What leaves open whether the strength is met. */
function openFactOf({ displayName, restrictions, combinations }: CompiledStrength): string {
  if (restrictions.some(isLostRestriction)) return `combinationConfigurations of ${displayName}`;
  if (restrictions.length > 0) return `keys or certificates that ${displayName} allows`;
  return combinations === undefined ? `combinations that ${displayName} allows` : 'authenticationMethodCombination';
}

function termsOfUse(id: string): CompiledControl {
  return {
    control: id,
    displayName: `terms of use ${id}`,
    rank: CONTROL_RANKS.termsOfUse,
    errorCode: 50158,
    interactive: true,
    read: ({ satisfied }) =>
      satisfied.termsOfUseAccepted?.some((accepted) => accepted.toLowerCase() === id.toLowerCase()),
    fact: `acceptance of terms of use ${id}`,
  };
}

function customFactor(id: string): CompiledControl {
  return {
    control: id,
    displayName: `custom control ${id}`,
    rank: CONTROL_RANKS.customFactor,
    errorCode: 50158,
    interactive: true,
    read: ({ satisfied }) =>
      satisfied.customAuthenticationFactors?.some((factor) => factor.toLowerCase() === id.toLowerCase()),
    fact: `custom control ${id}`,
  };
}

/**
 * Token protection: a request whose session is not bound to the device is blocked (TP). A device that is not registered cannot
 * bind one; what a browser does is in preview, so there it is not known.
 */
export const TOKEN_PROTECTION: CompiledControl = {
  control: 'secureSignInSession',
  displayName: 'token protection',
  rank: TERMS_RANK + 3,
  errorCode: 530084,
  interactive: false,
  read: ({ isSessionBound, device, clientAppType }) =>
    isSessionBound ?? (device === null && clientAppType === 'mobileAppsAndDesktopClients' ? false : undefined),
  fact: 'whether the session is bound to the device',
};

/** What a grant names, block first, whatever becomes of it. */
export function controlsOf(grant: CompiledGrant): readonly AskedControl[] {
  return grant.blocks ? [BLOCK, ...askedControls(grant)] : askedControls(grant);
}

/** What a blocking grant shows as a control. */
export const BLOCK = {
  control: 'block',
  displayName: 'block',
  satisfied: false,
  interactive: false,
  missing: [],
} as const;

/** How the controls combine; one alone needs no word for it. `undefined`: the policy does not say. */
export function operatorOf(grant: CompiledGrant): CompiledGrant['operator'] {
  return grant.operator ?? (controlsOf(grant).length === 1 ? 'AND' : undefined);
}

/** One control as this session stands to it. */
export function judgeControl(control: CompiledControl, attempt: SignInAttempt): ControlResult {
  const { control: name, displayName } = control;
  const interactive = control.interactive && canBePrompted(control, attempt);
  const satisfied = satisfactionOf(control, attempt);
  const missing = satisfied === 'unknown' ? factsLacked(control, attempt) : [];
  return { control: name, displayName, satisfied, interactive, missing };
}

/** Whether more than the control itself tells what it lacks. */
export function lacksBesides(attempt: SignInAttempt): boolean {
  return attempt.refusedControl !== undefined || isDeviceCodeFlow(attempt) === 'unknown';
}

/** The facts for lack of which it is not known whether the control is satisfied. */
function factsLacked(control: CompiledControl, attempt: SignInAttempt): readonly MissingFact[] {
  const claim = Object.hasOwn(DEVICE_CLAIMS, control.control) ? DEVICE_CLAIMS[control.control] : undefined;
  const isRefused = attempt.refusedControl === control.control;
  const isFlowOpen = claim !== undefined && isDeviceCodeFlow(attempt) === 'unknown';
  const isClaimOpen = !(isRefused || isFlowOpen) || claim?.(attempt) === undefined;
  return [
    ...(isClaimOpen ? [control.fact] : []),
    ...(isFlowOpen ? ['authenticationFlow'] : []),
    ...(isRefused && !isClaimOpen ? [`why ${control.control} was not satisfied`] : []),
  ].map((fact) => ({ fact, condition: 'grantControls' }));
}

/**
 * Legacy clients cannot answer or prove anything, so no grant control is ever satisfied there (D-COND). For a workload
 * identity nothing but a block is defined (D-WI): any other control is unknown.
 */
export function satisfactionOf(control: CompiledControl, attempt: SignInAttempt): Truth {
  if (control.read === undefined || attempt.identity.kind !== 'user') return 'unknown';
  // The account of an agent can prove its device and answer nothing; what else becomes of it is in no document (AGENT).
  if (attempt.identity.isAgent === true && control.control !== 'compliantDevice') return 'unknown';
  if (isLegacyClient(attempt.clientAppType)) return false;
  const satisfied = control.read(attempt) ?? 'unknown';
  // The record contradicts itself: what it says of the session, and the error by which it ended.
  return satisfied === true && attempt.refusedControl === control.control ? 'unknown' : satisfied;
}

/** A prompt is possible unless the client is a legacy one, or MFA cannot be done at all (D-B2B direct connect). */
export function canBePrompted(
  control: CompiledControl,
  { canPerformMfa, canChangePassword, clientAppType, identity }: SignInAttempt,
): boolean {
  if (identity.kind !== 'user' || identity.isAgent === true || isLegacyClient(clientAppType)) return false;
  if (control.rank === CONTROL_RANKS.passwordChange) return canChangePassword !== false;
  return control.rank !== CONTROL_RANKS.mfa || canPerformMfa !== false;
}
