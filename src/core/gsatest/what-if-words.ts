import { ANY_OTHER_APPLICATION } from '../conditional-access/facts/well-known-audiences.ts';
import type { Evaluation } from '../conditional-access/result.ts';
import { GRANT_CONTROL_NAMES } from '../graph/controls.ts';
import type { FactName } from '../graph/sign-in-facts.ts';
import { choicesOf, FACT_NAMES, factNamed, factsSaidWith } from '../graph/sign-in-facts.ts';
import type { Satisfied, SignInAttempt } from '../signaling/attempt.ts';
import type { SignalingStatus } from '../tenant/tenant.ts';

/**
 * The words of `gsa whatif` for one sign-in; `undefined` for one that it cannot suppose. What is not known is said to be
 * unknown where a policy asks for it: elsewhere the defaults of `gsa whatif` change nothing.
 */
export function whatIfWords(
  attempt: SignInAttempt,
  signaling: SignalingStatus,
  evaluation: Evaluation,
): readonly string[] | undefined {
  const { identity, target, network, satisfied } = attempt;
  const isOwnTunnel = network.via === 'direct' || network.via === undefined || network.tunnelOfThisTenant === true;
  if (identity.kind !== 'user' || target.kind === 'userAction' || !isOwnTunnel) return undefined;
  const [audience] = target.audiences ?? [];
  const user = identity.userPrincipalName ?? identity.userId;
  if (user === undefined || audience === undefined) return undefined;
  const app =
    audience.appId === ANY_OTHER_APPLICATION.appId ? audience.appId : (audience.displayName ?? audience.appId);
  const { source, proxy } = network;
  const asked = factsAskedFor(evaluation);
  const proven = provenWords(satisfied, evaluation);
  // A device that is described is described in full, and `gsa whatif` takes its attributes one by one.
  if (proven === undefined || (attempt.device !== undefined && attempt.device !== null)) return undefined;
  return [
    'whatif',
    ...option('--user', user),
    ...option('--app', app),
    ...option('--auth-context', target.kind === 'authenticationContext' ? target.authenticationContext : undefined),
    ...option('--source-ip', source.address?.text),
    ...option('--country', countryWord(source.countryOrRegion)),
    ...option('--via', VIAS[network.via ?? 'unknown']),
    ...option('--proxy-ip', proxy?.address?.text),
    ...option('--proxy-country', countryWord(proxy?.countryOrRegion)),
    ...option('--gps-country', countryWord(attempt.gpsCountryOrRegion)),
    ...FACT_NAMES.flatMap((fact) => factWords(fact, attempt[fact], asked)),
    ...(proven.length === 0 ? [] : ['--satisfied', proven.join(',')]),
    ...option('--methods', satisfied.authenticationMethodCombination),
    ...(attempt.device === undefined &&
    [...asked].some((fact) => fact.startsWith('device') && fact !== 'devicePlatform')
      ? ['--device', 'unknown']
      : []),
    ...option('--signaling', signaling),
  ];
}

const VIAS = {
  globalSecureAccessClient: 'gsa',
  remoteNetwork: 'remote-network',
  direct: 'direct',
  unknown: 'unknown',
} as const;

/**
 * The words for a fact: none where the default says it, `unknown` where a policy asks for what is not known or what no choice
 * says.
 */
function factWords(fact: FactName, value: string | null | undefined, asked: ReadonlySet<string>): string[] {
  const { option: declared, supposed } = factNamed(fact);
  if (declared === undefined) return [];
  const said = value === null || value === undefined ? undefined : (declared.without?.[value] ?? value);
  const name = `--${declared.name}`;
  if (said !== undefined && choicesOf(fact).includes(said)) return said === supposed ? [] : [name, said];
  return choicesOf(fact).includes('unknown') && factsSaidWith(fact).some((one) => asked.has(one))
    ? [name, 'unknown']
    : [];
}

/** Facts that some policy lacks, also one that does not decide. */
function factsAskedFor({ policies }: Evaluation): ReadonlySet<string> {
  const missing = policies.flatMap(({ conditions, controls }) =>
    [...conditions, ...controls].flatMap((each) => each.missing),
  );
  return new Set(missing.map(({ fact }) => fact));
}

/** What the session proves; `undefined` where it is known of one control and open of another, which no words say. */
function provenWords(satisfied: Satisfied, { policies }: Evaluation): readonly string[] | undefined {
  const proven = GRANT_CONTROL_NAMES.filter((control) => satisfied[control] === true);
  const open = policies.flatMap(({ controls }) => controls.flatMap(({ missing }) => missing));
  if (open.every(({ fact }) => fact === 'authenticationMethodCombination')) return proven;
  return GRANT_CONTROL_NAMES.some((control) => satisfied[control] === false) ? undefined : [...proven, 'unknown'];
}

function option(name: string, value: string | undefined): string[] {
  return value === undefined ? [] : [name, value];
}

function countryWord(country: string | null | undefined): string | undefined {
  return country === null ? 'none' : country;
}
