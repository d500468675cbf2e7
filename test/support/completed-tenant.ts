import type { Group, User } from '../../src/core/tenant/directory.ts';
import type { NamedLocation } from '../../src/core/tenant/named-location.ts';
import type { ConditionalAccessPolicy, ConditionSet, GrantControls } from '../../src/core/tenant/policy.ts';
import { texts } from '../../src/core/tenant/policy-words.ts';
import type { Tenant } from '../../src/core/tenant/tenant.ts';
import {
  APP_IDS,
  GROUP_IDS,
  NAMES,
  OTHER_TENANT_ID,
  PRINCIPAL_IDS,
  ROLE_IDS,
  TENANT_ID,
  USER_IDS,
} from './arbitraries/directory.ts';
import { RANGE_TEXTS } from './arbitraries/network.ts';

/**
 * A tenant with everything filled in that it does not tell, as it might be: the same wherever two tenants say the same of it, and by chance
 * otherwise. What is proved of two tenants has to hold of all that they might be. Nothing here asks the evaluator what it lacks.
 */
export function completed(tenant: Tenant, seed: number): Tenant {
  const chance = new Chance(seed);
  return {
    ...tenant,
    policies: tenant.policies.map((policy) => completedPolicy(policy, chance)),
    namedLocations: [
      ...tenant.namedLocations.map((one) => completedLocation(one, chance)),
      ...undefinedOnes(tenant, chance),
    ],
    namedLocationsKnown: true,
    mfaTrustedIps: tenant.mfaTrustedIps ?? chance.some('MFA trusted IPs', RANGE_TEXTS),
    groups: completedGroups(tenant.groups, chance),
    roleAssignments: tenant.roleAssignments ?? [
      ...ROLE_IDS.flatMap((roleDefinitionId) =>
        chance
          .some(`holders of ${roleDefinitionId}`, [...USER_IDS, ...GROUP_IDS])
          .map((principalId) => ({ principalId, roleDefinitionId, directoryScopeId: '/', status: 'active' }) as const),
      ),
    ],
    users: (tenant.users ?? []).map((user) => completedUser(user, chance)),
    servicePrincipals: (tenant.servicePrincipals ?? []).map((principal) => ({
      ...principal,
      customSecurityAttributes:
        principal.customSecurityAttributes ??
        chance.one(`attributes of ${principal.id}`, [{ Access: { Level: 'high' } }, { Access: { Level: 'low' } }]),
    })),
  };
}

/** What is said picks what is not: the same text and seed the same of the values. */
class Chance {
  readonly #seed: number;

  constructor(seed: number) {
    this.#seed = seed;
  }

  one<Value>(text: string, values: readonly Value[]): Value {
    return values[this.#number(text) % values.length] as Value;
  }

  is(text: string): boolean {
    return this.one(text, [true, false]);
  }

  some<Value>(text: string, values: readonly Value[]): Value[] {
    return values.filter((_, at) => this.is(`${text} ${at}`));
  }

  /** FNV-1a, mixed once more so that texts of one ending do not go together. */
  #number(text: string): number {
    let hash = 0x811c9dc5 ^ this.#seed;
    for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    return (hash ^ (hash >>> 12)) >>> 0;
  }
}

const STATES = new Set(['enabled', 'disabled', 'enabledForReportingButNotEnforced']);

function completedPolicy(policy: ConditionalAccessPolicy, chance: Chance): ConditionalAccessPolicy {
  const state = STATES.has(policy.state) ? policy.state : chance.one(`state ${policy.state}`, ['enabled', 'disabled']);
  const never = openConditions(policy.conditions).some((text) => chance.is(text));
  return {
    ...policy,
    state: never ? 'disabled' : state,
    conditions: completedConditions(withIds(policy.conditions, chance), chance),
    grantControls: completedGrant(policy.grantControls, chance),
  };
}

/** Conditions that hold of every sign-in or of none, for all that is known. */
function openConditions({ agentIdRiskLevels, devices }: ConditionSet): string[] {
  const rule = devices?.deviceFilter?.rule ?? '';
  return [
    ...(typeof agentIdRiskLevels === 'string' ? [`risk of agents ${agentIdRiskLevels}`] : []),
    ...(isUnreadable(rule) ? [JSON.stringify(devices)] : []),
  ];
}

function isUnreadable(rule: string): boolean {
  return /unheardOf|-eq$/.test(rule);
}

const MEANINGS: Readonly<Record<string, readonly string[]>> = {
  modern: ['browser', 'other'],
  chromeOS: ['linux', 'macOS'],
  extreme: ['low', 'high'],
};

/** What a name in the place of an id may stand for. */
const NAMED: ReadonlyMap<string, readonly string[]> = new Map([
  [NAMES.users, USER_IDS],
  [NAMES.groups, GROUP_IDS],
  [NAMES.roles, ROLE_IDS],
  [NAMES.applications, APP_IDS],
  [NAMES.principals, PRINCIPAL_IDS],
  [NAMES.tenants, [OTHER_TENANT_ID, TENANT_ID]],
]);

/** The value with an id in the place of every name in it. */
function withIds<Value>(value: Value, chance: Chance): Value {
  return JSON.parse(JSON.stringify(value), (_, text: unknown) => {
    const ids = typeof text === 'string' ? NAMED.get(text) : undefined;
    return ids === undefined ? text : chance.one(`object called ${text}`, ids);
  });
}

