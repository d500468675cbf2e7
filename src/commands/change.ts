import type { Plan } from '../core/tenant/plans/change.ts';
import { applyPlan } from '../core/tenant/plans/edit.ts';
import { objectChanges } from '../core/tenant/plans/object-changes.ts';
import type { Planned } from '../core/tenant/plans/objects.ts';
import type { Operation } from '../core/tenant/roles/roles.ts';
import type { Tenant } from '../core/tenant/tenant.ts';
import { newProblems } from '../core/tenant/validate.ts';
import type { ChangeReport } from '../output/reports/tenant/change.ts';
import type { Invoked, Session } from '../shell/session.ts';
import type { StoredTenant, UpdateOptions } from '../store/types.ts';
import type { ActingAdministrator } from './acting.ts';
import { acting } from './acting.ts';
import type { Result } from './command.ts';
import { changed } from './command.ts';
import { guardSwitch, refusedResult, refusedSwitch } from './guard-switch.ts';
import { takingBack } from './taking-back.ts';

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
  /** Other ways to take the change back, where the hint says these and `gsa undo`. */
  readonly takenBackBy?: readonly string[];
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
  const stored = session.tenants().read();
  const actor = acting(session, stored.tenant, options.operations);
  const planned = plan(stored);
  const report = reportOf(options, warningsOf(stored, planned, options));
  if ('refused' in planned) return refusal(report, planned.refused);
  if (planned.steps.length === 0) return { data: report({ about: null, reason: options.nothing }) };
  const proposal: Proposal = { stored, planned, after: applyPlan(stored.tenant, planned), report };
  if (options.dryRun) return rehearsed(session, proposal);
  session.tenants().checkWritable();
  await guardSwitch(session, stored.tenant, proposal.after);
  const declined = await askedFor(session, proposal, options);
  if (declined !== undefined) return declined;
  return written(session, proposal, actor, plan, options);
}

/** A change that is not refused, before it is made. */
interface Proposal {
  readonly stored: StoredTenant;
  readonly planned: Plan;
  readonly after: Tenant;
  readonly report: ReportWith;
}

type ReportWith = (part: Partial<ChangeReport>) => ChangeReport;

function reportOf({ dryRun, about }: ChangeOptions, warnings: readonly string[]): ReportWith {
  const nothing = { applied: false, dryRun, about: about ?? null, steps: [], warnings, reason: null };
  return (part) => ({ ...nothing, ...part });
}

function warningsOf(stored: StoredTenant, planned: Planned, options: ChangeOptions): readonly string[] {
  const own = options.warnings?.(stored) ?? [];
  return 'refused' in planned ? own : [...own, ...newProblems(stored.tenant, applyPlan(stored.tenant, planned))];
}

function refusal(report: ReportWith, reason: string): Changed {
  return { data: report({ about: null, reason: `Refused: ${reason}.` }), verdict: 'refused' };
}

async function rehearsed(session: Session, { stored, planned, after, report }: Proposal): Promise<Changed> {
  const refused = await refusedSwitch(session, stored.tenant, after);
  const data = report({ steps: stepsOf(planned) });
  return refused === undefined ? { data } : { data, ...refusedResult(refused) };
}

/** Whether somebody has to agree: `--yes` says it beforehand. */
function wantsYes({ globals }: Pick<Invoked, 'globals'>, { question }: ChangeOptions): boolean {
  return question !== undefined && !globals.yes;
}

/** Asks before a change that takes something away; what comes back is why it is not made. */
async function askedFor(
  session: Session,
  { planned, report }: Proposal,
  options: ChangeOptions,
): Promise<Changed | undefined> {
  if (options.question === undefined || !wantsYes(session, options)) return undefined;
  const prompter = await session.prompter();
  const { about, steps, warnings } = report({ steps: stepsOf(planned) });
  if (prompter === undefined)
    return { data: report({ steps }), verdict: 'refused', hint: 'say --yes to do this without being asked' };
  await session.present({ kind: 'plan', data: { about, steps, warnings } });
  if (await prompter.confirm(options.question)) return undefined;
  return { data: report({ steps, reason: 'Declined.' }), verdict: 'refused' };
}

/** Writes the plan; plans again where another process wrote in between and no one was asked. */
async function written(
  session: Session,
  { stored, planned, report }: Proposal,
  actor: ActingAdministrator,
  plan: (stored: StoredTenant) => Planned,
  options: ChangeOptions,
): Promise<Changed> {
  const made: { planned: Planned } = { planned };
  const isOfThisSerial = wantsYes(session, options) || options.write !== undefined;
  const update: UpdateOptions = {
    ...(isOfThisSerial ? { expectedSerial: stored.serial } : {}),
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
  const next = await (options.write?.(update) ?? session.tenants().update(planAgain, update));
  if ('refused' in made.planned) return refusal(report, made.planned.refused);
  return {
    data: report({ steps: stepsOf(made.planned), applied: true }),
    wrote: changed(next),
    ...(options.hint === undefined ? {} : { hint: options.hint }),
    ...(options.takenBackBy === undefined ? {} : takingBack(session, 'this', options.takenBackBy)),
  };
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
