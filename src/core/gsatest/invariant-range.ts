import { isAgentUser } from '../conditional-access/facts/agents.ts';
import type { AddressFacts, Identity, NetworkPath, Target } from '../signaling/attempt.ts';
import type { RoleDefinition } from '../tenant/directory.ts';
import { findUser } from '../tenant/lookup.ts';
import { BUILT_IN_ROLES } from '../tenant/roles/built-in-roles.ts';
import type { SignalingStatus } from '../tenant/tenant.ts';
import { nearNames } from '../values/near-names.ts';
import { networkOf } from './attempt-of.ts';
import type { DistinctAddresses } from './distinct-addresses.ts';
import type { Resolved, Scene } from './scene.ts';
import { problem, resolveAddress, resolveApplication, resolveGroup, resolvePath, resolveUser } from './scene.ts';
import type { Belonging, Representative } from './sign-in-classes.ts';
import { targetClasses, userClasses, usersOfGroup, usersOfRole } from './sign-in-classes.ts';
import type { Choice, Defaults, FilePath, InvariantRange, PathFixture, SignInSpec, SuiteProblem } from './suite.ts';

/** The sign-ins that an invariant speaks of, as the product of four lists. */
export interface ResolvedRange {
  readonly users: readonly Representative<Identity>[];
  /** Those of whom it is not known whether they are in the group, or hold the role, that the range speaks of. */
  readonly perhaps: readonly Representative<Identity>[];
  readonly targets: readonly Representative<Target>[];
  readonly networks: readonly { readonly value: NetworkPath; readonly text: string }[];
  readonly signaling: readonly SignalingStatus[];
}

/** What `for` leaves out is what the test's own `signIn` says, and where that says nothing either: any. */
export function invariantRange(
  range: InvariantRange,
  spec: SignInSpec,
  defaults: Defaults,
  scene: Scene,
  distinct: DistinctAddresses,
  path: FilePath,
): ResolvedRange | { readonly problems: readonly SuiteProblem[] } {
  const problems: SuiteProblem[] = [];
  const take = <T>(resolved: Resolved<T>): T[] => {
    if ('value' in resolved) return [resolved.value];
    problems.push(resolved.problem);
    return [];
  };
  const { users, perhaps } = usersOf(range.users ?? one(spec.user), scene, [...path, 'users'], take);
  const targets = targetsOf(range.apps, spec, scene, [...path, 'apps'], take);
  const addresses = range.addresses ?? one(spec.from);
  const sources =
    addresses === 'any'
      ? distinct.sources
      : addresses.flatMap((text, at) => take(resolveAddress(scene, text, [...path, 'addresses', at])));
  const ways = waysOf(range.paths ?? one(spec.path ?? spec.via), scene, distinct, [...path, 'paths'], take);
  if (problems.length > 0) return { problems };
  // A user's own address is none of the service's, but what comes directly may come from behind it.
  const behindService = addresses === 'any' ? distinct.proxies : [];
  const networks = ways.flatMap(({ fixture, egress, text }) => {
    const isDirect = networkOf(fixture, {}, {}).via === 'direct';
    const from = isDirect ? [...sources, ...behindService] : sources;
    return from.map((source) => ({ value: networkOf(fixture, source, egress), text }));
  });
  return { users, perhaps, targets, networks, signaling: signalingOf(range.signaling ?? one(defaults.signaling)) };
}

type Take = <T>(resolved: Resolved<T>) => T[];

function one<T extends string>(value: T | undefined): 'any' | readonly T[] {
  return value === undefined ? 'any' : [value];
}

function signalingOf(choice: 'any' | readonly SignalingStatus[]): readonly SignalingStatus[] {
  return choice === 'any' ? ['enabled', 'disabled'] : choice;
}

function usersOf(
  choice: NonNullable<InvariantRange['users']>,
  scene: Scene,
  path: FilePath,
  take: Take,
): Pick<ResolvedRange, 'users' | 'perhaps'> {
  const { tenant } = scene;
  if (isList(choice)) {
    const users = choice.flatMap((text, at) =>
      take(personNamed(text, scene, [...path, at])).map((value) => ({ value, text: nameOf(scene, text), others: 0 })),
    );
    return { users, perhaps: [] };
  }
  if (tenant.users === undefined) {
    take(problem(path, 'the people of this tenant are not known', 'name them in a list, or import the users'));
    return { users: [], perhaps: [] };
  }
  if (choice === 'any') return { users: userClasses(tenant.users, scene), perhaps: [] };
  const { surely, perhaps } =
    'group' in choice ? groupMembers(choice.group, scene, path, take) : roleHolders(choice.role, scene, path, take);
  return { users: userClasses(surely, scene), perhaps: userClasses(perhaps, scene) };
}

