import { modeOf } from '../conditional-access/policy-mode.ts';
import { nobodyTunnelledBecause } from '../signaling/tunnelling.ts';
import { isListKnown } from '../tenant/knowledge.ts';
import type { ConditionalAccessPolicy } from '../tenant/policy.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { compareTexts } from '../values/compare-texts.ts';
import type { DependencyWarning, PolicyDependency } from './dependency.ts';
import { emergencyAccessWarnings } from './emergency-access.ts';
import type { LocatedPolicies, LocatedPolicy } from './located-policies.ts';
import { locationWarnings } from './location-warnings.ts';
import { nobodyTunnelled } from './reasons.ts';
import { quoted } from './wording.ts';

/** What makes a switch more dangerous than its policies say (LIM, CAE). */
export function dependencyWarnings(
  tenant: Tenant,
  dependencies: readonly PolicyDependency[],
  { list, catalog }: LocatedPolicies,
): DependencyWarning[] {
  const inUse = list.filter(({ policy }) => modeOf(policy.state) !== 'disabled');
  return [
    ...tunnelWarnings(tenant),
    ...locationWarnings(tenant, inUse, catalog),
    ...danglingWarnings(inUse),
    ...unknownLists(tenant, inUse),
    ...strictLocationWarnings(dependencies),
    ...unknownWarnings(dependencies),
    ...emergencyAccessWarnings(tenant, dependencies),
  ].sort((a, b) => compareTexts(a.code, b.code) || compareTexts(a.message, b.message));
}

/** Which addresses an id holds that no location has is not known: it may stand in a part that was not imported (invariant 11). */
function danglingWarnings(inUse: readonly LocatedPolicy[]): DependencyWarning[] {
  const users = new Map<string, ConditionalAccessPolicy[]>();
  for (const { policy, references } of inUse) {
    const values = references.flatMap(({ kind, value }) => (kind === 'dangling' ? [value] : []));
    for (const value of new Set(values)) users.set(value, [...(users.get(value) ?? []), policy]);
  }
  return [...users].map(([id, policies]) => ({
    code: 'danglingLocation',
    message: `location \`${id}\` is not in the tenant, so which addresses it holds is not known, but ${named(policies)} ${names(policies)} it`,
    policyIds: policies.map((policy) => policy.id),
    locationIds: [id],
  }));
}

/** Exports do not carry the service settings of MFA, and policies alone do not carry the locations (invariant 11). */
function unknownLists(tenant: Tenant, inUse: readonly LocatedPolicy[]): DependencyWarning[] {
  const asking = (kinds: readonly string[]) =>
    inUse.filter(({ references }) => references.some(({ kind }) => kinds.includes(kind))).map(({ policy }) => policy);
  const warning = (code: string, what: string, policies: readonly ConditionalAccessPolicy[]): DependencyWarning[] =>
    policies.length === 0
      ? []
      : [
          {
            code,
            message: `${what} are not known, but ${named(policies)} ${policies.length === 1 ? 'asks' : 'ask'} for them`,
            policyIds: policies.map(({ id }) => id),
            locationIds: [],
          },
        ];
  return [
    ...(tenant.mfaTrustedIps === undefined
      ? warning('mfaTrustedIpsUnknown', 'the MFA trusted IPs', asking(['allTrusted', 'mfaTrustedIps']))
      : []),
    ...(isListKnown(tenant, 'namedLocations')
      ? []
      : warning('namedLocationsUnknown', 'the trusted named locations', asking(['allTrusted']))),
  ];
}

/** Strict enforcement blocks people in a trusted range where the resource sees the proxy (LIM, D-STRICT). */
function strictLocationWarnings(dependencies: readonly PolicyDependency[]): DependencyWarning[] {
  const strict = dependencies.filter(
    ({ paths, state }) => modeOf(state) !== 'disabled' && paths.some(({ kind }) => kind === 'strictLocation'),
  );
  if (strict.length === 0) return [];
  return [
    {
      code: 'strictLocation',
      message: `${named(strict)} ${strict.length === 1 ? 'enforces' : 'enforce'} locations strictly: people behind Global Secure Access are blocked at resources that see the proxy's address, even from an allowed one`,
      policyIds: strict.map(({ policyId }) => policyId),
      locationIds: [],
    },
  ];
}

function unknownWarnings(dependencies: readonly PolicyDependency[]): DependencyWarning[] {
  return dependencies.flatMap(({ policyId, displayName, onDisable, onEnable }) => {
    const open = [onDisable, onEnable].find(({ effects }) => effects.includes('unknown'));
    if (open === undefined) return [];
    const message = `what a switch does to ${quoted([displayName])} is not known: ${open.reason}`;
    return [{ code: 'unknownEffect', message, policyIds: [policyId], locationIds: [] }];
  });
}

function named(policies: readonly { readonly displayName: string }[]): string {
  return quoted(policies.map(({ displayName }) => displayName));
}

function names(list: readonly unknown[]): string {
  return list.length === 1 ? 'names' : 'name';
}

function tunnelWarnings(tenant: Tenant): DependencyWarning[] {
  const because = nobodyTunnelledBecause(tenant);
  if (because === undefined) return [];
  return [
    {
      code: 'nobodyTunnelled',
      message: `${nobodyTunnelled(because)}; the switch changes nothing until somebody does`,
      policyIds: [],
      locationIds: [],
    },
  ];
}
