import type { Plan } from '../core/tenant/plans/change.ts';
import { applyPlan } from '../core/tenant/plans/edit.ts';
import { objectChanges } from '../core/tenant/plans/object-changes.ts';
import type { Planned } from '../core/tenant/plans/objects.ts';
import type { Operation } from '../core/tenant/roles/roles.ts';
import type { Tenant } from '../core/tenant/tenant.ts';
import { validateTenant } from '../core/tenant/validate.ts';
import type { ChangeReport } from '../output/reports/tenant/change.ts';
import type { Session } from '../shell/session.ts';
import type { StoredTenant, UpdateOptions } from '../store/types.ts';
import { acting } from './acting.ts';
import type { Result } from './command.ts';
import { changed } from './command.ts';
import { guardSwitch, refusedResult, refusedSwitch } from './guard-switch.ts';

export interface ChangeOptions {
  readonly dryRun: boolean;
  /** Rights that every step together needs. */
  readonly operations: readonly Operation[];
  readonly warnings?: (stored: StoredTenant) => readonly string[];
  /** What the plan as a whole does, where its steps do not tell. */
  readonly about?: string;
  /** The text for an empty plan. */
  readonly nothing: string;
  /** The question that a terminal gets before a change that takes something away; elsewhere `--yes` is required. */
  readonly question?: string;
  readonly hint?: string;
  /** Writes in place of the plan what no plan can say: a whole file. */
  readonly write?: (options: UpdateOptions) => Promise<StoredTenant>;
}

/** What came of a change: its report, and what a command returns with it. */
export interface Changed extends Omit<Result, 'report'> {
  readonly data: ChangeReport;
}

/** {@link changeTenant}, for a command whose report is the change and nothing else. */
export async function change(
  session: Session,
  plan: (stored: StoredTenant) => Planned,
  options: ChangeOptions,
): Promise<Result> {
  const { data, ...result } = await changeTenant(session, plan, options);
  return { report: { kind: 'change', data }, ...result };
}

/**
 * Makes a plan from the tenant as it stands, and writes it in one go. Rights come first, then refusals, then the question,
 * then the write. What a person agreed to is written on the tenant that they were shown, or not at all; a command that asked
 * nobody plans again on what another process left, so that many of them at once all come through.
 */
export async function changeTenant(
  session: Session,
  plan: (stored: StoredTenant) => Planned,
  options: ChangeOptions,
): Promise<Changed> {
  const store = session.tenants();
  const stored = store.read();
  const actor = acting(session, stored.tenant, options.operations);
  const planned = plan(stored);
  const warnings = [
    ...(options.warnings?.(stored) ?? []),
    ...('refused' in planned ? [] : newProblems(stored.tenant, applyPlan(stored.tenant, planned))),
  ];
  const about = options.about ?? null;
  const report = (part: Partial<ChangeReport>): ChangeReport => ({
    applied: false,
    dryRun: options.dryRun,
    about,
    steps: [],
    warnings,
    reason: null,
    ...part,
  });
  const refusal = (reason: string): Changed => ({
    data: report({ about: null, reason: `Refused: ${reason}.` }),
    verdict: 'refused',
  });
  if ('refused' in planned) return refusal(planned.refused);
  const steps = stepsOf(planned);
  if (steps.length === 0) return { data: report({ about: null, reason: options.nothing }) };
  const after = applyPlan(stored.tenant, planned);
  if (options.dryRun) {
    const refused = await refusedSwitch(session, stored.tenant, after);
    return refused === undefined ? { data: report({ steps }) } : { data: report({ steps }), ...refusedResult(refused) };
  }
  store.checkWritable();
  await guardSwitch(session, stored.tenant, after);
  const asks = options.question !== undefined && !session.globals.yes;
  if (asks) {
    const prompter = await session.prompter();
    if (prompter === undefined)
      return { data: report({ steps }), verdict: 'refused', hint: 'say --yes to do this without being asked' };
    await session.present({ kind: 'plan', data: { about, steps, warnings } });
    if (!(await prompter.confirm(options.question)))
      return { data: report({ steps, reason: 'Declined.' }), verdict: 'refused' };
  }
  const made: { planned: Planned } = { planned };
  const update: UpdateOptions = {
    ...(asks || options.write !== undefined ? { expectedSerial: stored.serial } : {}),
    signature: session.sign(actor.userPrincipalName, actor.role),
    lockTimeout: session.globals.lockTimeoutMs,
  };
  const planAgain = (current: StoredTenant) => {
    if (current.serial !== stored.serial) {
      acting(session, current.tenant, options.operations);
      made.planned = plan(current);
    }
    return 'refused' in made.planned ? NO_CHANGE : made.planned;
  };
  const next = options.write === undefined ? await store.update(planAgain, update) : await options.write(update);
  if ('refused' in made.planned) return refusal(made.planned.refused);
  return {
    data: report({ steps: stepsOf(made.planned), applied: true }),
    wrote: changed(next),
    ...(options.hint === undefined ? {} : { hint: options.hint }),
  };
}

/** What does not fit after a change and did before: said, not refused, for Graph takes it too. */
function newProblems(before: Tenant, after: Tenant): readonly string[] {
  const old = new Set(validateTenant(before).map(({ message }) => message));
  return [...new Set(validateTenant(after).map(({ message }) => message))].filter((message) => !old.has(message));
}

const NO_CHANGE: Plan = { steps: [] };

/** A plan as it is shown, each object by its name. */
export function stepsOf(plan: Plan): ChangeReport['steps'] {
  return plan.steps.map(({ activity, changes }) => ({
    activity: activity.activityDisplayName,
    target: activity.targetResources.map(({ displayName }) => displayName).join(', '),
    id: activity.targetResources.map(({ id }) => id).join(', '),
    objects: objectChanges(changes, activity.targetResources),
    changes,
  }));
}
