import type { Satisfied } from '../../signaling/attempt.ts';
import type { AuthenticationStrength } from '../../tenant/policy.ts';
import { isSet, lower, texts } from '../../tenant/policy-words.ts';
import type { Truth } from '../result.ts';

/** A required authentication strength, prepared: the combinations that meet it, or `undefined` where they are not known. */
export interface CompiledStrength {
  readonly id: string;
  readonly displayName: string;
  readonly combinations: ReadonlySet<string> | undefined;
  /** No single factor meets it, so a session without MFA does not either. */
  readonly needsMfa: boolean;
  /** Restrictions on single keys or certificates (`combinationConfigurations`), which a sign-in does not tell. */
  readonly isRestricted: boolean;
  /** How it is written, where that leaves open what meets it; `undefined`: its combinations are all there is to it. */
  readonly openText: string | undefined;
}

export function compileStrength(strength: AuthenticationStrength | null | undefined): CompiledStrength | undefined {
  if (typeof strength !== 'object' || strength === null || !isSet(strength)) return undefined;
  const id = String(strength.id ?? '');
  const listed = texts(strength.allowedCombinations);
  const builtIn = BUILT_IN.get(id.toLowerCase());
  const combinations = listed.length > 0 ? listed : builtIn;
  const isRestricted = 'combinationConfigurations' in strength && isSet(strength.combinationConfigurations);
  return {
    id,
    displayName: String(strength.displayName ?? id),
    combinations: combinations === undefined ? undefined : new Set(combinations.map(canonical)),
    needsMfa: builtIn !== undefined || lower(strength.requirementsSatisfied) === 'mfa',
    isRestricted,
    openText: isRestricted || combinations === undefined ? JSON.stringify(strength) : undefined,
  };
}

/** A combination is a set of methods: `sms,password` is `password,sms` (CSDL-v1, flags). */
function canonical(combination: string): string {
  return combination
    .split(',')
    .map((method) => method.trim().toLowerCase())
    .sort()
    .join(',');
}

/** Whether the methods used meet the strength (D-STR). */
export function meetsStrength(strength: CompiledStrength, { authenticationMethodCombination, mfa }: Satisfied): Truth {
  if (authenticationMethodCombination === undefined) return strength.needsMfa && mfa === false ? false : 'unknown';
  if (strength.combinations === undefined) return 'unknown';
  if (!strength.combinations.has(canonical(authenticationMethodCombination))) return false;
  return strength.isRestricted ? 'unknown' : true;
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

/** The built-in strengths have the same ids in every tenant (ZTA, L-CORPUS; combinations G-EVAL, D-STR). */
const BUILT_IN: ReadonlyMap<string, readonly string[]> = new Map([
  ['00000000-0000-0000-0000-000000000002', MULTIFACTOR],
  ['00000000-0000-0000-0000-000000000003', PASSWORDLESS],
  ['00000000-0000-0000-0000-000000000004', PHISHING_RESISTANT],
]);

const MULTIFACTOR_SET: ReadonlySet<string> = new Set(MULTIFACTOR.map(canonical));
const SINGLE_FACTORS: ReadonlySet<string> = new Set([
  'password',
  'sms',
  'federatedsinglefactor',
  'x509certificatesinglefactor',
]);

/** Combinations of methods that are known to be one factor or several. */
export const KNOWN_COMBINATIONS: readonly string[] = [...SINGLE_FACTORS, ...MULTIFACTOR_SET];

/** Whether a combination of methods is multifactor; `undefined`: not one we know. */
export function isMultifactor(combination: string | undefined): boolean | undefined {
  if (combination === undefined) return undefined;
  if (MULTIFACTOR_SET.has(canonical(combination))) return true;
  return SINGLE_FACTORS.has(canonical(combination)) ? false : undefined;
}
