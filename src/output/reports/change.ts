import { differences } from '../differences.ts';
import type { Block, View } from '../view.ts';
import { dim, good, strong, warning } from '../view.ts';

/** A change of the tenant: its steps as the audit journal names them. */
export type ChangeReport = {
  readonly applied: boolean;
  readonly dryRun: boolean;
  readonly steps: readonly {
    readonly activity: string;
    readonly target: string;
    readonly id: string;
    readonly changes: readonly {
      /** The setting that changes; absent for an item of a list. */
      readonly setting?: string;
      readonly before: unknown;
      readonly after: unknown;
    }[];
  }[];
  readonly warnings: readonly string[];
  /** Why there was nothing to do, or why it was refused. */
  readonly reason: string | null;
};

export function viewChange(report: ChangeReport): View {
  const blocks: Block[] = [];
  if (report.steps.length > 0) {
    blocks.push({
      block: 'table',
      columns: [
        { header: report.applied ? 'Done' : 'Step' },
        { header: 'Target' },
        { header: 'Change' },
        { header: 'Id', dropOrder: 1 },
      ],
      rows: report.steps.map(({ activity, target, id, changes }) => [
        activity,
        strong(target),
        [...new Set(changes.flatMap(changeTexts))].join(', '),
        dim(id),
      ]),
      empty: '',
    });
  }
  if (report.warnings.length > 0)
    blocks.push({ block: 'list', items: report.warnings.map((text) => [warning('warning: '), text]) });
  if (report.reason !== null) blocks.push({ block: 'text', text: report.reason });
  if (report.applied) blocks.push({ block: 'text', text: good('Written.') });
  else if (report.dryRun) blocks.push({ block: 'text', text: 'Dry run: nothing was written.' });
  else blocks.push({ block: 'text', text: 'Nothing was written.' });
  return blocks;
}

/** Of an object that stays, what differs; one that comes or goes is told by the activity. */
function changeTexts({ setting, before, after }: ChangeReport['steps'][number]['changes'][number]): readonly string[] {
  return setting === undefined && (before === null || after === null) ? [] : differences(setting ?? '', before, after);
}