function personNamed(text: string, scene: Scene, path: FilePath): Resolved<Identity> {
  const found = findUser(scene.tenant, text);
  if (!('found' in found) || !isAgentUser(found.found)) return resolveUser(scene, text, path);
  return problem(
    path,
    `\`${text}\` is the account of an agent, of which an invariant cannot speak`,
    'write a case with it',
  );
}

function nameOf({ tenant }: Scene, text: string): string {
  const found = findUser(tenant, text);
  return 'found' in found ? (found.found.userPrincipalName ?? text) : text;
}

function groupMembers(name: string, scene: Scene, path: FilePath, take: Take): Belonging {
  const [group] = take(resolveGroup(scene, name, [...path, 'group']));
  if (group === undefined) return NOBODY;
  const members = usersOfGroup(group.id, scene);
  if (members.surely.length === 0) take(problem([...path, 'group'], `nobody is known to be in the group \`${name}\``));
  return members;
}

const NOBODY: Belonging = { surely: [], perhaps: [] };

function roleHolders(name: string, scene: Scene, path: FilePath, take: Take): Belonging {
  const definitions: readonly RoleDefinition[] = [
    ...(scene.tenant.roleDefinitions ?? []),
    ...BUILT_IN_ROLES.map(({ templateId, displayName }) => ({ id: templateId, templateId, displayName })),
  ];
  const wanted = name.toLowerCase();
  const role = definitions.find(({ id, displayName }) =>
    [id, displayName].some((text) => text?.toLowerCase() === wanted),
  );
  if (role === undefined) {
    const [near] = nearNames(
      name,
      definitions.flatMap(({ displayName }) => displayName ?? []),
    );
    take(
      problem([...path, 'role'], `no role \`${name}\``, near === undefined ? undefined : `did you mean \`${near}\`?`),
    );
    return NOBODY;
  }
  const holders = usersOfRole(role.templateId ?? role.id, scene);
  if (holders.surely.length === 0) take(problem([...path, 'role'], `nobody is known to hold the role \`${name}\``));
  return holders;
}

function targetsOf(
  choice: Choice | undefined,
  spec: SignInSpec,
  scene: Scene,
  path: FilePath,
  take: Take,
): Representative<Target>[] {
  if (choice === undefined && spec.userAction !== undefined) {
    return [{ value: { kind: 'userAction', userAction: spec.userAction }, text: spec.userAction, others: 0 }];
  }
  const apps = choice ?? one(spec.app);
  if (apps === 'any') return targetClasses(scene);
  return apps.flatMap((text, at) =>
    take(resolveApplication(scene, text, [...path, at])).map((audience) => ({
      value: { kind: 'application' as const, audiences: [audience], authenticationContexts: [] },
      text,
      others: 0,
    })),
  );
}

interface WayThrough {
  readonly fixture: PathFixture;
  readonly egress: AddressFacts;
  readonly text: string;
}

/** A path through Global Secure Access that names no egress goes out by any. */
function waysOf(choice: Choice, scene: Scene, distinct: DistinctAddresses, path: FilePath, take: Take): WayThrough[] {
  const names = choice === 'any' ? ['direct', 'globalSecureAccess', 'remoteNetwork'] : choice;
  return names.flatMap((text, at) =>
    take(resolvePath(choice === 'any' ? { ...scene, fixtures: NO_FIXTURES } : scene, text, [...path, at])).flatMap(
      (fixture) => {
        if (fixture.via === 'direct' || fixture.client === 'disabled') return [{ fixture, egress: {}, text }];
        const egresses =
          fixture.egress === undefined
            ? distinct.proxies
            : take(resolveAddress(scene, fixture.egress, ['fixtures', 'paths', text, 'egress']));
        return egresses.map((egress) => ({ fixture, egress, text: `${text}${egressWords(egress)}` }));
      },
    ),
  );
}

const NO_FIXTURES = { addresses: {}, paths: {}, applications: {} };

function egressWords({ address, countryOrRegion }: AddressFacts): string {
  const country = countryOrRegion === undefined ? '' : ` in ${countryOrRegion ?? 'no known country'}`;
  return address === undefined ? '' : ` by ${address.text}${country}`;
}

function isList(choice: NonNullable<InvariantRange['users']>): choice is readonly string[] {
  return Array.isArray(choice);
}
