import { gatherFacts } from '../conditional-access/evaluate.ts';
import type { Slot } from '../conditional-access/facts/facts.ts';
import type { Audience, Identity, SignInAttempt, Target } from '../signaling/attempt.ts';
import { KNOWN_RESOURCES } from '../signaling/known-resources.ts';
import { observe } from '../signaling/observe.ts';
import { resourceKindsOf } from '../signaling/resource-kind.ts';
import type { User } from '../tenant/directory.ts';
import { rolesOf } from '../tenant/lookup.ts';
import { indexGroups, membershipOf } from '../tenant/membership.ts';
import type { Scene } from './scene.ts';
import { ANY_OTHER_APPLICATION, userIdentity } from './scene.ts';

/** One of several that no policy can tell apart. */
export interface Representative<T> {
  readonly value: T;
  readonly text: string;
  /** How many more it stands for. */
  readonly others: number;
}

/** People, one for each way in which policies include and exclude people. */
export function userClasses(users: readonly User[], scene: Scene): Representative<Identity>[] {
  return classesOf(
    users.map((user) => ({
      value: userIdentity(user),
      text: user.userPrincipalName ?? user.displayName ?? user.id,
    })),
    (identity) => truthsOf('identity', { ...NOBODY, identity }, scene),
  );
}

/** Everything that can be asked for: what policies name, what they name by a word, and what they do not name. */
export function targetClasses(scene: Scene): Representative<Target>[] {
  return classesOf(targetsOf(scene), (target) => {
    const kinds = resourceKindsOf(target).map(String).join();
    return `${kinds} ${truthsOf('application', { ...NOBODY, target }, scene)}`;
  });
}

export function usersOfGroup(groupId: string, { tenant }: Scene): User[] {
  const index = indexGroups(tenant.groups);
  return (tenant.users ?? []).filter(({ id }) => membershipOf(index, id).member.has(groupId.toLowerCase()));
}

export function usersOfRole(roleTemplateId: string, { tenant }: Scene): User[] {
  return (tenant.users ?? []).filter(({ id }) => rolesOf(tenant, id).has(roleTemplateId.toLowerCase()));
}

const NOBODY: SignInAttempt = {
  identity: { kind: 'user' },
  target: { kind: 'application', audiences: [ANY_OTHER_APPLICATION] },
  network: { via: 'direct', source: {} },
  satisfied: {},
};

/** What the conditions of one kind say of the attempt, policy by policy: equal texts cannot be told apart by them. */
function truthsOf(slot: Slot, attempt: SignInAttempt, { compiled, options }: Scene): string {
  const facts = gatherFacts(compiled, attempt, observe(attempt, 'enabled', options));
  return compiled.policies
    .map(({ conditions }) => conditions.find((condition) => condition.slot === slot)?.judge(facts).truth ?? '-')
    .join();
}

function classesOf<T>(
  items: readonly { readonly value: T; readonly text: string }[],
  keyOf: (value: T) => string,
): Representative<T>[] {
  const found = new Map<string, Representative<T>>();
  for (const { value, text } of items) {
    const key = keyOf(value);
    const known = found.get(key);
    found.set(key, known === undefined ? { value, text, others: 0 } : { ...known, others: known.others + 1 });
  }
  return [...found.values()];
}

function targetsOf({ tenant, compiled }: Scene): { value: Target; text: string }[] {
  const conditions = tenant.policies.map((policy) => policy.conditions.applications);
  const listed = (member: 'includeApplications' | 'excludeApplications' | 'includeUserActions') =>
    conditions.flatMap((condition) => condition?.[member] ?? []);
  const ids = [...listed('includeApplications'), ...listed('excludeApplications')].filter((id) => /[^a-z]/i.test(id));
  const named = [...new Set(ids)].map(
    (appId): Audience => ({
      appId,
      displayName: compiled.applications.byAppId.get(appId.toLowerCase())?.displayName ?? appId,
    }),
  );
  const contexts = conditions.flatMap((condition) => condition?.includeAuthenticationContextClassReferences ?? []);
  return [
    ...[ANY_OTHER_APPLICATION, ...KNOWN_RESOURCES, ...named].map((audience) => ({
      value: { kind: 'application' as const, audiences: [audience], areAllAudiences: true as const },
      text: audience.displayName ?? audience.appId,
    })),
    ...[...new Set(listed('includeUserActions'))].map((userAction) => ({
      value: { kind: 'userAction' as const, userAction },
      text: userAction,
    })),
    ...[...new Set(contexts)].map((authenticationContext) => ({
      value: { kind: 'authenticationContext' as const, authenticationContext, audiences: [ANY_OTHER_APPLICATION] },
      text: authenticationContext,
    })),
  ];
}
