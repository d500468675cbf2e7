import { nearNames } from '../values/near-names.ts';
import type { Group, ServicePrincipal, User } from './directory.ts';
import type { NamedLocation } from './named-location.ts';
import type { ConditionalAccessPolicy } from './policy.ts';
import type { Tenant } from './tenant.ts';

/**
 * The answer to "which one did you mean?": one item, several of that name, or none. Then `partly` has the items whose name or
 * id begins with the text, or else holds it, for whoever takes a part of a name; `near` has names of a few letters' difference, and
 * is looked for when it is read: many ask for no more than whether there is one.
 */
export type Found<T> =
  | { readonly found: T }
  | { readonly ambiguous: readonly T[] }
  | { readonly near: readonly string[]; readonly partly?: readonly T[] };

export function findPolicy(tenant: Pick<Tenant, 'policies'>, text: string): Found<ConditionalAccessPolicy> {
  return findAmong(tenant.policies, text, nameOf);
}

export function findDeletedPolicy(tenant: Pick<Tenant, 'deletedItems'>, text: string): Found<ConditionalAccessPolicy> {
  return findAmong(tenant.deletedItems.policies, text, nameOf);
}

export function findLocation(tenant: Pick<Tenant, 'namedLocations'>, text: string): Found<NamedLocation> {
  return findAmong(tenant.namedLocations, text, nameOf);
}

export function findDeletedLocation(tenant: Pick<Tenant, 'deletedItems'>, text: string): Found<NamedLocation> {
  return findAmong(tenant.deletedItems.namedLocations, text, nameOf);
}

export function findGroup(tenant: Tenant, text: string): Found<Group> {
  return findAmong(tenant.groups ?? [], text, nameOf);
}

/** Finds a service principal by object id or display name. */
export function findServicePrincipal(tenant: Tenant, text: string): Found<ServicePrincipal> {
  return findAmong(tenant.servicePrincipals ?? [], text, nameOf);
}

/** Finds a person by object id, user principal name or display name. */
export function findUser(tenant: Pick<Tenant, 'users'>, text: string): Found<User> {
  const users = tenant.users ?? [];
  const byPrincipalName = findAmong(users, text, ({ userPrincipalName }) => userPrincipalName);
  if (!('near' in byPrincipalName)) return byPrincipalName;
  const byName = findAmong(users, text, nameOf);
  if (!('near' in byName)) return byName;
  return {
    get near() {
      return [...new Set([...byPrincipalName.near, ...byName.near])].slice(0, 3);
    },
    partly: partly(users, text, ({ userPrincipalName, displayName }) => [userPrincipalName, displayName]),
  };
}

/** An id wins over a name; both are compared without regard to case. */
function findAmong<T extends { readonly id: string }>(
  items: readonly T[],
  text: string,
  name: (item: T) => string | undefined,
): Found<T> {
  const wanted = text.toLowerCase();
  const byId = items.filter(({ id }) => id.toLowerCase() === wanted);
  const matches = byId.length > 0 ? byId : items.filter((item) => name(item)?.toLowerCase() === wanted);
  const [found] = matches;
  if (found !== undefined) return matches.length === 1 ? { found } : { ambiguous: matches };
  return {
    get near() {
      return nearNames(
        text,
        items.flatMap((item) => name(item) ?? []),
      );
    },
    partly: partly(items, text, (item) => [name(item)]),
  };
}

/** Those whose name or id begins with the text; where there is none, those whose name holds it. */
function partly<T extends { readonly id: string }>(
  items: readonly T[],
  text: string,
  names: (item: T) => readonly (string | undefined)[],
): readonly T[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return [];
  const some = (item: T, fits: (name: string) => boolean) =>
    names(item).some((each) => each !== undefined && fits(each.toLowerCase()));
  const beginning = items.filter(
    (item) => item.id.toLowerCase().startsWith(wanted) || some(item, (each) => each.startsWith(wanted)),
  );
  return beginning.length > 0 ? beginning : items.filter((item) => some(item, (each) => each.includes(wanted)));
}

function nameOf({ displayName }: { readonly displayName?: string }): string | undefined {
  return displayName;
}
