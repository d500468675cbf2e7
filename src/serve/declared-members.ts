import type { PolicyMembers } from '../core/graph/policy-members.ts';
import { POLICY_MEMBERS } from '../core/graph/policy-members.ts';
import type { JsonObject } from '../core/tenant/plans/change.ts';
import { isObject } from '../core/values/is-object.ts';
import type { Version } from './call.ts';
import { badRequest } from './graph-error.ts';
import { BETA_POLICY_MEMBERS } from './versions.ts';

/**
 * The members that Graph declares for what callers send (CSDL-v1, CSDL-beta). Graph refuses a body with any other, so that a
 * mistyped name changes nothing; taking it here would call a script good that fails there.
 */

/** Members by name; `undefined` in place of members: what is inside is not looked at. */
interface Declared {
  readonly [name: string]: Declared | undefined;
}

/** A type as errors name it, and what it declares. */
export interface DeclaredType {
  readonly name: string;
  readonly members: Declared;
}

const fromRows = (rows: PolicyMembers): Declared =>
  Object.fromEntries(
    Object.entries(rows).map(([name, member]) => {
      if (member.holds === 'filter') return [name, { mode: undefined, rule: undefined }];
      return [name, 'members' in member ? fromRows(member.members) : undefined];
    }),
  );

const ROWS = fromRows(POLICY_MEMBERS);

const BETA_POLICY: Declared = {
  displayName: undefined,
  description: undefined,
  state: undefined,
  ...ROWS,
  conditions: {
    ...ROWS['conditions'],
    applications: {
      ...ROWS['conditions']?.['applications'],
      globalSecureAccess: undefined,
      networkAccess: undefined,
    },
  },
};

const POLICIES: Readonly<Record<Version, Declared>> = {
  beta: BETA_POLICY,
  'v1.0': BETA_POLICY_MEMBERS.reduce(without, BETA_POLICY),
};

export function policyType(version: Version): DeclaredType {
  return { name: 'microsoft.graph.conditionalAccessPolicy', members: POLICIES[version] };
}

const RANGE: Declared = { cidrAddress: undefined, lowerAddress: undefined, upperAddress: undefined };

const LOCATIONS: Readonly<Record<string, Declared>> = {
  ipNamedLocation: { isTrusted: undefined, ipRanges: RANGE },
  countryNamedLocation: {
    countriesAndRegions: undefined,
    includeUnknownCountriesAndRegions: undefined,
    countryLookupMethod: undefined,
  },
  compliantNetworkNamedLocation: { compliantNetworkType: undefined, isTrusted: undefined },
};

/** The kind of location of an `@odata.type`; of one that is not known nothing can be said. */
export function locationType(odataType: string): DeclaredType | undefined {
  const kind = Object.keys(LOCATIONS).find((each) => odataType.toLowerCase().endsWith(`.${each.toLowerCase()}`));
  const members = kind === undefined ? undefined : LOCATIONS[kind];
  if (members === undefined) return undefined;
  return { name: `microsoft.graph.${kind}`, members: { displayName: undefined, ...members } };
}

export const SIGNALING_TYPE: DeclaredType = {
  name: 'microsoft.graph.networkaccess.conditionalAccessSettings',
  members: { signalingStatus: undefined },
};

/**
 * Throws GraphError 400 for a member that its type does not declare. What an object has already, from an export newer than
 * these declarations, may be sent back.
 */
export function checkMembers(body: JsonObject, { name, members }: DeclaredType, before: unknown = {}): void {
  const path = undeclared(body, members, before);
  if (path === undefined) return;
  const message = `The property '${path.at(-1)}' does not exist on type '${name}'. Make sure to only use property names that are defined by the type.`;
  throw badRequest(message, [{ code: 'invalidProperty', message, target: `/${path.join('/')}` }]);
}

function undeclared(value: unknown, members: Declared, before: unknown): readonly string[] | undefined {
  if (Array.isArray(value)) return firstOf(value, (each, at) => prefixed(String(at), undeclared(each, members, {})));
  if (!isObject(value)) return undefined;
  const old = isObject(before) ? before : {};
  return firstOf(Object.entries(value), ([name, member]) => {
    if (name.includes('@')) return undefined;
    if (!Object.hasOwn(members, name)) return Object.hasOwn(old, name) ? undefined : [name];
    const inside = members[name];
    return inside === undefined ? undefined : prefixed(name, undeclared(member, inside, old[name]));
  });
}

function firstOf<T, R>(items: readonly T[], find: (item: T, at: number) => R | undefined): R | undefined {
  for (const [at, item] of items.entries()) {
    const found = find(item, at);
    if (found !== undefined) return found;
  }
  return undefined;
}

function prefixed(name: string, path: readonly string[] | undefined): readonly string[] | undefined {
  return path === undefined ? undefined : [name, ...path];
}

function without(members: Declared, [name = '', ...deeper]: readonly string[]): Declared {
  const { [name]: inside, ...others } = members;
  if (deeper.length === 0) return others;
  return inside === undefined ? members : { ...members, [name]: without(inside, deeper) };
}
