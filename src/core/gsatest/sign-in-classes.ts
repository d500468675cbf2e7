import { isAgentUser } from '../conditional-access/facts/agents.ts';
import type { Truth } from '../conditional-access/result.ts';
import { FactClasses } from '../fact-keys/fact-classes.ts';
import { targets } from '../proof/levels/targets.ts';
import type { Identity, Target } from '../signaling/attempt.ts';
import type { User } from '../tenant/directory.ts';
import { indexGroups, isMemberOf, transitiveGroups } from '../tenant/membership.ts';
import { texts } from '../tenant/policy-words.ts';
import { heldRoles } from '../tenant/roles/held-roles.ts';
import { openRoles } from '../tenant/roles/open-roles.ts';
import type { Scene } from './scene.ts';
import { userIdentity } from './scene.ts';

/** One of several that no policy can tell apart. */
export interface Representative<T> {
  readonly value: T;
  readonly text: string;
  /** How many more it stands for. */
  readonly others: number;
}

/**
 * People, one for each way in which policies, their tunnel and their claims tell people apart. Accounts of agents are none: which policies
 * reach one hangs on what it asks for.
 */
export function userClasses(users: readonly User[], { compiled }: Scene): Representative<Identity>[] {
  const classes = new FactClasses([compiled]);
  return classesOf(
    users
      .filter((user) => !isAgentUser(user))
      .map((user) => ({
        value: userIdentity(user),
        text: user.userPrincipalName ?? user.displayName ?? user.id,
      })),
    (identity) => classes.person(identity),
  );
}

/** Every resource and context that can be asked for, as a proof has them, and the user actions that policies name. */
export function targetClasses(scene: Scene): Representative<Target>[] {
  const { tenant, compiled } = scene;
  const classes = new FactClasses([compiled]);
  const named = new Set(actionsIn(scene));
  const meant = targets([tenant]).flatMap(({ text, part: { target } }) =>
    target === undefined || (target.kind === 'userAction' && !named.has(target.userAction.toLowerCase()))
      ? []
      : [{ text, value: target }],
  );
  return classesOf(meant, (target) => `${JSON.stringify(contextOf(target))} ${classes.application(target)}`);
}

function actionsIn({ tenant }: Scene): readonly string[] {
  return tenant.policies.flatMap(({ conditions }) =>
    texts(conditions?.applications?.includeUserActions).map((action) => action.toLowerCase()),
  );
}

function contextOf(target: Target): string | undefined {
  return target.kind === 'authenticationContext' ? target.authenticationContext : undefined;
}

/** The people of a group or a role: those that are known to be among them, and those of whom it is not known. */
export interface Belonging {
  readonly surely: readonly User[];
  readonly perhaps: readonly User[];
}

export function usersOfGroup(groupId: string, { tenant }: Scene): Belonging {
  const index = indexGroups(tenant);
  return parted(tenant.users, ({ id }) => isMemberOf(index, transitiveGroups(index, id), groupId.toLowerCase()));
}

/** Whoever is in a group that holds the role, and of which the members are not known, may be anybody. */
export function usersOfRole(roleTemplateId: string, { tenant }: Scene): Belonging {
  const rolesOf = heldRoles(tenant);
  const role = roleTemplateId.toLowerCase();
  const others = openRoles(tenant).has(role) ? 'unknown' : false;
  return parted(tenant.users, ({ id }) => rolesOf(id).has(role) || others);
}

function parted(users: readonly User[] = [], belongs: (user: User) => Truth): Belonging {
  const found = Map.groupBy(users, belongs);
  return { surely: found.get(true) ?? [], perhaps: found.get('unknown') ?? [] };
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
