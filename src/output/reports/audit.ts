import { differences } from '../differences.ts';
import type { View } from '../view.ts';
import { dim, strong } from '../view.ts';

/** Entries of the audit journal in Graph's `directoryAudit` shape, newest first. */
export type AuditReport = {
  readonly value: readonly AuditRow[];
};

export interface AuditRow {
  readonly activityDateTime: string;
  readonly activityDisplayName: string;
  readonly loggedByService: string;
  readonly initiatedBy: { readonly user: { readonly userPrincipalName: string } };
  readonly targetResources: readonly {
    readonly displayName: string;
    readonly modifiedProperties: readonly {
      readonly displayName: string;
      readonly oldValue: string | null;
      readonly newValue: string | null;
    }[];
  }[];
  readonly gsa: { readonly serialBefore: number; readonly serialAfter: number };
}

export function viewAudit(report: AuditReport): View {
  return [
    {
      block: 'table',
      columns: [
        { header: 'Time', rigid: true },
        { header: 'Activity' },
        { header: 'Target', overflow: 'cut' },
        { header: 'Change' },
        { header: 'By', overflow: 'cut', dropOrder: 1 },
        { header: 'Serial', align: 'right', dropOrder: 2 },
      ],
      rows: report.value.map((entry) => [
        entry.activityDateTime.replace(/\.\d+/, ''),
        strong(entry.activityDisplayName),
        entry.targetResources.map(({ displayName }) => displayName).join(', '),
        entry.targetResources.flatMap(({ modifiedProperties }) => modifiedProperties.flatMap(changeTexts)).join(', '),
        entry.initiatedBy.user.userPrincipalName,
        dim(`${entry.gsa.serialBefore} → ${entry.gsa.serialAfter}`),
      ]),
      empty: 'The audit journal has no entries.',
    },
  ];
}

type Property = AuditRow['targetResources'][number]['modifiedProperties'][number];

function changeTexts({ displayName, oldValue, newValue }: Property): readonly string[] {
  return differences(displayName.split('.').at(-1) ?? displayName, parsed(oldValue), parsed(newValue));
}

function parsed(json: string | null): unknown {
  try {
    return json === null ? undefined : JSON.parse(json);
  } catch {
    return json;
  }
}
