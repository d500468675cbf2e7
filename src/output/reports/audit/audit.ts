import type { SlotChange } from '../../../core/tenant/plans/change.ts';
import { objectsIn } from '../../../core/tenant/plans/history.ts';
import type { ObjectChange } from '../../../core/tenant/plans/object-changes.ts';
import { objectChanges } from '../../../core/tenant/plans/object-changes.ts';
import { fateText } from '../../changed-objects.ts';
import type { View } from '../../view.ts';
import { bad, dim, strong } from '../../view.ts';

/** Entries of the audit journal in Graph's `directoryAudit` shape, newest first. */
export type AuditReport = {
  readonly value: readonly AuditRow[];
};

export interface AuditRow {
  readonly activityDateTime: string;
  readonly activityDisplayName: string;
  readonly loggedByService: string;
  readonly initiatedBy: { readonly user: { readonly userPrincipalName: string; readonly ipAddress?: string | null } };
  readonly targetResources: readonly { readonly id: string; readonly displayName: string; readonly type: string }[];
  /** `failure`: the attempt was denied, for the reason that stands beside it. */
  readonly result: 'success' | 'failure';
  readonly resultReason?: string;
  /** Absent where nothing was changed. */
  readonly gsa?: {
    readonly serialBefore: number;
    readonly serialAfter: number;
    readonly changes: readonly SlotChange[];
  };
}

/** How many objects of one entry are told; `-o json` has them all. */
const TOLD = 3;

export function viewAudit(report: AuditReport): View {
  return [
    {
      block: 'table',
      columns: [
        { header: 'Time', rigid: true },
        { header: 'Activity' },
        { header: 'Target', overflow: 'cut' },
        { header: 'Change', belowFrom: 0 },
        { header: 'By', overflow: 'cut' },
        { header: 'IP address', dropOrder: 2 },
        { header: 'Serial', align: 'right', dropOrder: 1 },
      ],
      rows: report.value.map((entry) => [
        entry.activityDateTime.replace(/\.\d+/, ''),
        entry.result === 'failure' ? bad(entry.activityDisplayName) : strong(entry.activityDisplayName),
        objectsIn(entry.targetResources)
          .map(({ displayName }) => displayName)
          .join(', '),
        entry.gsa === undefined
          ? (entry.resultReason ?? '')
          : changeText(objectChanges(entry.gsa.changes, entry.targetResources)),
        entry.initiatedBy.user.userPrincipalName,
        entry.initiatedBy.user.ipAddress ?? dim('not known'),
        dim(entry.gsa === undefined ? 'none' : `${entry.gsa.serialBefore} → ${entry.gsa.serialAfter}`),
      ]),
      empty: 'The audit journal has no entries.',
    },
  ];
}

/** One object is named by the target already; several are named here. */
function changeText(objects: readonly ObjectChange[]): string {
  const [first, ...others] = objects;
  if (first === undefined) return '';
  if (others.length === 0) return fateText(first);
  const told = objects.slice(0, TOLD).map((object) => `${object.displayName}: ${fateText(object)}`);
  return [...told, ...(objects.length > TOLD ? [`and ${objects.length - TOLD} more`] : [])].join('; ');
}
