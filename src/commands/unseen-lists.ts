import type { KnowableList, MarkedList } from '../core/tenant/knowledge.ts';
import { isListKnown } from '../core/tenant/knowledge.ts';
import type { Tenant } from '../core/tenant/tenant.ts';

const IN_WORDS: { readonly [list in MarkedList]: string } = {
  policies: 'policies',
  namedLocations: 'named locations',
};

const SETTLED_BY: { readonly [list in KnowableList]?: string } = {
  policies: 'not all policies are known; `gsa import policies.json`, or `gsa tenant set --known policies`, settles it',
  namedLocations:
    'not all named locations are known; `gsa import namedLocations.json`, or `gsa tenant set --known namedLocations`, settles it',
  mfaTrustedIps:
    'the MFA trusted IPs are not known; `gsa tenant set --mfa-trusted-ips none`, or your ranges, settles it',
};

/** What is said of a list that holds nothing: that there is none, or that nobody has seen any. */
export function emptyList(tenant: Tenant, list: MarkedList): string {
  const none = `The tenant has no ${IN_WORDS[list]}`;
  return isListKnown(tenant, list) ? `${none}.` : `${none} that are known.`;
}

/** Tells beside a list that the tenant may have more, and what settles it. */
export function hintOfUnseen(tenant: Tenant, ...lists: readonly KnowableList[]): { readonly hint?: string } {
  const hints = lists.flatMap((list) => (isListKnown(tenant, list) ? [] : (SETTLED_BY[list] ?? [])));
  return hints.length === 0 ? {} : { hint: hints.join('; ') };
}
