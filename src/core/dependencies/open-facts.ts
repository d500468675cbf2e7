import { isListKnown } from '../tenant/knowledge.ts';
import { settlingOf } from '../tenant/settling.ts';
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

/** The way to settle what is documented nowhere: nothing in the tenant tells, so the administrator answers for the policy. */
const BY_ANSWER =
  'documented nowhere; answer for the policy: `gsa signaling disable --report-only-policies <policy>` or `--keep-policies`';

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
    .map(([fact, names]) => ({ fact, policies: names, settle: settlingOf(fact) ?? BY_ANSWER }));
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

const UNSEEN_POLICIES: OpenFact = { fact: 'policies', policies: [], settle: settlingOf('policies') ?? BY_ANSWER };

/** What is open of a tenant before a switch to disabled: that there is nothing to do, or anything, hangs on the status that it has. */
export function openStatus(tenant: Tenant, switchTo: SignalingStatus): readonly OpenFact[] {
  return switchTo === 'disabled' && isSignalingStatusAssumed(tenant)
    ? [{ ...statusNotKnown(tenant), policies: [] }]
    : [];
}
