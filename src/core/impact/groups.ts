import type { CompiledTenant } from '../conditional-access/compile.ts';
import type { SignIn } from '../conditional-access/record/sign-in.ts';
import { lookup } from '../network/range-index.ts';
import type { SignInAttempt } from '../signaling/attempt.ts';

/** Members of a record by which it is grouped. */
export const GROUP_MEMBERS = [
  ...['signInEventTypes', 'isInteractive', 'servicePrincipalName', 'userDisplayName'],
  ...['appId', 'appDisplayName', 'resourceId', 'resourceDisplayName'],
] as const satisfies readonly (keyof SignIn)[];

export type Grouped = Pick<SignIn, (typeof GROUP_MEMBERS)[number]>;

/** What sign-ins are grouped by. */
export const DIMENSIONS = ['policy', 'user', 'application', 'location'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** How a sign-in came about: people see interactive ones; the others happen by themselves and are counted apart. */
export const SIGN_IN_KINDS = ['interactive', 'nonInteractive', 'workload'] as const;
export type SignInKind = (typeof SIGN_IN_KINDS)[number];

/** Graph's `signInEventTypes`; a record that does not say is taken as what Graph lists by default, interactive. */
export function kindOf(record: Grouped, { identity }: Pick<SignInAttempt, 'identity'>): SignInKind {
  return identity.kind === 'user' ? kindOfPerson(record) : 'workload';
}

export function kindOfPerson(record: Grouped): SignInKind {
  const types = record.signInEventTypes;
  if (types !== undefined && types !== null && types.length > 0)
    return types.includes('nonInteractiveUser') ? 'nonInteractive' : 'interactive';
  return record.isInteractive === false ? 'nonInteractive' : 'interactive';
}

/** A member of a group: its key, and what people call it. */
export interface Member {
  readonly id: string;
  readonly displayName: string;
}

export function userOf(record: Grouped, { identity }: Pick<SignInAttempt, 'identity'>): Member {
  const id = idOf(identity);
  if (identity.kind !== 'user') {
    return { id, displayName: record.servicePrincipalName ?? record.appDisplayName ?? id };
  }
  return { id, displayName: identity.userPrincipalName ?? record.userDisplayName ?? id };
}

/** What people and workloads are told apart by. */
export function idOf(identity: SignInAttempt['identity']): string {
  const id =
    identity.kind === 'user'
      ? (identity.userId ?? identity.userPrincipalName)
      : (identity.servicePrincipalId ?? identity.appId);
  return id ?? 'unknown';
}

/** The resource: it is what policies look at (D-APPS). */
export function applicationOf(record: Grouped): Member {
  const id = record.resourceId ?? record.appId ?? 'unknown';
  const displayName = record.resourceDisplayName ?? (record.resourceId == null ? record.appDisplayName : undefined);
  return { id, displayName: displayName ?? id };
}

/** The place of the user: the named locations that hold the user's own address, else its country. */
export function locationNamer(compiled: CompiledTenant): (attempt: SignInAttempt) => Member {
  const { index, list } = compiled.locations;
  // Addresses in the same locations share one array, so each set of names is joined once.
  const named = new Map<readonly number[], Member | undefined>();
  return ({ network: { source } }) => {
    if (source.address === undefined) return { id: 'unknown', displayName: 'address not known' };
    const holders = lookup(index, source.address);
    if (!named.has(holders)) named.set(holders, join(holders));
    return named.get(holders) ?? outside(source.countryOrRegion);
  };

  function join(holders: readonly number[]): Member | undefined {
    const held = holders.flatMap((at) => list[at]?.location ?? { id: 'mfaTrustedIps', displayName: 'MFA trusted IPs' });
    if (held.length === 0) return undefined;
    return {
      id: held.map(({ id }) => id).join(),
      displayName: held.map(({ displayName }) => displayName).join(', '),
    };
  }
}

function outside(countryOrRegion: string | null | undefined): Member {
  const place = countryOrRegion ?? 'country not known';
  return { id: `outside ${place}`, displayName: `no named location (${place})` };
}
