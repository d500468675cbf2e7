import { parseAddress } from '../network/address.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { AddressFacts } from './attempt.ts';
import { observe, supposingOptions } from './observe.ts';

/** Microsoft Graph, behind every page of the admin center and every command. */
const MICROSOFT_GRAPH = '00000003-0000-0000-c000-000000000000';

/**
 * The address of whoever acts, as the audit log of Microsoft Entra has it (`initiatedBy.user.ipAddress`): with signaling off
 * that of the proxy where the administrator works through Global Secure Access, which is why "audit logs don't reflect accurate
 * location information" then (SEED, SIR-2026). `undefined`: not known.
 */
export function actorAddress(tenant: Tenant): string | undefined {
  const { actingNetwork } = tenant.settings;
  if (actingNetwork === undefined) return undefined;
  const { sourceIpAddress, proxyIpAddress, via } = actingNetwork;
  const network = { via, source: facts(sourceIpAddress), proxy: facts(proxyIpAddress), tunnelOfThisTenant: true };
  const attempt = {
    identity: { kind: 'user' },
    target: { kind: 'application', audiences: [{ appId: MICROSOFT_GRAPH }] },
    network,
    satisfied: {},
  } as const;
  const status = tenant.globalSecureAccess.conditionalAccess.signalingStatus;
  return observe(attempt, status, supposingOptions(tenant)).ipAddress?.text;
}

function facts(text: string | undefined): AddressFacts {
  return { address: text === undefined ? undefined : parseAddress(text) };
}
