import type { ConditionResult, Truth } from '../conditional-access/result.ts';
import { all } from '../conditional-access/truth.ts';
import type { ConditionKind } from '../graph/conditions.ts';
import type { Identity, Target } from '../signaling/attempt.ts';
import type { ConditionalAccessPolicy } from '../tenant/policy.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { Attempt } from './supposed-sign-ins.ts';
import {
  circumstancesFor,
  sessionsFor,
  supposedDevices,
  supposedTargets,
  TRIED_CLIENTS,
  TRIED_PLATFORMS,
} from './supposed-sign-ins.ts';

/** Judges the conditions of one policy, in their order, for an attempt that comes from nowhere in particular. */
export type JudgeConditions = (attempt: Attempt) => readonly ConditionResult[];

export interface Fitting {
  readonly attempt: Attempt;
  /** The targets that meet the policy: one is enough, unless the policy looks at the resource's address too. */
  readonly targets: readonly Target[];
  /** Conditions that none of our sign-ins is known to meet, by their place in the compiled policy. */
  readonly assumed: ReadonlyMap<number, ConditionKind>;
}

/** Conditions that hang on the network, which the switch is about. */
const OF_THE_NETWORK: ReadonlySet<ConditionKind> = new Set<ConditionKind>([
  'location',
  'ipAddressSeenByAzureAD',
  'ipAddressSeenByResourceProvider',
]);

/** Conditions of which every kind of value is tried: one that none of them meets is met by nobody. */
const EXHAUSTED: ReadonlySet<ConditionKind> = new Set<ConditionKind>([
  'users',
  'servicePrincipals',
  'application',
  'clientType',
  'devicePlatform',
]);

/**
 * Chooses, condition by condition, the first candidate that the evaluator says the policy applies to; conditions are
 * independent of each other, because all must hold (D-POL). What stays unknown is assumed and named; what no sign-in can meet
 * means that the policy reaches nobody.
 */
export function fittingOf(
  policy: ConditionalAccessPolicy,
  tenant: Tenant,
  identities: readonly Identity[],
  judgeAnew: JudgeConditions,
): Fitting | { readonly unreachable: ConditionKind } {
  const judge = onceEach(judgeAnew);
  const targets = supposedTargets(policy.conditions.applications, tenant);
  const [identity = { kind: 'user' }] = identities;
  const [target = NOTHING] = targets;
  const [satisfied = {}] = sessionsFor(policy);
  const start: Attempt = { ...circumstancesFor(policy), identity, target, satisfied };
  const attempt = candidatesFor(policy, identities, targets).reduce(
    (chosen, { kinds, candidates }) => chosenFrom(candidates, chosen, (each) => truthOf(judge(each), kinds)),
    start,
  );
  const unmet = [...judge(attempt).entries()].filter(
    ([, { condition, truth }]) => truth !== true && !OF_THE_NETWORK.has(condition),
  );
  const never = unmet
    .map(([, result]) => result)
    .find(({ condition, truth }) => truth === false && EXHAUSTED.has(condition));
  if (never !== undefined) return { unreachable: never.condition };
  return {
    attempt,
    targets: targets.filter((each) => truthOf(judge({ ...attempt, target: each }), ['application']) === true),
    assumed: new Map(unmet.map(([at, { condition }]) => [at, condition])),
  };
}

/** Judges an attempt that comes again, as one that fits a condition does for the next, only once. */
function onceEach(judge: JudgeConditions): JudgeConditions {
  const known = new Map<Attempt, readonly ConditionResult[]>();
  return (attempt) => {
    const results = known.get(attempt) ?? judge(attempt);
    known.set(attempt, results);
    return results;
  };
}

const NOTHING: Target = { kind: 'application', audiences: [] };

interface Candidates {
  /** The conditions that they are tried on. */
  readonly kinds: readonly ConditionKind[];
  readonly candidates: readonly Partial<Attempt>[];
}

function candidatesFor(
  { conditions }: ConditionalAccessPolicy,
  identities: readonly Identity[],
  targets: readonly Target[],
): readonly Candidates[] {
  return [
    { kinds: ['users', 'servicePrincipals'], candidates: identities.map((identity) => ({ identity })) },
    { kinds: ['application'], candidates: targets.map((target) => ({ target })) },
    { kinds: ['clientType'], candidates: TRIED_CLIENTS.map((clientAppType) => ({ clientAppType })) },
    { kinds: ['devicePlatform'], candidates: TRIED_PLATFORMS.map((devicePlatform) => ({ devicePlatform })) },
    { kinds: ['deviceState'], candidates: supposedDevices(conditions).map((device) => ({ device })) },
  ];
}

/** The attempt itself where it is met, else with the first candidate that is, else with the first that may be. */
function chosenFrom(
  candidates: readonly Partial<Attempt>[],
  attempt: Attempt,
  truthFor: (attempt: Attempt) => Truth,
): Attempt {
  if (truthFor(attempt) === true) return attempt;
  const tried = candidates.map((candidate) => ({ ...attempt, ...candidate }));
  return tried.find((each) => truthFor(each) === true) ?? tried.find((each) => truthFor(each) === 'unknown') ?? attempt;
}

function truthOf(results: readonly ConditionResult[], kinds: readonly ConditionKind[]): Truth {
  return all(results.filter(({ condition }) => kinds.includes(condition)).map(({ truth }) => truth));
}
