import { isAgentIdentity, isAgentUser } from '../../conditional-access/facts/agents.ts';
import { presented } from '../../conditional-access/facts/presented.ts';
import { resolveSubject } from '../../conditional-access/facts/subject.ts';
import { EXTERNAL_USER_TYPES } from '../../graph/words.ts';
import type { Identity, SignInAttempt } from '../../signaling/attempt.ts';
import type { User } from '../../tenant/directory.ts';
import { canBeId } from '../../tenant/ids-of-lists.ts';
import { transitiveGroups } from '../../tenant/membership.ts';
import type { ConditionalAccessPolicy } from '../../tenant/policy.ts';
import { texts } from '../../tenant/policy-words.ts';
import type { ProofWorld, WorldPair } from '../worlds/world.ts';
import { FLAGS, joinedFlags } from './flags.ts';
import type { Judge } from './judge.ts';
import { classesOf } from './judge.ts';
import type { Level, LevelValue } from './level.ts';

/** A value of the level of those who sign in. Only `person` is counted among people: the others stand for any number of them. */
export interface Person extends LevelValue {
  readonly kind: 'person' | 'supposed' | 'external' | 'workload';
}

/**
 * Everybody who can sign in: the directories of both worlds, kinds of external people, and workload identities. Agents are left out: which
 * policies reach one hangs on what it asks for.
 */
export function everybody(worlds: WorldPair): Person[] {
  return [...members(worlds), ...externals(worlds), ...workloads(worlds)];
}

/** Prefix of the ids of people who are made up where no directory is known. */
export const SUPPOSED = 'supposed ';

function members({ before, after }: WorldPair): Person[] {
  const users = new Map<string, User>();
  for (const { tenant } of [before, after]) {
    for (const user of tenant.users ?? [])
      if (!users.has(user.id.toLowerCase())) users.set(user.id.toLowerCase(), user);
  }
  return [...users.values()].filter((user) => !isAgentUser(user)).map(personOf);
}

function personOf({ id, userPrincipalName, displayName }: User): Person {
  const kind = id.startsWith(SUPPOSED) ? 'supposed' : 'person';
  const text = userPrincipalName ?? displayName ?? id;
  return { kind, text, flags: 0, part: { identity: { kind: 'user', userId: id, userPrincipalName } } };
}

/** Somebody of whom nothing but that is known; groups and roles that they may have are asked of the tenant and are none. */
function unlisted(number: number, part: Partial<Extract<Identity, { kind: 'user' }>>): Identity {
  const userId = `ffffffff-ffff-4fff-8fff-${String(number).padStart(12, '0')}`;
  return { kind: 'user', userId, ...part };
}

/** Kinds of people who are in no directory of the tenant, or need not be. Its own guests are in it, also where it is supposed. */
const EXTERNAL_KINDS = EXTERNAL_USER_TYPES.filter((type) => type !== 'none' && type !== 'internalGuest');

/** One person of each kind from each tenant that a policy names, and from another; direct connect also without MFA (D-B2B). */
function externals(worlds: WorldPair): Person[] {
  const { before, after } = worlds;
  const isId = (home: string) => [before, after].some(({ tenant }) => canBeId(tenant, 'tenants', home));
  const homes = [...new Set(policiesOf(worlds).flatMap(homeTenants))].filter(isId);
  let number = 0;
  return EXTERNAL_KINDS.flatMap((externalUserType) =>
    [...homes, OTHER_TENANT].flatMap((homeTenantId): Person[] => {
      const from = homeTenantId === OTHER_TENANT ? 'another tenant' : `tenant ${homeTenantId}`;
      const identity = unlisted(++number, { externalUserType, homeTenantId });
      const one: Person = {
        kind: 'external',
        text: `any ${externalUserType} of ${from}`,
        flags: 0,
        part: { identity },
      };
      if (externalUserType !== 'b2bDirectConnectUser') return [one];
      const text = `${one.text} whose MFA is not trusted`;
      return [one, { ...one, text, flags: WITHOUT_MFA, part: { identity, canPerformMfa: false } }];
    }),
  );
}

const WITHOUT_MFA = joinedFlags(FLAGS.withoutMfa, FLAGS.withoutMfa);

const OTHER_TENANT = 'eeeeeeee-eeee-4eee-8eee-eeeeeeeeeeee';

function homeTenants({ conditions }: ConditionalAccessPolicy): string[] {
  const { includeGuestsOrExternalUsers, excludeGuestsOrExternalUsers } = conditions?.users ?? {};
  return [includeGuestsOrExternalUsers, excludeGuestsOrExternalUsers].flatMap((condition) =>
    texts(condition?.externalTenants?.members).map((member) => member.toLowerCase()),
  );
}

/** The service principals that the tenants know, and one that they do not. */
function workloads({ before, after }: WorldPair): Person[] {
  const known = new Map(
    [before, after]
      .flatMap(({ tenant }) => tenant.servicePrincipals ?? [])
      .map((principal) => [principal.id, principal]),
  );
  const listed = [...known.values()]
    .filter((principal) => !isAgentIdentity(principal))
    .map(
      ({ id, displayName, servicePrincipalType }): Person => ({
        kind: 'workload',
        text: `service principal ${displayName ?? id}`,
        flags: FLAGS.workload,
        part: {
          identity: {
            kind: isManaged(servicePrincipalType) ? 'managedIdentity' : 'servicePrincipal',
            servicePrincipalId: id,
          },
        },
      }),
    );
  const servicePrincipalId = 'ffffffff-ffff-4fff-9fff-ffffffffffff';
  const other: Person = {
    kind: 'workload',
    text: 'any other workload identity',
    flags: FLAGS.workload,
    part: { identity: { kind: 'servicePrincipal', servicePrincipalId } },
  };
  return [...listed, other];
}

