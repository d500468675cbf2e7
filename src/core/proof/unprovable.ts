import { mayEnforce, modeOf } from '../conditional-access/policy-mode.ts';
import { isListKnown } from '../tenant/knowledge.ts';
import { lostLists } from '../tenant/lost-lists.ts';
import { hasLostLocations } from '../tenant/lost-locations.ts';
import type { ConditionalAccessPolicy } from '../tenant/policy.ts';
import { texts } from '../tenant/policy-words.ts';
import type { Tenant } from '../tenant/tenant.ts';

/** Why nothing can be proved, and what would settle it. */
export interface Unprovable {
  readonly message: string;
  readonly hint: string;
}

/**
 * Nothing is proved between tenants of which one has policies that nobody has seen, or one that lost the locations that it includes: any
 * place may be one of them (invariant 11). A list of people, applications, workload identities or platforms that one lost leaves open
 * whom it reaches, alike on both sides of a switch; two exports may each have lost another one.
 */
export function unprovable(tenants: readonly Tenant[]): Unprovable | undefined {
  if (tenants.some((tenant) => !isListKnown(tenant, 'policies'))) return UNSEEN;
  if (tenants.some(hasUnseenWorkloads)) return UNSEEN_WORKLOADS;
  const enforcing = tenants.flatMap(({ policies }) => policies.filter(({ state }) => mayEnforce(modeOf(state))));
  const unplaced = enforcing.find(({ conditions }) => hasLostLocations(conditions));
  if (unplaced !== undefined) return losing(unplaced, 'the locations');
  const unlike = lostTwice(enforcing);
  return unlike === undefined ? undefined : losing(unlike, 'lists of the conditions');
}

/** A policy that lost lists in two tenants, each by itself: that both look the same says nothing. */
function lostTwice(policies: readonly ConditionalAccessPolicy[]): ConditionalAccessPolicy | undefined {
  const lost = policies.filter(({ conditions }) => lostLists(conditions).length > 0);
  const byId = Map.groupBy(lost, ({ id }) => id.toLowerCase());
  return [...byId.values()].find((same) => new Set(same.map(({ conditions }) => conditions)).size > 1)?.[0];
}

function losing({ displayName }: ConditionalAccessPolicy, what: string): Unprovable {
  return {
    message: `the export lost ${what} of \`${displayName}\`, so nothing can be proved of the tenant`,
    hint: 'export its policies with all members from Microsoft Graph, and import them again: `gsa import policies.json`',
  };
}

/** Whether policies reach service principals of which nobody has seen any: people are supposed where they are not known, these are not. */
function hasUnseenWorkloads(tenant: Tenant): boolean {
  return (
    !isListKnown(tenant, 'servicePrincipals') &&
    tenant.policies.some(
      ({ state, conditions }) =>
        mayEnforce(modeOf(state)) &&
        ([
          conditions?.clientApplications?.includeServicePrincipals,
          conditions?.clientApplications?.includeAgentIdServicePrincipals,
        ].some((list) => texts(list).length > 0) ||
          lostLists(conditions).some(
            ({ condition, side }) => condition === 'clientApplications' && side === 'include',
          )),
    )
  );
}

const UNSEEN_WORKLOADS: Unprovable = {
  message: 'policies reach service principals, and those of the tenant are not known, so nothing can be proved of it',
  hint: 'import them (`gsa import servicePrincipals.json`; `gsa import --requests` prints how to export them), or say that there are none: `gsa tenant set --known servicePrincipals`',
};

const UNSEEN: Unprovable = {
  message: 'not all policies of the tenant are known, so nothing can be proved of it',
  hint: 'import them (`gsa import policies.json`), or say that there are no others: `gsa tenant set --known policies`',
};
