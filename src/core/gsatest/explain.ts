import type { Evaluation, PolicyEvaluation } from '../conditional-access/result.ts';
import type { SignInAttempt } from '../signaling/attempt.ts';
import type { SignalingStatus } from '../tenant/tenant.ts';
import { decidingOf } from './compare.ts';
import type { Failure, Mismatch } from './result.ts';
import { whatIfWords } from './what-if-words.ts';

/** One sign-in, the status it was judged under, and what came of it. */
export interface Judged {
  readonly attempt: SignInAttempt;
  readonly signaling: SignalingStatus;
  readonly evaluation: Evaluation;
}

/** One sign-in that was not as expected, with why it came out so and who decided. */
export function failureOf(
  judged: Judged,
  mismatches: readonly Mismatch[],
  status: Failure['status'],
  subject?: string,
): Failure {
  const { evaluation, attempt, signaling } = judged;
  const deciding = decidingOf(evaluation);
  const doubted = evaluation.policies.filter(
    ({ policyId, displayName }) =>
      !evaluation.decidedBy.includes(policyId) && mismatches.some(({ member }) => member === `policies.${displayName}`),
  );
  return {
    subject,
    status,
    mismatches,
    because: [...addressLine(evaluation), ...[...deciding, ...doubted].map(reasonOf)],
    decidedBy: deciding.map(({ displayName }) => displayName),
    reproduce: whatIfWords(attempt, signaling, evaluation),
    hint: hintOf(evaluation),
    alike: 0,
  };
}

/** What Entra saw: most surprises are explained by it. */
function addressLine({ observation }: Evaluation): string[] {
  const { ipAddress, seenAddress } = observation;
  if (ipAddress === undefined) return ['the address that Entra sees is not known'];
  const whose = seenAddress === 'proxy' ? ', the proxy’s' : seenAddress === 'source' ? ', the user’s own' : '';
  return [`Entra sees ${ipAddress.text}${whose}`];
}

/** One policy in a line: its result, the conditions that settle it, the controls that are open. */
function reasonOf(policy: PolicyEvaluation): string {
  const { displayName, result, applies, conditions, controls } = policy;
  const telling = conditions.filter(({ truth }) => truth === applies);
  const because = withoutObvious((telling.length === 0 ? conditions : telling).map((condition) => condition.because));
  const open = controls.filter(({ satisfied }) => satisfied !== true).map((control) => control.displayName);
  const asks = applies === false || open.length === 0 ? '' : `; asks for ${open.join(', ')}`;
  return `${displayName} (${result}): ${because.join('; ') || 'no conditions'}${asks}`;
}

/** That all applications and all people are included goes without saying, where something else is to be said. */
function withoutObvious(reasons: readonly string[]): readonly string[] {
  const others = reasons.filter((reason) => !/^(application|user) included: All$/.test(reason));
  return others.length === 0 ? reasons : others;
}

/** What to write into the test for a fact that is missing. */
const MISSING: readonly (readonly [fact: RegExp, words: string])[] = [
  [/^clientAppType$/, '`clientAppUsed: Browser`'],
  [/^devicePlatform$/, '`devicePlatform: windows`'],
  [/^ipAddress$/, '`from`, `path`, and the path’s `egress`'],
  [/^countryOrRegion$/, '`country: NL`, or a `country` beside the address in `fixtures`'],
  [/^gpsCountryOrRegion$/, '`gpsCountryOrRegion: NL`'],
  [/^compliantNetwork$/, '`path`'],
  [/^signInRiskLevel$/, '`riskLevelDuringSignIn: none`'],
  [/^userRiskLevel$/, '`userRiskLevel: none`'],
  [/^servicePrincipalRiskLevel$/, '`servicePrincipalRiskLevel: none`'],
  [/^insiderRiskLevel$/, '`insiderRiskLevel: none`'],
  [/^resource$/, '`app`'],
  [/^mfaTrustedIps$/, '`mfaTrustedIps: []` beside `policies`'],
  [/^(authenticationFlow|originalTransferMethod)$/, '`authenticationFlow: none`'],
  [/^(mfa|compliantDevice|domainJoinedDevice|approvedApplication|compliantApplication)$/, '`satisfied`'],
  [/^authenticationMethodCombination$/, '`satisfied: { authenticationMethodCombination: fido2 }`'],
  [/^device/, '`device`'],
];

function hintOf({ missing }: Evaluation): string | undefined {
  const facts = [...new Set(missing.map(({ fact }) => fact))].sort();
  if (facts.length === 0) return undefined;
  const words = facts.flatMap((fact) => MISSING.find(([pattern]) => pattern.test(fact))?.[1] ?? []);
  const lacking = `not known: ${facts.join(', ')}`;
  if (words.length === 0) return lacking;
  return `${lacking}; say ${[...new Set(words)].join(' and ')} in \`signIn\`, or for all tests in \`defaults\``;
}