function isManaged(type: string | undefined): boolean {
  return type?.toLowerCase() === 'managedidentity';
}

/** The policies of both worlds. */
export function policiesOf({ before, after }: WorldPair): readonly ConditionalAccessPolicy[] {
  return [...new Set([...before.tenant.policies, ...after.tenant.policies])];
}

/**
 * People are classed by what policies name before any is judged: of all with the same named groups and roles, the same kind
 * and, where a policy names it, the same id, one is judged for all. So the work grows with people only by reading their
 * memberships.
 */
export function levelOfPeople(people: readonly Person[], worlds: WorldPair, judge: Judge): Level<Person> {
  const keyOf = namedOf(worlds);
  const groups = new Map<string, number[]>();
  for (const [at, person] of people.entries()) {
    const isListed = person.kind === 'person' || person.kind === 'supposed';
    const key = isListed ? `${claimFlags(person, worlds)} ${keyOf(person)}` : `${person.kind} ${at}`;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [at]);
    else known.push(at);
  }
  const alike = [...groups.values()];
  const judged = alike.map((members) => {
    const person = people[members[0] ?? 0];
    if (person === undefined) return { verdicts: judge.verdicts('who', {}), flags: 0 };
    return { verdicts: judge.verdicts('who', person.part), flags: person.flags | claimFlags(person, worlds) };
  });
  const classes = classesOf(judged).map((one) => ({
    ...one,
    members: one.members.flatMap((at) => alike[at] ?? []).sort((a, b) => a - b),
  }));
  return { name: 'who', values: people, classes };
}

/**
 * What the tenants make of the claims of this person, as flags: those of another tenant cannot answer every control, and some of
 * their claims are not trusted.
 */
function claimFlags({ part }: Person, { before, after }: WorldPair): number {
  const { identity } = part;
  if (identity?.kind !== 'user') return 0;
  const shownTo = ({ compiled }: ProofWorld) => flagsShown(presented(compiled, { ...ANYTHING, identity }));
  const shown = shownTo(before);
  return joinedFlags(shown, before.compiled === after.compiled ? shown : shownTo(after));
}

const ANYTHING: Omit<SignInAttempt, 'identity'> = {
  target: { kind: 'application', audiences: [], authenticationContexts: [] },
  network: { via: 'direct', source: {} },
  satisfied: {},
};

function flagsShown({ satisfied, canPerformMfa }: SignInAttempt): number {
  return (
    (satisfied.approvedApplication === false ? FLAGS.fromElsewhere : 0) |
    (satisfied.compliantDevice === false ? FLAGS.withoutCompliantClaim : 0) |
    (satisfied.domainJoinedDevice === false ? FLAGS.withoutHybridClaim : 0) |
    (canPerformMfa === false ? FLAGS.withoutMfa : 0)
  );
}

/** What policies of either world can tell of a person. */
function namedOf(worlds: WorldPair): (person: Person) => string {
  const named = namedIn(policiesOf(worlds));
  const { before, after } = worlds;
  const readers = before.compiled.people === after.compiled.people ? [before] : [before, after];
  const read = readers.map((world) => readerOf(world, named));
  return ({ part: { identity } }) =>
    identity?.kind === 'user' ? read.map((one) => one(identity)).join('|') : JSON.stringify(identity);
}

function readerOf(
  { compiled: { people } }: ProofWorld,
  named: ReadonlySet<string>,
): (identity: Extract<Identity, { kind: 'user' }>) => string {
  const { memberships } = people;
  const rolesOf = (holder: string) => (memberships.roles?.get(holder) ?? []).filter((role) => named.has(role));
  return (identity) => {
    const subject = resolveSubject(people, identity);
    const [id, home] = subject.kind === 'user' ? [subject.id, subject.homeTenantId] : [undefined, undefined];
    const types = subject.kind === 'user' ? subject.types : [];
    if (id === undefined) return `nobody ${types.join()}`;
    const member = transitiveGroups(memberships.index, id);
    const telling = [...member].filter((group) => named.has(group) || memberships.index.unknown.has(group)).sort();
    const roles = [...new Set([id, ...member].flatMap(rolesOf))].sort();
    const isKnown = people.usersById.has(id);
    return [
      named.has(id) ? id : isKnown,
      telling,
      roles,
      types,
      named.has(home ?? '') ? home : home === undefined,
    ].join();
  };
}

/** Ids of users, groups and roles, and home tenants, that any policy names, in lower case. */
function namedIn(policies: readonly ConditionalAccessPolicy[]): ReadonlySet<string> {
  return new Set(
    policies.flatMap((policy) => {
      const users = policy.conditions?.users;
      const lists = [
        users?.includeUsers,
        users?.excludeUsers,
        users?.includeGroups,
        users?.excludeGroups,
        users?.includeRoles,
        users?.excludeRoles,
      ];
      return [...lists.flatMap((list) => texts(list)), ...homeTenants(policy)].map((id) => id.toLowerCase());
    }),
  );
}
