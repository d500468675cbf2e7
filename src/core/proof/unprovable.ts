import { mayEnforce, modeOf } from '../conditional-access/policy-mode.ts';
import { isListKnown } from '../tenant/knowledge.ts';
import { hasLostLocations } from '../tenant/lost-members.ts';
import type { Tenant } from '../tenant/tenant.ts';

/** Why nothing can be proved, and what would settle it. */
export interface Unprovable {
  readonly message: string;
  readonly hint: string;
}

/**
 * Nothing is proved between tenants of which one has policies that nobody has seen, or one that lost the locations that it includes: any
 * place may be one of them (invariant 11).
 */
export function unprovable(tenants: readonly Tenant[]): Unprovable | undefined {
  if (tenants.some((tenant) => !isListKnown(tenant, 'policies'))) return UNSEEN;
  const lost = tenants
    .flatMap(({ policies }) => policies)
    .find(({ state, conditions }) => mayEnforce(modeOf(state)) && hasLostLocations(conditions));
  if (lost === undefined) return undefined;
  return {
    message: `the export lost the locations of \`${lost.displayName}\`, so nothing can be proved of the tenant`,
    hint: 'export its policies with all members from Microsoft Graph, and import them again: `gsa import policies.json`',
  };
}

const UNSEEN: Unprovable = {
  message: 'not all policies of the tenant are known, so nothing can be proved of it',
  hint: 'import them (`gsa import policies.json`), or say that there are no others: `gsa tenant set --known policies`',
};
