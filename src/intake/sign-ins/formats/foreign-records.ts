import type { Members } from '../facts/members.ts';
import { isMembers } from '../facts/members.ts';
import { isSignInCategory } from './azure-monitor.ts';

/** An object that is no sign-in. `wholeFile`: the first record of a file shows that the others are none either. */
export interface Foreign {
  readonly reason: string;
  /** What it is, to follow "holds" for a file. */
  readonly message: string;
  readonly wholeFile: boolean;
}

/** Kinds of objects that people export beside sign-ins, each with what gives it away. The first that fits names it. */
const KINDS: readonly {
  readonly reason: string;
  readonly holds: string;
  readonly fits: (record: Members) => boolean;
}[] = [
  {
    reason: 'errorResponse',
    holds: 'an error response of Graph instead of data',
    fits: ({ error }) => isMembers(error) && 'code' in error,
  },
  {
    reason: 'policies',
    holds: 'Conditional Access policies, not sign-ins: `gsa import` reads them',
    fits: (record) => isMembers(record['conditions']) && ('grantControls' in record || 'state' in record),
  },
  {
    reason: 'namedLocations',
    holds: 'named locations, not sign-ins: `gsa import` reads them',
    fits: (record) => 'ipRanges' in record || 'countriesAndRegions' in record || 'compliantNetworkType' in record,
  },
  {
    reason: 'trafficLog',
    holds: 'a Global Secure Access traffic log: give it with --gsa-traffic',
    fits: (record) => 'trafficType' in record && 'deviceCategory' in record,
  },
  {
    reason: 'auditLog',
    holds: 'an audit log, not a sign-in log',
    fits: (record) => 'activityDisplayName' in record || 'ActivityDisplayName' in record,
  },
  {
    reason: 'alertSummary',
    holds: 'alerts or incidents, not the sign-ins that they are about',
    fits: (record) => ['alertDisplayName', 'AlertName', 'incidentNumber', 'alertRuleId'].some((name) => name in record),
  },
  {
    reason: 'riskDetections',
    holds: 'risk detections, not sign-ins',
    fits: (record) => 'riskEventType' in record && 'detectionTimingType' in record,
  },
  {
    reason: 'detectionRule',
    holds: 'a detection rule, not a sign-in log',
    fits: (record) => 'detection' in record && 'logsource' in record,
  },
  {
    reason: 'directory',
    holds: 'directory objects, not sign-ins: `gsa import` reads them',
    fits: (record) => 'accountEnabled' in record || 'securityEnabled' in record || 'roleTemplateId' in record,
  },
];

export function nameForeign(record: Members): Foreign {
  const kind = KINDS.find(({ fits }) => fits(record));
  if (kind !== undefined) return { reason: kind.reason, message: `holds ${kind.holds}`, wholeFile: true };
  const category = record['category'] ?? record['Category'];
  if (typeof category === 'string' && isMembers(record['properties']) && !isSignInCategory(category)) {
    return { reason: 'notASignIn', message: 'is a diagnostic record of another category', wholeFile: false };
  }
  return { reason: 'notASignIn', message: 'has neither the time nor the names of a sign-in', wholeFile: false };
}
