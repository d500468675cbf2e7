import type { LoggedSignIn } from '../../core/conditional-access/record/sign-in.ts';
import type { SignInCondition } from '../../core/sign-in-log/condition.ts';
import {
  findDeletedLocation,
  findDeletedPolicy,
  findLocation,
  findPolicy,
  findUser,
} from '../../core/tenant/lookup.ts';
import type { ConditionalAccessPolicy } from '../../core/tenant/policy.ts';
import type { Tenant } from '../../core/tenant/tenant.ts';
import { isGuid } from '../../core/values/guid.ts';
import type { SignInQuery } from '../../store/types.ts';
import { theOne } from '../find.ts';
import { instantOf } from '../times.ts';
import type { LogFilterOptions } from './filters.ts';
import type { LogFilter } from './odata.ts';
import { statusCondition } from './status.ts';

/** What of a tenant has the names that a list of the log is asked by. */
export type SearchedTenant = Pick<Tenant, 'users' | 'policies' | 'namedLocations' | 'deletedItems'>;

/** Which sign-ins of the log are meant: what its columns answer, and what only each record can. */
export interface LogSelection {
  readonly query: Omit<SignInQuery, 'order' | 'limit'>;
  /** A test of each record that the query finds; absent where the query says it all. */
  readonly test?: (signIn: LoggedSignIn) => boolean;
}

/** Names become ids and times instants, by this tenant and clock. Throws GsaError `invalid` for names that nothing has. */
export function selectionOf(
  tenant: SearchedTenant,
  now: string,
  options: Omit<LogFilterOptions, 'filter'>,
  filter: LogFilter | undefined,
): LogSelection {
  const conditions: SignInCondition[] = [];
  const tests: ((signIn: LoggedSignIn) => boolean)[] = [];
  const { app = [], ip = [], status = [], policy = [], location = [] } = options;
  if (app.length > 0) conditions.push({ or: app.flatMap(applicationConditions) });
  if (ip.length > 0) conditions.push({ or: ip.flatMap(addressConditions) });
  if (status.length > 0) conditions.push(statusCondition(status));
  if (options.throughGsa !== undefined) {
    const value = options.throughGsa === 'unknown' ? null : options.throughGsa;
    conditions.push({ column: 'isThroughGlobalSecureAccess', operator: 'eq', value });
  }
  if (options.signaling !== undefined) {
    conditions.push({ column: 'signalingStatus', operator: 'eq', value: options.signaling });
  }
  if (options.correlationId !== undefined) {
    conditions.push({ column: 'correlationId', operator: 'eq', value: options.correlationId });
  }
  if (policy.length > 0) {
    const ids = policy.map((text) => policyId(tenant, text));
    tests.push((signIn) => ids.some((id) => hasPolicy(signIn, id)));
  }
  if (location.length > 0) {
    const { countries, names } = placesOf(tenant, location);
    const isInCountry: SignInCondition = { column: 'countryOrRegion', operator: 'in', values: countries };
    if (names.size === 0) conditions.push(isInCountry);
    else tests.push((signIn) => isIn(signIn, names, countries));
  }
  conditions.push(...(filter?.conditions ?? []));
  if (filter?.test !== undefined) tests.push(filter.test);
  return {
    query: {
      ...(options.since === undefined ? {} : { since: instantOf(options.since, now) }),
      ...(options.until === undefined ? {} : { until: instantOf(options.until, now) }),
      ...(options.user === undefined ? {} : { user: userName(tenant, options.user) }),
      conditions,
    },
    ...(tests.length === 0 ? {} : { test: (signIn: LoggedSignIn) => tests.every((test) => test(signIn)) }),
  };
}

/** The log knows people by principal name and id; a display name is looked up in the tenant. */
function userName(tenant: SearchedTenant, text: string): string {
  const found = findUser(tenant, text);
  if ('near' in found && found.partly?.length !== 1) return text;
  const { id, userPrincipalName } = theOne(found, 'user', text);
  const isName = [id, userPrincipalName].some((name) => name?.toLowerCase() === text.toLowerCase());
  return isName ? text : (userPrincipalName ?? id);
}

function applicationConditions(text: string): readonly SignInCondition[] {
  return [
    ...(['appId', 'resourceId'] as const).map((column) => ({ column, operator: 'eq', value: text }) as const),
    ...(['appDisplayName', 'resourceDisplayName'] as const).map(
      (column) => ({ column, operator: 'contains', value: text }) as const,
    ),
  ];
}

function addressConditions(range: string): readonly SignInCondition[] {
  return (['ipAddress', 'sourceIpAddress', 'globalSecureAccessIpAddress'] as const).map((column) => ({
    column,
    operator: 'inRange',
    range,
  }));
}

/** The id of a policy, also of one that is deleted or that this tenant never had: the log may be older. */
function policyId(tenant: SearchedTenant, text: string): string {
  const found = findPolicy(tenant, text);
  if (!('near' in found)) return theOne(found, 'policy', text).id.toLowerCase();
  const deleted = findDeletedPolicy(tenant, text);
  if (!('near' in deleted)) return theOne(deleted, 'policy', text).id.toLowerCase();
  if (isGuid(text)) return text.toLowerCase();
  const partly = [...(found.partly ?? []), ...(deleted.partly ?? [])];
  return theOne<Pick<ConditionalAccessPolicy, 'id' | 'displayName'>>(
    { near: [...found.near, ...deleted.near], partly },
    'policy',
    text,
  ).id.toLowerCase();
}

/** Results of `appliedConditionalAccessPolicies` of a policy whose conditions all held (D-RO). */
const APPLIED: ReadonlySet<unknown> = new Set([
  'success',
  'failure',
  'reportOnlySuccess',
  'reportOnlyFailure',
  'reportOnlyInterrupted',
]);

function hasPolicy({ record, replay }: LoggedSignIn, id: string): boolean {
  if (replay.decidedBy.some((each) => each.toLowerCase() === id)) return true;
  return (record.appliedConditionalAccessPolicies ?? []).some(
    (policy) => policy.id?.toLowerCase() === id && APPLIED.has(policy.result),
  );
}

/** A named location by name or id, as the log names it, or two letters of a country. */
function placesOf(tenant: SearchedTenant, texts: readonly string[]) {
  const countries: string[] = [];
  const names = new Set<string>();
  for (const text of texts) {
    const found = [findLocation(tenant, text), findDeletedLocation(tenant, text)].find((each) => !('near' in each));
    if (found === undefined && /^[a-z]{2}$/i.test(text)) countries.push(text.toUpperCase());
    else names.add(theOne(found ?? findLocation(tenant, text), 'location', text).displayName.toLowerCase());
  }
  return { countries, names };
}

function isIn({ record }: LoggedSignIn, names: ReadonlySet<string>, countries: readonly string[]): boolean {
  const country = record.location?.countryOrRegion?.toUpperCase();
  if (country !== undefined && countries.includes(country)) return true;
  return (record.networkLocationDetails ?? []).some(({ networkNames }) =>
    (networkNames ?? []).some((name) => names.has(name.toLowerCase())),
  );
}
