import { modeOf } from '../conditional-access/policy-mode.ts';
import type { Evaluation } from '../conditional-access/result.ts';
import type { ConditionalAccessPolicy } from '../tenant/policy.ts';
import { BUILT_IN_ROLES } from '../tenant/roles/built-in-roles.ts';
import type { Tenant } from '../tenant/tenant.ts';

/** Something of the tenant that a test can decide: a policy, a named location, one entry of an include or exclude list. */
export interface CoverageItem {
  readonly kind: 'policy' | 'namedLocation' | 'include' | 'exclude';
  /** Id of the policy or of the location. */
  readonly id: string;
  readonly displayName: string;
  /** A branch of a policy, such as `applies`, `does not apply`, or `users excludes Emergency access`. */
  readonly branch: string;
}

export interface Coverage {
  readonly total: number;
  readonly covered: number;
  /** What no test has decided, in the order of the tenant. */
  readonly uncovered: readonly CoverageItem[];
}

/**
 * Which branches of the tenant the cases and matrices have decided: each policy once applying and once held off by a single
 * condition, each location once holding the address, each include entry once in a policy that applied, each exclude entry once
 * as what alone held a policy off. Policies that are off have no branches. Invariants go everywhere by their nature and are left
 * out: they would hide what nobody has written down.
 */
export class CoverageCount {
  readonly #seen = new Set<string>();

  add({ policies, networkLocationDetails }: Evaluation): void {
    for (const { policyId, applies, conditions } of policies) {
      const [unmet, ...others] = conditions.filter(({ truth }) => truth !== true);
      if (applies === true) {
        this.#seen.add(key(policyId, APPLIES));
        for (const { condition, includeRules } of conditions) {
          for (const { value } of includeRules) this.#seen.add(key(policyId, `${condition} include ${value}`));
        }
      } else if (unmet?.truth === false && others.length === 0) {
        this.#seen.add(key(policyId, HELD_OFF));
        for (const { value } of unmet.excludeRules)
          this.#seen.add(key(policyId, `${unmet.condition} exclude ${value}`));
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
const HELD_OFF = 'does not apply';

function key(id: string, branch: string): string {
  return `${id} ${branch}`;
}

function policyItems(policy: ConditionalAccessPolicy, tenant: Tenant): KeyedItem[] {
  const { id, displayName, state } = policy;
  if (modeOf(state) === 'disabled') return [];
  const whole = [APPLIES, HELD_OFF].map((branch) => ({
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
    ...(tenant.roleDefinitions ?? []),
    ...BUILT_IN_ROLES.map(({ templateId, displayName }) => ({ id: templateId, displayName })),
    ...(tenant.servicePrincipals ?? []).map(({ appId, displayName }) => ({
      id: appId ?? '',
      ...(displayName === undefined ? {} : { displayName }),
    })),
  ];
  return named.find((each) => each.id.toLowerCase() === id)?.displayName ?? value;
}
