import { compile } from '../conditional-access/compile.ts';
import { evaluate } from '../conditional-access/evaluate.ts';
import { modeOf } from '../conditional-access/policy-mode.ts';
import type { Truth } from '../conditional-access/result.ts';
import type { SignInAttempt } from '../signaling/attempt.ts';
import { NOTHING_TOLD } from '../signaling/attempt.ts';
import { observe, observeOptions } from '../signaling/observe.ts';
import type { User } from '../tenant/directory.ts';
import type { SignalingStatus, Tenant } from '../tenant/tenant.ts';
import type { DependencyWarning, PolicyDependency, SwitchEffect } from './dependency.ts';
import { impactOf } from './enforced.ts';
import { quoted } from './wording.ts';

/**
 * Emergency access accounts get no automatic treatment (D-EXCL): each policy that would stop them is named, and so are
 * compliant network policies that reach them, because the signal fails for everyone at once (CN caution). Accounts are those
 * marked `isEmergencyAccess`; names are not guessed from.
 */
export function emergencyAccessWarnings(
  tenant: Tenant,
  dependencies: readonly PolicyDependency[],
): DependencyWarning[] {
  const users = (tenant.users ?? []).filter(({ isEmergencyAccess }) => isEmergencyAccess === true);
  if (users.length === 0) return noneMarked(dependencies);
  const reached = reachedBy(tenant, users, dependencies);
  return [
    ...lockedOut('disabled', dependencies, reached),
    ...lockedOut('enabled', dependencies, reached),
    ...byCompliantNetwork(dependencies, reached),
  ];
}

function noneMarked(dependencies: readonly PolicyDependency[]): DependencyWarning[] {
  const stopping = dependencies.filter((each) => stops(each, 'disabled') || stops(each, 'enabled'));
  if (stopping.length === 0) return [];
  return [
    {
      code: 'noEmergencyAccessMarked',
      message: `no account is marked as emergency access, so nobody can say whether a switch locks one out by ${quoted(stopping.map(({ displayName }) => displayName))}`,
      policyIds: stopping.map(({ policyId }) => policyId),
      locationIds: [],
    },
  ];
}

/** Effects after which somebody without a second factor or a managed device stands outside. */
const STOPPING: ReadonlySet<SwitchEffect> = new Set<SwitchEffect>(['newlyBlocked', 'newlyDenied']);

function stops(dependency: PolicyDependency, switchTo: SignalingStatus): boolean {
  return impactOf(dependency, switchTo).effects.some((effect) => STOPPING.has(effect));
}

type Reached = ReadonlyMap<string, readonly { readonly user: User; readonly truth: Truth }[]>;

/** The emergency accounts that the users condition of each policy includes or may include, by the evaluator. */
function reachedBy(tenant: Tenant, users: readonly User[], dependencies: readonly PolicyDependency[]): Reached {
  const asked = new Set(dependencies.map(({ policyId }) => policyId));
  const compiled = compile({ ...tenant, policies: tenant.policies.filter(({ id }) => asked.has(id)) });
  const options = observeOptions(tenant);
  const reached = new Map<string, { user: User; truth: Truth }[]>();
  for (const user of users) {
    const attempt: SignInAttempt = { ...NOTHING_TOLD, identity: { kind: 'user', userId: user.id } };
    const { policies } = evaluate(compiled, attempt, observe(attempt, 'enabled', options));
    for (const { policyId, conditions } of policies) {
      const truth = conditions.find(({ condition }) => condition === 'users')?.truth ?? false;
      if (truth !== false) reached.set(policyId, [...(reached.get(policyId) ?? []), { user, truth }]);
    }
  }
  return reached;
}

function lockedOut(
  switchTo: SignalingStatus,
  dependencies: readonly PolicyDependency[],
  reached: Reached,
): DependencyWarning[] {
  return dependencies.flatMap((dependency): DependencyWarning[] => {
    const people = reached.get(dependency.policyId) ?? [];
    if (people.length === 0 || !stops(dependency, switchTo)) return [];
    const isSure = people.some(({ truth }) => truth === true);
    const act = switchTo === 'disabled' ? 'disabling' : 'enabling';
    return [
      {
        code: 'emergencyAccessLockedOut',
        message: `${act} signaling could lock out the emergency access ${account(people)} ${nameOf(people)}: \`${dependency.displayName}\` ${isSure ? 'reaches' : 'may reach'} ${people.length === 1 ? 'it' : 'them'}`,
        policyIds: [dependency.policyId],
        locationIds: [],
        onSwitchTo: switchTo,
      },
    ];
  });
}

function byCompliantNetwork(dependencies: readonly PolicyDependency[], reached: Reached): DependencyWarning[] {
  return dependencies.flatMap((dependency): DependencyWarning[] => {
    const people = reached.get(dependency.policyId) ?? [];
    const bySignal = dependency.paths.some(({ kind }) => kind === 'compliantNetwork');
    if (people.length === 0 || !bySignal || modeOf(dependency.state) === 'disabled') return [];
    return [
      {
        code: 'compliantNetworkReachesEmergencyAccess',
        message: `\`${dependency.displayName}\` asks for the compliant network and does not exclude the emergency access ${account(people)} ${nameOf(people)}`,
        policyIds: [dependency.policyId],
        locationIds: [],
      },
    ];
  });
}

function account(people: readonly unknown[]): string {
  return people.length === 1 ? 'account' : 'accounts';
}

function nameOf(people: readonly { readonly user: User }[]): string {
  return quoted(people.map(({ user }) => user.userPrincipalName ?? user.displayName ?? user.id));
}
