import type { CompiledTenant } from '../core/conditional-access/compile.ts';
import { besidePolicies } from '../core/conditional-access/facts/beside-policies.ts';
import { holdingsOf, trustedIpsHolding } from '../core/conditional-access/facts/located.ts';
import type { Evaluation, PolicyEvaluation, Truth } from '../core/conditional-access/result.ts';
import type { Situation } from '../core/conditional-access/what-if/nearest-change.ts';
import { changesThatTurn } from '../core/conditional-access/what-if/nearest-change.ts';
import { isLocatedByStandIn } from '../core/signaling/observation.ts';
import { standInText } from '../core/signaling/stand-in.ts';
import { compareTexts } from '../core/values/compare-texts.ts';
import type { StoryPolicy, StoryReport } from '../output/reports/story.ts';

/** What the story is about; the rest follows from the evaluation. */
export interface Protagonist {
  readonly user: string;
  readonly target: string;
  readonly createdDateTime: string | null;
  readonly notes: readonly string[];
}

/** Tells an evaluation: the deciding policies first, then what applies, what nobody can tell, and the rest by name. */
export function storyReport(
  compiled: CompiledTenant,
  situation: Situation,
  evaluation: Evaluation,
  protagonist: Protagonist,
): StoryReport {
  const { observation } = evaluation;
  const { locations } = compiled;
  const inferred = isLocatedByStandIn(observation) ? [standInText('the sign-in does')] : [];
  const holdings = [...trustedIpsHolding(locations, observation), ...holdingsOf(locations, observation)];
  return {
    user: protagonist.user,
    target: protagonist.target,
    createdDateTime: protagonist.createdDateTime,
    signalingStatus: situation.signalingStatus,
    seen: seenOf(observation, situation),
    locations: holdings.map(({ displayName, networkType, by }) => ({
      displayName,
      isTrusted: networkType === 'trustedNamedLocation',
      by,
    })),
    locationsNotKnown: [
      ...(locations.mfaTrustedIps === undefined ? ['mfaTrustedIps'] : []),
      ...(locations.isListKnown ? [] : ['namedLocations']),
    ],
    outcome: evaluation.outcome,
    errorCode: evaluation.status.errorCode ?? null,
    failureReason: evaluation.status.failureReason,
    decidedBy: evaluation.decidedBy,
    missing: [...new Set(evaluation.missing.map(({ fact }) => fact))].sort(),
    policies: inTellingOrder(evaluation).map(storyPolicy),
    nearestChanges: changesThatTurn(compiled, situation).map(({ change, outcome }) => ({ text: change.text, outcome })),
    notes: [...protagonist.notes, ...inferred, ...besidePolicies(compiled.tenant, situation.attempt)],
  };
}

function seenOf(observation: Evaluation['observation'], { attempt }: Situation): StoryReport['seen'] {
  return {
    ipAddress: observation.ipAddress?.text ?? null,
    isLocatedByStandIn: isLocatedByStandIn(observation),
    countryOrRegion: observation.countryOrRegion ?? null,
    sourceIpAddress: attempt.network.source.address?.text ?? null,
    globalSecureAccessIpAddress: observation.globalSecureAccessIpAddress?.text ?? null,
    isThroughGlobalSecureAccess: observation.isThroughGlobalSecureAccess ?? null,
    compliantNetwork: observation.compliantNetwork ?? null,
    resourceIpAddress: observation.resourceIpAddress?.text ?? null,
    restored: observation.restored,
  };
}

function inTellingOrder({ policies, decidedBy }: Evaluation): readonly PolicyEvaluation[] {
  const rank = ({ policyId, applies, result }: PolicyEvaluation) => {
    if (decidedBy.includes(policyId)) return 0;
    if (result === 'notEnabled') return 4;
    return applies === true ? 1 : applies === 'unknown' ? 2 : 3;
  };
  return policies.toSorted((a, b) => rank(a) - rank(b) || compareTexts(a.displayName, b.displayName));
}

function storyPolicy({
  policyId,
  displayName,
  state,
  result,
  applies,
  conditions,
  controls,
}: PolicyEvaluation): StoryPolicy {
  return {
    id: policyId,
    displayName,
    state,
    result,
    applies: word(applies),
    unmet: conditions.filter(({ truth }) => truth !== true).map(({ because }) => because),
    met: conditions.filter(({ truth }) => truth === true).map(({ because }) => because),
    controls: controls.map((control) => ({ displayName: control.displayName, satisfied: word(control.satisfied) })),
  };
}

function word(truth: Truth): string {
  return truth === true ? 'yes' : truth === false ? 'no' : 'unknown';
}
