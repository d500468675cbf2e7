import { spacedWords } from '../../core/values/spaced-words.ts';
import type { NotImported } from './foreign-objects.ts';
import type { Has } from './member-names.ts';
import { saysSomething } from './member-names.ts';

/**
 * Objects that speak of a person or of an application, and are none: each with members of which it has one, and that no user and no
 * service principal of Graph has (CSDL-beta; the modules of PowerShell that write them without type and context).
 */
const REPORTS: readonly { readonly what: string; readonly members: readonly string[] }[] = [
  {
    what: 'a risk that Identity Protection sees',
    members: ['riskState', 'riskLevel', 'riskLastUpdatedDateTime', 'riskEventType'],
  },
  {
    what: 'a device',
    members: ['deviceName', 'managedDeviceId', 'azureADDeviceId', 'complianceState', 'serialNumber', 'deviceId'],
  },
  {
    what: 'a row of a report on authentication methods',
    members: ['isMfaRegistered', 'isMfaCapable', 'methodsRegistered', 'isSsprRegistered', 'authMethods'],
  },
  {
    what: 'a mailbox or another recipient of Exchange Online',
    members: ['recipientTypeDetails', 'recipientType', 'externalDirectoryObjectId'],
  },
  {
    what: 'a row of a usage report',
    members: ['reportRefreshDate', 'reportPeriod', 'lastActivityDate', 'assignedProducts'],
  },
];

/** The report that an object is a part of, where it might be one of a list; `undefined`: none that is known. */
export function reportOnPeople(has: Has, list: 'users' | 'servicePrincipals'): NotImported | undefined {
  const report = REPORTS.find(({ members }) => members.some((name) => saysSomething(has(name))));
  if (report === undefined) return undefined;
  return {
    code: 'otherReport',
    message: `is ${report.what}, and none of the ${spacedWords(list)} of Microsoft Graph: export \`${list}\``,
  };
}
