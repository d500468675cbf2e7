import { modeOf } from '../../conditional-access/effect.ts';
import type { Evaluation } from '../../conditional-access/result.ts';
import type { ConditionalAccessPolicy } from '../../tenant/policy.ts';
import type { Tenant } from '../../tenant/tenant.ts';

/** Something of the tenant that a test can decide: a policy, a named location, one entry of an include or exclude list. */
export interface CoverageItem {
  readonly kind: 'policy' | 'namedLocation' | 'include' | 'exclude';
  /** Id of the policy or of the location. */
  readonly id: string;
  readonly displayName: string;
  /** Such as `applies`, `does not apply`, or `users excludes Emergency access`. */
  readonly branch: string;
}

export interface Coverage {
  readonly total: number;
  readonly covered: number;
  /** What no test has decided, in the order of the tenant. */
  readonly uncovered: readonly CoverageItem[];
}

/**
 * Which branches of the tenant the cases and matrices have been through: each policy once applying and once not, each location
 * once holding the address, each include and exclude entry once matching. Policies that are off have no branches. Invariants
 * go everywhere by their nature and are left out: they would hide what nobody has written down.
 */
export class CoverageCount {
  readonly #seen = new Set<string>();

  add({ policies, networkLocationDetails }: Evaluation): void {
    for (const { policyId, applies, conditions } of policies) {
      if (applies !== 'unknown') this.#seen.add(key(policyId, applies ? APPLIES : DOES_NOT_APPLY));
      for (const { condition, includeRules, excludeRules } of conditions) {
        for (const { value } of includeRules) this.#seen.add(key(policyId, `${condition} include ${value}`));
        for (const { value } of excludeRules) this.#seen.add(key(policyId, `${condition} exclude ${value}`));
      }
    }
    for (const { networkNames } of networkLocationDetails) {
      for (const name of networkNames) this.#seen.add(key('location', name));
    }
  }

  of(tenant: Tenant): Coverage {
    const items = [...tenant.policies.flatMap((policy) => policyItems(policy, tenant)), ...locationItems(tenant)];
    const uncovered = items.filter((item) => !this.#seen.has(item.key)).map(({ key: _, ...item }) => item);
    return { total: items.length, covered: items.length - uncovered.length, uncovered };
  }
}

type KeyedItem = CoverageItem & { readonly key: string };

const APPLIES = 'applies';
const DOES_NOT_APPLY = 'does not apply';

function key(id: string, branch: string): string {
  return `${id} ${branch}`;
}

function policyItems(policy: ConditionalAccessPolicy, tenant: Tenant): KeyedItem[] {
  const { id, displayName, state } = policy;
  if (modeOf(state) === 'disabled') return [];
  const whole = [APPLIES, DOES_NOT_APPLY].map((branch) => ({
    kind: 'policy' as const,
    id,
    displayName,
    branch,
    key: key(id, branch),
  }));
  const entries = listsOf(policy).flatMap(({ condition, side, word, values }) =>
    values.map((value) => ({
      kind: side,
      id,
      displayName,
      branch: `${word} ${side}s ${nameOf(value, tenant)}`,
      key: key(id, `${condition} ${side} ${value}`),
    })),
  );
  return [...whole, ...entries];
}

interface List {
  readonly condition: string;
  readonly side: 'include' | 'exclude';
  readonly word: string;
  readonly values: readonly string[];
}

/** Lists whose entries match one by one; `all` among client apps is no condition. */
function listsOf({ conditions }: ConditionalAccessPolicy): List[] {
  const { users, applications, locations, platforms, clientAppTypes } = conditions;
  const list = (condition: string, side: List['side'], word: string, values: readonly string[] | null | undefined) => ({
    condition,
    side,
    word,
    values: (values ?? []).filter((value) => value.toLowerCase() !== 'none'),
  });
  const types = (clientAppTypes ?? []).some((type) => type.toLowerCase() === 'all') ? [] : clientAppTypes;
  return [
    list('users', 'include', 'user', users?.includeUsers),
    list('users', 'include', 'group', users?.includeGroups),
    list('users', 'include', 'role', users?.includeRoles),
    list('users', 'exclude', 'user', users?.excludeUsers),
    list('users', 'exclude', 'group', users?.excludeGroups),
    list('users', 'exclude', 'role', users?.excludeRoles),
    list('application', 'include', 'application', applications?.includeApplications),
    list('application', 'include', 'user action', applications?.includeUserActions),
    list('application', 'exclude', 'application', applications?.excludeApplications),
    list('devicePlatform', 'include', 'platform', platforms?.includePlatforms),
    list('devicePlatform', 'exclude', 'platform', platforms?.excludePlatforms),
    list('location', 'include', 'location', locations?.includeLocations),
    list('location', 'exclude', 'location', locations?.excludeLocations),
    list('clientType', 'include', 'client app', types),
  ];
}

function locationItems({ namedLocations }: Tenant): KeyedItem[] {
  return namedLocations
    .filter((location) => 'ipRanges' in location || 'countriesAndRegions' in location)
    .map(({ id, displayName }) => ({
      kind: 'namedLocation' as const,
      id,
      displayName,
      branch: 'holds the address',
      key: key('location', displayName),
    }));
}

function nameOf(value: string, tenant: Tenant): string {
  const id = value.toLowerCase();
  const named: readonly { readonly id: string; readonly displayName?: string }[] = [
    ...tenant.namedLocations,
    ...(tenant.users ?? []),
    ...(tenant.groups ?? []),
    ...(tenant.servicePrincipals ?? []).map(({ appId, displayName }) => ({
      id: appId ?? '',
      ...(displayName === undefined ? {} : { displayName }),
    })),
  ];
  return named.find((each) => each.id.toLowerCase() === id)?.displayName ?? value;
}
