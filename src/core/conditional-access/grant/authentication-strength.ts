import type { AuthenticationStrength } from '../../tenant/policy.ts';
import { isSet, lower, texts } from '../../tenant/policy-words.ts';
import { canonicalCombination } from './method-combination.ts';
import type { Restriction } from './strength-restrictions.ts';
import { isLostRestriction, restrictionsOf } from './strength-restrictions.ts';

/** A required authentication strength, prepared: the combinations that meet it, or `undefined` where they are not known. */
export interface CompiledStrength {
  readonly id: string;
  readonly displayName: string;
  readonly combinations: ReadonlySet<string> | undefined;
  /** No single factor meets it, so a session without MFA does not either. */
  readonly needsMfa: boolean;
  /** What single keys or certificates have to be, which a sign-in does not tell. */
  readonly restrictions: readonly Restriction[];
  /** How it is written, where that leaves open what meets it; `undefined`: its combinations are all there is to it. */
  readonly openText: string | undefined;
}

export function compileStrength(strength: AuthenticationStrength | null | undefined): CompiledStrength | undefined {
  if (typeof strength !== 'object' || strength === null || !isSet(strength)) return undefined;
  const id = String(strength.id ?? '');
  const listed = texts(strength.allowedCombinations);
  const builtIn = BUILT_IN.get(id.toLowerCase());
  const combinations = listed.length > 0 ? listed : builtIn;
  const restrictions = restrictionsOf(strength, builtIn !== undefined);
  return {
    id,
    displayName: String(strength.displayName ?? id),
    combinations: combinations === undefined ? undefined : new Set(combinations.map(canonicalCombination)),
    needsMfa: builtIn !== undefined || lower(strength.requirementsSatisfied) === 'mfa',
    restrictions,
    openText: restrictions.length > 0 || combinations === undefined ? JSON.stringify(strength) : undefined,
  };
}

/** Whether an export lost which keys or certificates a strength allows, of those that its combinations name. */
export function hasLostRestrictions(strength: AuthenticationStrength | null | undefined): boolean {
  return compileStrength(strength)?.restrictions.some(isLostRestriction) === true;
}

const PHISHING_RESISTANT = ['windowsHelloForBusiness', 'fido2', 'x509CertificateMultiFactor'];
const PASSWORDLESS = [...PHISHING_RESISTANT, 'deviceBasedPush'];
const MULTIFACTOR = [
  ...PASSWORDLESS,
  'temporaryAccessPassOneTime',
  'temporaryAccessPassMultiUse',
  'federatedMultiFactor',
  ...['microsoftAuthenticatorPush', 'softwareOath', 'hardwareOath', 'sms', 'voice'].flatMap((second) => [
    `password,${second}`,
    `${second},federatedSingleFactor`,
  ]),
  'password,x509CertificateSingleFactor',
  'password,x509CertificateMultiFactor',
];

/** The built-in strengths have the same ids in every tenant (ZTA, L-CORPUS; combinations G-EVAL, D-STRS). */
const BUILT_IN: ReadonlyMap<string, readonly string[]> = new Map([
  ['00000000-0000-0000-0000-000000000002', MULTIFACTOR],
  ['00000000-0000-0000-0000-000000000003', PASSWORDLESS],
  ['00000000-0000-0000-0000-000000000004', PHISHING_RESISTANT],
]);

/** With an external authentication method MFA is done, and no strength is met (D-DEVREG). */
const EXTERNAL = 'password,externalAuthenticationMethod';

const MULTIFACTOR_SET: ReadonlySet<string> = new Set([...MULTIFACTOR, EXTERNAL].map(canonicalCombination));
const SINGLE_FACTORS: ReadonlySet<string> = new Set([
  'password',
  'sms',
  'federatedsinglefactor',
  'x509certificatesinglefactor',
]);

/** Combinations of methods that are known to be one factor or several. */
export const KNOWN_COMBINATIONS: readonly string[] = [...SINGLE_FACTORS, ...MULTIFACTOR_SET];

/** Methods that do not meet a strength: one factor, unless it allows that. */
export function combinationOutside(strength: AuthenticationStrength | null | undefined): string {
  const allowed = new Set(texts(strength?.allowedCombinations).map(canonicalCombination));
  return KNOWN_COMBINATIONS.find((combination) => !allowed.has(combination)) ?? 'password';
}

/** Whether a combination of methods is multifactor; `undefined`: not one we know. */
export function isMultifactor(combination: string | undefined): boolean | undefined {
  if (combination === undefined) return undefined;
  if (MULTIFACTOR_SET.has(canonicalCombination(combination))) return true;
  return SINGLE_FACTORS.has(canonicalCombination(combination)) ? false : undefined;
}
