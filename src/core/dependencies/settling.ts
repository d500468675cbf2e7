import { isListKnown } from '../tenant/knowledge.ts';
import { statusNotKnown } from '../tenant/status-not-known.ts';
import type { SignalingStatus, Tenant } from '../tenant/tenant.ts';
import { isSignalingStatusAssumed } from '../tenant/tenant.ts';
import type { PolicyDependency } from './dependency.ts';
import { impactOf } from './enforced.ts';

/** A fact that leaves open what a switch does, the policies that hang on it, and how an administrator settles it. */
export interface OpenFact {
  readonly fact: string;
  readonly policies: readonly string[];
  /** A command to type, in backticks, or what to do where none settles it. */
  readonly settle: string;
}

/** The facts that leave open what the switch does to these policies, by name. */
function openFacts(dependents: readonly PolicyDependency[], switchTo: SignalingStatus): readonly OpenFact[] {
  const policies = new Map<string, string[]>();
  for (const dependent of dependents) {
    for (const fact of impactOf(dependent, switchTo).notKnown) {
      policies.set(fact, [...(policies.get(fact) ?? []), dependent.displayName]);
    }
  }
  return [...policies]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([fact, names]) => ({ fact, policies: names, settle: settlingOf(fact) }));
}

/** Besides what single policies hang on: policies that nobody has seen may hang on anything. */
export function openFactsOfSwitch(
  tenant: Tenant,
  dependents: readonly PolicyDependency[],
  switchTo: SignalingStatus,
): readonly OpenFact[] {
  const facts = openFacts(dependents, switchTo);
  return isListKnown(tenant, 'policies') ? facts : [UNSEEN_POLICIES, ...facts];
}

const UNSEEN_POLICIES: OpenFact = {
  fact: 'policies',
  policies: [],
  settle:
    '`gsa import policies.json --kind policies` with an export of all, or `gsa tenant set --known policies` where the tenant has no others',
};

/** What is open of a tenant before a switch to disabled: that there is nothing to do, or anything, hangs on the status that it has. */
export function openStatus(tenant: Tenant, switchTo: SignalingStatus): readonly OpenFact[] {
  return switchTo === 'disabled' && isSignalingStatusAssumed(tenant)
    ? [{ ...statusNotKnown(tenant), policies: [] }]
    : [];
}

/** How each kind of fact becomes known; the first that matches. */
const SETTLING: readonly (readonly [fact: RegExp, settle: string])[] = [
  [/^mfaTrustedIps$/, '`gsa tenant set --mfa-trusted-ips none`, or your ranges in place of `none`'],
  [
    /^namedLocations$/,
    '`gsa import namedLocations.json --kind locations` with an export of all, or `gsa tenant set --known namedLocations` where the tenant file has all',
  ],
  [/^id of the tenant$/, '`gsa tenant set --tenant-id <id>`'],
  [
    /^meaning of (users|groups|roles|applications|servicePrincipals|tenants|authentication contexts) /,
    '`gsa import policies.json --kind policies` with the id in the place of the name, which `gsa check` tells',
  ],
  [/^namedLocation /, '`gsa import namedLocations.json --kind locations` with an export that has it'],
  [/^readable ranges of /, '`gsa import namedLocations.json --kind locations` with the ranges put right'],
  [
    /^includeUnknownCountriesAndRegions of /,
    '`gsa import namedLocations.json --kind locations` with an export from Microsoft Graph, which has it',
  ],
  [/^isTrusted of /, '`gsa location trust <location>`, or `gsa location untrust <location>`'],
  [/^egress ranges /, '`gsa tenant set --egress-ranges published`, or your own'],
  [
    /^conditions\.locations\.(include|exclude)Locations$/,
    '`gsa import policies.json --kind policies` with an export from Microsoft Graph, which lists the locations',
  ],
  [
    /^conditions\./,
    '`gsa import policies.json --kind policies` with an export from Microsoft Graph, which gives every list',
  ],
  [
    /^combinationConfigurations of /,
    '`gsa import policies.json --kind policies` with an export from Microsoft Graph, which gives them with each strength',
  ],
  [
    /^grantControls\.builtInControls$/,
    '`gsa import policies.json --kind policies` with an export from Microsoft Graph, which lists the controls',
  ],
];

/** The way to settle what is documented nowhere: nothing in the tenant tells, so the administrator answers for the policy. */
const BY_ANSWER =
  'documented nowhere; answer for the policy: `gsa signaling disable --report-only-policies <policy>` or `--keep-policies`';

function settlingOf(fact: string): string {
  return SETTLING.find(([kind]) => kind.test(fact))?.[1] ?? BY_ANSWER;
}
