import type { Slot } from '../conditional-access/facts/facts.ts';
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

/**
 * Judges the conditions of one policy, each with its place in the compiled policy, for an attempt that comes from nowhere in
 * particular: those that read one part of the facts, or all. Never those on the location, which the switch is about.
 */
export type JudgeConditions = (attempt: Attempt, slot?: Slot) => readonly PlacedResult[];

export type PlacedResult = readonly [at: number, result: ConditionResult];

export interface Fitting {
  readonly attempt: Attempt;
  /** The targets that meet the policy, found one by one: the first is enough, unless the policy looks at the resource's address too. */
  readonly targets: Iterable<Target>;
  /** Conditions that none of our sign-ins is known to meet, by their place in the compiled policy. */
  readonly assumed: ReadonlyMap<number, ConditionKind>;
}

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
  judge: JudgeConditions,
): Fitting | { readonly unreachable: ConditionKind } {
  const targets = supposedTargets(policy, tenant);
  const [identity = { kind: 'user' }] = identities;
  const [target = NOTHING] = targets;
  const [satisfied = {}] = sessionsFor(policy);
  const start: Attempt = { ...circumstancesFor(policy), identity, target, satisfied };
  const attempt = candidatesFor(policy, identities, targets).reduce(
    (chosen, { slot, candidates }) => chosenFrom(candidates, chosen, (each) => truthOf(judge(each, slot))),
    start,
  );
  const unmet = judge(attempt).filter(([, { truth }]) => truth !== true);
  const never = unmet
    .map(([, result]) => result)
    .find(({ condition, truth }) => truth === false && EXHAUSTED.has(condition));
  if (never !== undefined) return { unreachable: never.condition };
  return {
    attempt,
    targets: meeting(targets, (each) => truthOf(judge({ ...attempt, target: each }, 'application')) === true),
    assumed: new Map(unmet.map(([at, { condition }]) => [at, condition])),
  };
}

function* meeting(targets: readonly Target[], meets: (target: Target) => boolean): Iterable<Target> {
  for (const target of targets) if (meets(target)) yield target;
}

const NOTHING: Target = { kind: 'application', audiences: [], authenticationContexts: [] };

interface Candidates {
  /** The part of the facts that the conditions read on which they are tried. */
  readonly slot: Slot;
  readonly candidates: readonly Partial<Attempt>[];
}

function candidatesFor(
  { conditions }: ConditionalAccessPolicy,
  identities: readonly Identity[],
  targets: readonly Target[],
): readonly Candidates[] {
  return [
    { slot: 'identity', candidates: identities.map((identity) => ({ identity })) },
    { slot: 'application', candidates: targets.map((target) => ({ target })) },
    { slot: 'clientType', candidates: TRIED_CLIENTS.map((clientAppType) => ({ clientAppType })) },
    { slot: 'devicePlatform', candidates: TRIED_PLATFORMS.map((devicePlatform) => ({ devicePlatform })) },
    { slot: 'device', candidates: supposedDevices(conditions).map((device) => ({ device })) },
  ];
}

/** The attempt itself where it is met, else with the first candidate that is, else with the first that may be. */
function chosenFrom(
  candidates: readonly Partial<Attempt>[],
  attempt: Attempt,
  truthFor: (attempt: Attempt) => Truth,
): Attempt {
  if (truthFor(attempt) === true) return attempt;
  let possible: Attempt | undefined;
  for (const candidate of candidates) {
    const tried = { ...attempt, ...candidate };
    const truth = truthFor(tried);
    if (truth === true) return tried;
    if (truth === 'unknown') possible ??= tried;
  }
  return possible ?? attempt;
}

function truthOf(results: readonly PlacedResult[]): Truth {
  return all(results.map(([, { truth }]) => truth));
}
