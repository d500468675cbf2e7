import type { ConditionKind, ConditionResult, Truth } from '../conditional-access/result.ts';
import { all } from '../conditional-access/truth.ts';
import type { Identity, Target } from '../signaling/attempt.ts';
import type { ConditionalAccessPolicy, ConditionSet } from '../tenant/policy.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { Attempt } from './supposed-sign-ins.ts';
import {
  CLIENT_APP_TYPES,
  circumstancesFor,
  PLATFORMS,
  sessionsFor,
  supposedDevices,
  supposedTargets,
} from './supposed-sign-ins.ts';

/** Judges the conditions of one policy for an attempt, wherever it comes from. */
export type JudgeConditions = (attempt: Attempt) => readonly ConditionResult[];

export interface Fitting {
  readonly attempt: Attempt;
  /** The targets that meet the policy: one is enough, unless the policy looks at the resource's address too. */
  readonly targets: readonly Target[];
  /** Conditions that none of our sign-ins is known to meet. */
  readonly assumed: readonly ConditionKind[];
}

/** Conditions that hang on the network, which the switch is about. */
const OF_THE_NETWORK: ReadonlySet<ConditionKind> = new Set<ConditionKind>([
  'location',
  'ipAddressSeenByAzureAD',
  'ipAddressSeenByResourceProvider',
]);

/** Where we try every kind of value there is: a condition that none of them meets is met by nobody. */
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
  const targets = supposedTargets(policy.conditions.applications, tenant);
  const [identity = { kind: 'user' }] = identities;
  const [target = NOTHING] = targets;
  const [satisfied = {}] = sessionsFor(policy);
  let attempt: Attempt = { ...circumstancesFor(policy), identity, target, satisfied };
  const choose = (kinds: readonly ConditionKind[], candidates: readonly Partial<Attempt>[]) => {
    if (truthOf(judge(attempt), kinds) === true) return;
    const tried = candidates.map((candidate) => ({ ...attempt, ...candidate }));
    const found = tried.find((each) => truthOf(judge(each), kinds) === true);
    attempt = found ?? tried.find((each) => truthOf(judge(each), kinds) === 'unknown') ?? attempt;
  };
  choose(
    ['users', 'servicePrincipals'],
    identities.map((each) => ({ identity: each })),
  );
  choose(
    ['application'],
    targets.map((each) => ({ target: each })),
  );
  choose(
    ['clientType'],
    CLIENT_APP_TYPES.map((clientAppType) => ({ clientAppType })),
  );
  choose(
    ['devicePlatform'],
    PLATFORMS.map((devicePlatform) => ({ devicePlatform })),
  );
  choose(
    ['deviceState'],
    supposedDevices(policy.conditions).map((device) => ({ device })),
  );

  const unmet = judge(attempt).filter(({ condition, truth }) => truth !== true && !OF_THE_NETWORK.has(condition));
  const never = unmet.find(({ condition, truth }) => truth === false && EXHAUSTED.has(condition));
  if (never !== undefined) return { unreachable: never.condition };
  return {
    attempt,
    targets: targets.filter((each) => truthOf(judge({ ...attempt, target: each }), ['application']) === true),
    assumed: [...new Set(unmet.map(({ condition }) => condition))],
  };
}

const NOTHING: Target = { kind: 'application', audiences: [] };

function truthOf(results: readonly ConditionResult[], kinds: readonly ConditionKind[]): Truth {
  return all(results.filter(({ condition }) => kinds.includes(condition)).map(({ truth }) => truth));
}

/** The policy with those conditions met by everyone; members that we do not model are gone with `unmodelled`. */
export function withoutConditions(
  policy: ConditionalAccessPolicy,
  met: readonly ConditionKind[],
): ConditionalAccessPolicy {
  const has = (kind: ConditionKind) => met.includes(kind);
  const { conditions } = policy;
  const kept: ConditionSet = {
    applications: has('application') ? { includeApplications: ['All'] } : (conditions.applications ?? null),
    users: has('users') ? { includeUsers: ['All'] } : (conditions.users ?? null),
    clientApplications: has('servicePrincipals')
      ? { includeServicePrincipals: ['ServicePrincipalsInMyTenant'] }
      : (conditions.clientApplications ?? null),
    locations: conditions.locations ?? null,
    clientAppTypes: has('clientType') ? null : (conditions.clientAppTypes ?? null),
    platforms: has('devicePlatform') ? null : (conditions.platforms ?? null),
    devices: has('deviceState') ? null : (conditions.devices ?? null),
    deviceStates: has('deviceState') ? null : (conditions.deviceStates ?? null),
    signInRiskLevels: has('signInRisk') ? null : (conditions.signInRiskLevels ?? null),
    userRiskLevels: has('userRisk') ? null : (conditions.userRiskLevels ?? null),
    servicePrincipalRiskLevels: has('servicePrincipalRisk') ? null : (conditions.servicePrincipalRiskLevels ?? null),
    insiderRiskLevels: has('insiderRisk') ? null : (conditions.insiderRiskLevels ?? null),
    authenticationFlows: has('authenticationFlows') ? null : (conditions.authenticationFlows ?? null),
  };
  const others = ['time', 'client', 'unmodelled'] as const;
  return { ...policy, conditions: others.some(has) ? kept : { ...conditions, ...kept } };
}
