import type { ObjectChange } from '../../../core/tenant/plans/object-changes.ts';
import { fateText } from '../../changed-objects.ts';
import type { Block, View } from '../../view.ts';
import { dim, good, strong, warning } from '../../view.ts';

/** A change of the tenant: its steps as the audit journal names them. */
export type ChangeReport = PlanReport & {
  readonly applied: boolean;
  readonly dryRun: boolean;
  /** Why there was nothing to do, or why it was refused. */
  readonly reason: string | null;
};

/** A plan, as a person is shown it before the question whether to do it. */
export type PlanReport = {
  /** What the plan as a whole does, where its steps do not tell. */
  readonly about: string | null;
  readonly steps: readonly PlannedStep[];
  readonly warnings: readonly string[];
};

export interface PlannedStep {
  readonly activity: string;
  readonly target: string;
  readonly id: string;
  /** The objects and settings that the step changes, by name. */
  readonly objects: readonly ObjectChange[];
  /** The same as slots of the tenant file, with the whole values. */
  readonly changes: readonly {
    /** The list of the item that changes, and its id there; absent for a setting. */
    readonly list?: string;
    readonly id?: string;
    /** The setting that changes; absent for an item of a list. */
    readonly setting?: string;
    readonly before: unknown;
    readonly after: unknown;
  }[];
}

export function viewChange(report: ChangeReport): View {
  const blocks = [...planBlocks(report, report.applied ? 'Done' : 'Step')];
  if (report.reason !== null) blocks.push({ block: 'text', text: report.reason });
  if (report.applied) blocks.push({ block: 'text', text: good('Written.') });
  else if (report.dryRun) blocks.push({ block: 'text', text: 'Dry run: nothing was written.' });
  else blocks.push({ block: 'text', text: 'Nothing was written.' });
  return blocks;
}

export function viewPlan(report: PlanReport): View {
  return planBlocks(report, 'Step');
}

/** A row for each object: what a plan changes is never told by the name of the step alone. */
export function planBlocks({ about, steps, warnings }: PlanReport, header: string): Block[] {
  const blocks: Block[] = [];
  if (about !== null) blocks.push({ block: 'text', text: about });
  if (steps.length > 0) {
    blocks.push({
      block: 'table',
      columns: [{ header }, { header: 'Target' }, { header: 'Change' }, { header: 'Id', dropOrder: 1 }],
      rows: steps.flatMap(({ activity, target, id, objects }) =>
        objects.length === 0
          ? [[activity, strong(target), '', dim(id)]]
          : objects.map((object) => [activity, strong(object.displayName), fateText(object), dim(object.id)]),
      ),
      empty: '',
    });
  }
  if (warnings.length > 0) blocks.push({ block: 'list', items: warnings.map((text) => [warning('warning: '), text]) });
  return blocks;
}
