import type { Plan } from './change.ts';

/**
 * A plan in a file, made on one machine and applied later, perhaps by somebody else: what `--save` writes and `gsa apply`
 * takes. Lineage and serial say of which tenant in which state it was made, so that it is never applied to another by mistake.
 */
export interface SavedPlan {
  readonly schemaVersion: typeof SAVED_PLAN_VERSION;
  readonly kind: typeof SAVED_PLAN_KIND;
  /** Lineage of the tenant file that the plan was made from. */
  readonly lineage: string;
  /** Serial of the tenant file that the plan was made from. */
  readonly serial: number;
  /** RFC 3339. */
  readonly madeAt: string;
  /** The command line that made it. */
  readonly madeBy: string;
  /** What it does, in order; each step with the slots that it changes, before and after. */
  readonly steps: Plan['steps'];
}

export const SAVED_PLAN_VERSION = 1;

/** Tells a plan from every other JSON file. */
export const SAVED_PLAN_KIND = 'gsa.plan';

/** The plan as it goes into a file. */
export function planToSave(
  { steps }: Plan,
  from: { readonly lineage: string; readonly serial: number },
  made: { readonly at: string; readonly by: string },
): SavedPlan {
  return {
    schemaVersion: SAVED_PLAN_VERSION,
    kind: SAVED_PLAN_KIND,
    lineage: from.lineage,
    serial: from.serial,
    madeAt: made.at,
    madeBy: made.by,
    steps,
  };
}

/** The text of the file: JSON that people can read and compare. */
export function savedPlanText(plan: SavedPlan): string {
  return `${JSON.stringify(plan, null, 2)}\n`;
}
