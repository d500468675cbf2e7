import type { View } from '../../view.ts';
import type { ChangeReport } from './change.ts';
import { viewChange } from './change.ts';
import type { TenantReport } from './tenant.ts';

/** A backup that is brought back: the tenant as it is then, and what changed in it. */
export type RestorationReport = TenantReport &
  ChangeReport & {
    readonly backup: {
      readonly path: string;
      readonly serial: number;
      /** The time of the write that made that serial; `null` where the journal does not tell. */
      readonly dateTime: string | null;
    };
  };

export function viewRestoration(report: RestorationReport): View {
  const view = viewChange(report);
  return report.applied ? [...view.slice(0, -1), { block: 'text', text: `Written as serial ${report.serial}.` }] : view;
}
