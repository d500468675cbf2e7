import type { CompiledTenant } from '../conditional-access/compile.ts';
import { findApplication } from '../conditional-access/facts/application-names.ts';
import { ANY_OTHER_APPLICATION } from '../conditional-access/facts/well-known-audiences.ts';
import type { Address } from '../network/address.ts';
import { parseAddress } from '../network/address.ts';
import type { AddressFacts, Audience, Identity } from '../signaling/attempt.ts';
import type { ObserveOptions } from '../signaling/observe.ts';
import type { Found } from '../tenant/lookup.ts';
import { findGroup, findLocation, findPolicy, findUser } from '../tenant/lookup.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { nearNames } from '../values/near-names.ts';
import type { FilePath, Fixtures, PathFixture, SuiteProblem } from './suite.ts';

/** The tenant of a test file, prepared once, and the names that the file gives to addresses and paths. */
export interface Scene {
  readonly tenant: Tenant;
  readonly compiled: CompiledTenant;
  readonly options: ObserveOptions;
  readonly fixtures: Fixtures;
}

/** A name that was looked up: what it stands for, or what is wrong with it. */
export type Resolved<T> = { readonly value: T } | { readonly problem: SuiteProblem };

export function resolveUser({ tenant, compiled: { people } }: Scene, text: string, path: FilePath): Resolved<Identity> {
  const known = people.usersByName.get(text.toLowerCase()) ?? people.usersById.get(text.toLowerCase());
  if (known !== undefined) return { value: userIdentity(known) };
  // A tenant whose people are not known takes every name, and the answers say what they lack.
  if (tenant.users === undefined) return { value: { kind: 'user', userPrincipalName: text } };
  const found = findUser(tenant, text);
  if ('found' in found) return { value: userIdentity(found.found) };
  return unresolved(found, 'user', text, path);
}

export function userIdentity(user: { readonly id: string; readonly userPrincipalName?: string }): Identity {
  return { kind: 'user', userId: user.id, userPrincipalName: user.userPrincipalName };
}

export function resolveServicePrincipal({ tenant }: Scene, text: string, path: FilePath): Resolved<Identity> {
  const principals = tenant.servicePrincipals;
  if (principals === undefined) return { value: { kind: 'servicePrincipal', servicePrincipalId: text } };
  const wanted = text.toLowerCase();
  const matches = principals.filter(({ id, appId, displayName }) =>
    [id, appId, displayName].some((name) => name?.toLowerCase() === wanted),
  );
  const [found] = matches;
  if (found === undefined || matches.length > 1) {
    const near = nearNames(
      text,
      principals.flatMap(({ displayName }) => displayName ?? []),
    );
    return unresolved(found === undefined ? { near } : { ambiguous: matches }, 'service principal', text, path);
  }
  const kind = found.servicePrincipalType?.toLowerCase() === 'managedidentity' ? 'managedIdentity' : 'servicePrincipal';
  return { value: { kind, servicePrincipalId: found.id, appId: found.appId } };
}

export function resolveApplication({ tenant, fixtures }: Scene, text: string, path: FilePath): Resolved<Audience> {
  // `All` stands for an application that no policy names, which only policies for all resources reach.
  if (text.toLowerCase() === 'all') return { value: ANY_OTHER_APPLICATION };
  const appId = own(fixtures.applications, text);
  if (appId !== undefined) return { value: { appId, displayName: text } };
  const found = findApplication(tenant, text);
  if ('found' in found) return { value: found.found };
  if ('isNone' in found) return problem(path, found.isNone.message, found.isNone.hint);
  if ('ambiguous' in found) {
    return problem(
      path,
      `several applications are called \`${text}\``,
      `name it by its id: ${found.ambiguous.join(', ')}`,
    );
  }
  const near = [...nearNames(text, Object.keys(fixtures.applications)), ...found.near];
  return unresolved({ near }, 'application', text, path);
}

export function resolvePolicy(
  { tenant }: Scene,
  text: string,
  path: FilePath,
): Resolved<{ id: string; displayName: string }> {
  const found = findPolicy(tenant, text);
  return 'found' in found ? { value: found.found } : unresolved(found, 'policy', text, path);
}

export function resolveLocation(
  { tenant }: Scene,
  text: string,
  path: FilePath,
): Resolved<{ id: string; displayName: string }> {
  const found = findLocation(tenant, text);
  return 'found' in found ? { value: found.found } : unresolved(found, 'named location', text, path);
}

export function resolveGroup({ tenant }: Scene, text: string, path: FilePath): Resolved<{ id: string }> {
  const found = findGroup(tenant, text);
  return 'found' in found ? { value: found.found } : unresolved(found, 'group', text, path);
}

/** A fixture's name, or an address as it is. */
export function resolveAddress(
  { fixtures }: Scene,
  text: string,
  path: FilePath,
): Resolved<AddressFacts & { address: Address }> {
  const fixture = own(fixtures.addresses, text);
  const address = parseAddress(fixture?.address ?? text);
  if (address !== undefined) return { value: { address, countryOrRegion: fixture?.country } };
  return unresolved(
    { near: nearNames(text, Object.keys(fixtures.addresses)) },
    'address',
    text,
    path,
    'fixtures.addresses',
  );
}

const BUILT_IN_PATHS: Readonly<Record<string, PathFixture>> = {
  direct: { via: 'direct' },
  globalSecureAccess: { via: 'globalSecureAccess' },
  remoteNetwork: { via: 'remoteNetwork' },
};

/** A fixture's name, or one of the three ways themselves. */
export function resolvePath({ fixtures }: Scene, text: string, path: FilePath): Resolved<PathFixture> {
  const found = own(fixtures.paths, text) ?? own(BUILT_IN_PATHS, text);
  if (found !== undefined) return { value: found };
  const names = [...Object.keys(fixtures.paths), ...Object.keys(BUILT_IN_PATHS)];
  return unresolved({ near: nearNames(text, names) }, 'path', text, path, 'fixtures.paths');
}

/** `__proto__` and its friends are ordinary names. */
function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

function unresolved(
  found: Exclude<Found<{ readonly id: string }>, { readonly found: unknown }>,
  what: string,
  text: string,
  path: FilePath,
  where = 'the tenant',
): { readonly problem: SuiteProblem } {
  if ('ambiguous' in found) {
    const ids = found.ambiguous.map(({ id }) => id).join(', ');
    return problem(path, `several ${what}s are called \`${text}\``, `name it by its id: ${ids}`);
  }
  const [nearest] = found.near;
  const hint = nearest === undefined ? undefined : `did you mean \`${nearest}\`?`;
  return problem(path, `no ${what} \`${text}\` in ${where}`, hint);
}

export function problem(path: FilePath, message: string, hint?: string): { readonly problem: SuiteProblem } {
  return { problem: { path, message, hint } };
}