function completedConditions(conditions: ConditionSet, chance: Chance): ConditionSet {
  const meant = (list: unknown) =>
    texts(list).map((word) => (MEANINGS[word] === undefined ? word : chance.one(`meaning of ${word}`, MEANINGS[word])));
  const { applications, platforms, devices } = conditions;
  const isFilterOpen = applications?.applicationFilter?.rule === 'nonsense';
  return {
    ...conditions,
    ...(conditions.clientAppTypes ? { clientAppTypes: meant(conditions.clientAppTypes) } : {}),
    ...(conditions.signInRiskLevels ? { signInRiskLevels: meant(conditions.signInRiskLevels) } : {}),
    ...(platforms ? { platforms: { ...platforms, includePlatforms: meant(platforms.includePlatforms) } } : {}),
    agentIdRiskLevels: null,
    devices: isUnreadable(devices?.deviceFilter?.rule ?? '') ? null : devices,
    applications: isFilterOpen
      ? {
          ...applications,
          applicationFilter: null,
          // A filter is about resources, and never about user actions.
          includeApplications: [...texts(applications?.includeApplications), ...(chance.is('nonsense') ? APP_IDS : [])],
        }
      : applications,
  } as ConditionSet;
}

/** A factor that every session has, and one that none has, in the place of a control that nobody knows. */
export const HELD_FACTOR = 'held by everybody';
const UNHELD_FACTOR = 'held by nobody';

function completedGrant(grant: GrantControls | null | undefined, chance: Chance): GrantControls | null {
  if (grant === null || grant === undefined) return null;
  const words = texts(grant.builtInControls);
  const factor = chance.one('verifiedID', [HELD_FACTOR, UNHELD_FACTOR]);
  return {
    ...grant,
    operator: grant.operator ?? chance.one(JSON.stringify(grant), ['AND', 'OR']),
    builtInControls: words.filter((word) => word !== 'verifiedID'),
    customAuthenticationFactors: [
      ...texts(grant.customAuthenticationFactors),
      ...(words.includes('verifiedID') ? [factor] : []),
    ],
    authenticationStrength: completedStrength(grant.authenticationStrength, chance),
  };
}

const OF_MFA = [['password,sms'], ['fido2'], ['fido2', 'password,sms']];

/** A strength that says all: which combinations meet it, and of restricted ones whether the keys that sessions have are allowed. */
function completedStrength(strength: GrantControls['authenticationStrength'], chance: Chance) {
  if (strength === null || strength === undefined) return null;
  const { allowedCombinations, combinationConfigurations, requirementsSatisfied, ...own } = strength;
  if (strength.id === 'unknown') {
    const allowed = requirementsSatisfied === 'mfa' ? OF_MFA : [...OF_MFA, ['password'], ['password', 'fido2']];
    return { ...own, displayName: 'completed', allowedCombinations: chance.one(JSON.stringify(strength), allowed) };
  }
  if (combinationConfigurations === undefined) return strength;
  const areKeysAllowed = chance.is(`keys ${JSON.stringify(combinationConfigurations)}`);
  const kept = texts(allowedCombinations).filter((one) => areKeysAllowed || one !== 'fido2');
  return { ...own, allowedCombinations: kept.length === 0 ? ['nothing that anybody has'] : kept };
}

function completedLocation(location: NamedLocation, chance: Chance): NamedLocation {
  const type = location['@odata.type'];
  const isTrusted = (said: unknown) => (typeof said === 'boolean' ? said : chance.is(`trust of ${location.id}`));
  if (type.endsWith('.ipNamedLocation') && 'ipRanges' in location) {
    const ipRanges = location.ipRanges.flatMap((range) => {
      const { cidrAddress = '' } = range;
      return /\/\d+$/.test(cidrAddress)
        ? [range]
        : chance.some(cidrAddress, RANGE_TEXTS).map((text) => ({ cidrAddress: text }));
    });
    return { ...location, isTrusted: isTrusted(location.isTrusted), ipRanges };
  }
  return /(country|compliantNetwork)NamedLocation$/.test(type) ? location : placeOf(location.id, location, chance);
}

function placeOf(id: string, said: unknown, chance: Chance): NamedLocation {
  return {
    '@odata.type': '#microsoft.graph.ipNamedLocation',
    id,
    displayName: id,
    isTrusted: false,
    ipRanges: chance.some(JSON.stringify(said), RANGE_TEXTS).map((cidrAddress) => ({ cidrAddress })),
  };
}

const UNDEFINED_LOCATION = '10000000-0000-4000-8000-0000000000ff';

function undefinedOnes({ namedLocations }: Tenant, chance: Chance): NamedLocation[] {
  return namedLocations.some(({ id }) => id === UNDEFINED_LOCATION)
    ? []
    : [placeOf(UNDEFINED_LOCATION, UNDEFINED_LOCATION, chance)];
}

function completedGroups(groups: readonly Group[] | undefined, chance: Chance): readonly Group[] {
  const unlisted = GROUP_IDS.filter((id) => groups?.some((group) => group.id === id) !== true);
  return [...(groups ?? []), ...unlisted.map((id): Group => ({ id }))].map((group) => ({
    ...group,
    members: group.members ?? chance.some(`members of ${group.id}`, USER_IDS),
  }));
}

/** Kinds of user whose claims the tenant takes as its own. */
function completedUser(user: User, chance: Chance): User {
  const isTold = user.externalUserType !== undefined || user.userType !== undefined;
  return isTold ? user : { ...user, externalUserType: chance.one(`kind of ${user.id}`, ['none', 'internalGuest']) };
}
