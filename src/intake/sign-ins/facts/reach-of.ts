import { recordedOutcomeOf } from '../../../core/conditional-access/record/recorded-outcome.ts';
import type { Reach } from '../../../core/signaling/attempt.ts';
import { integerOf, isMembers, textOf } from './members.ts';
import type { PartOf } from './record-part.ts';
import { tenantIn } from './tenant-in.ts';

/** Members that say whether a sign-in came as far as this tenant's policies. */
export const REACH_MEMBERS = [
  'status',
  'conditionalAccessStatus',
  'tokenIssuerType',
  'homeTenantId',
  'resourceTenantId',
  'crossTenantAccessType',
  'userType',
] as const;

/** Issuers that are no Microsoft Entra ID; the others are it, also from its backup. */
const FEDERATED: ReadonlySet<string> = new Set([
  'adfederationservices',
  'adfederationservicesmfaadapter',
  'npsextension',
]);

/** `undefined` where the record says nothing of it. */
export function reachOf(record: PartOf<typeof REACH_MEMBERS>): Reach | undefined {
  const errorCode = isMembers(record.status) ? integerOf(record.status['errorCode']) : undefined;
  const status = textOf(record.conditionalAccessStatus)?.toLowerCase();
  const homeTenantId = tenantIn(record['homeTenantId']);
  const resourceTenantId = tenantIn(record['resourceTenantId']);
  const isFederated = FEDERATED.has(textOf(record['tokenIssuerType'])?.toLowerCase() ?? '');
  const isAbroad = homeTenantId !== undefined && resourceTenantId !== undefined && homeTenantId !== resourceTenantId;
  const outcome = recordedOutcomeOf(errorCode, status);
  if ((errorCode === undefined || errorCode === 0) && outcome === undefined && !isFederated && !isAbroad)
    return undefined;
  return {
    errorCode,
    outcome,
    wasJudged: status === 'success' || status === 'failure',
    isFederated,
    homeTenantId,
    resourceTenantId,
    looksOutbound:
      isAbroad &&
      status === 'notapplied' &&
      record.userType === 'member' &&
      textOf(record['crossTenantAccessType'])?.toLowerCase().startsWith('b2b') === true,
  };
}
