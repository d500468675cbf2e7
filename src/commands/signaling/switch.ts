import { analyseDependencies } from '../../core/dependencies/analyse.ts';
import type { PolicyDependency } from '../../core/dependencies/dependency.ts';
import { enforcedDependents } from '../../core/dependencies/enforced.ts';
import { openFactsOfSwitch } from '../../core/dependencies/settling.ts';
import { prerequisites } from '../../core/signaling/prerequisites.ts';
import { isListKnown } from '../../core/tenant/knowledge.ts';
import type { Plan } from '../../core/tenant/plans/change.ts';
import { objectChanges } from '../../core/tenant/plans/object-changes.ts';
import { joinPlans, planDeletePolicies, planReportOnly, planSignaling } from '../../core/tenant/plans/objects.ts';
import { planToSave, savedPlanText } from '../../core/tenant/plans/saved-plan.ts';
import { readOnlyWarnings } from '../../core/tenant/read-only-policies.ts';
import type { SignalingStatus, Tenant } from '../../core/tenant/tenant.ts';
import type { SignalingSwitchReport } from '../../output/reports/signaling/signaling.ts';
import type { Prompter } from '../../shell/context.ts';
import type { Session } from '../../shell/session.ts';
import type { StoredTenant } from '../../store/types.ts';
import { acting, mayAct } from '../acting.ts';
import type { Result } from '../command.ts';
import { changed } from '../command.ts';
import { commandText, tenantWords } from '../command-text.ts';
import { dependentPolicy } from '../dependents.ts';
import { askRemedy } from './ask-remedy.ts';
import { loggedReach } from './logged-reach.ts';
import type { Choice, Remedy, Treated } from './remedy.ts';
import { policiesText, treated } from './remedy.ts';

/** What is asked of a switch. */
export interface SwitchRequest {
  /** What the options say of the dependents; `undefined`: nothing, so that a person is asked. */
  readonly remedy?: Remedy | undefined;
  readonly dryRun: boolean;
  /** The file that the plan is written to; only with `dryRun`. */
  readonly save?: string | undefined;
}

/**
 * Switches signaling, unless the status is so already. The plan is made from one serial and written only on that serial; rights
 * for every step are checked before anything is asked; policies come first, then the switch, in one write.
 */
export async function switchSignaling(session: Session, to: SignalingStatus, request: SwitchRequest): Promise<Result> {
  const { remedy, dryRun, save } = request;
  const store = session.tenants();
  const stored = store.read();
  const { tenant, serial } = stored;
  const from = tenant.globalSecureAccess.conditionalAccess.signalingStatus;
  const changesPolicies = remedy?.delete !== undefined || remedy?.reportOnly !== undefined;
  const actor = acting(session, tenant, [
    'signaling.write',
    ...(changesPolicies ? (['policy.read', 'policy.write'] as const) : []),
  ]);
  const report = (part: Partial<SignalingSwitchReport>): Result['report'] => ({
    kind: 'signalingSwitch',
    data: {
      signalingStatus: { from, to },
      applied: false,
      dryRun,
      asked: false,
      dependentPolicies: [],
      notKnown: [],
      deletedPolicies: [],
      reportOnlyPolicies: [],
      keptPolicies: [],
      addedLocations: [],
      warnings: [],
      logged: null,
      savedTo: null,
      ...part,
    },
  });
  if (from === to) return { report: report({}) };
  // Whatever can refuse does so before anything is asked.
  if (!dryRun) store.checkWritable();

  const analysis = analyseDependencies(tenant);
  const dependents = enforcedDependents(analysis, to);
  const notKnown = openFactsOfSwitch(tenant, dependents, to);
  const unmet = to === 'enabled' ? prerequisites(tenant).filter(({ holds }) => holds !== 'yes') : [];
  const shown = {
    dependentPolicies: dependents.map((dependency) => dependentPolicy(dependency, to)),
    notKnown,
    warnings: [
      ...unmet.map(({ name, holds, detail }) => `${name}: ${holds === 'no' ? 'not met' : 'not known'}, ${detail}`),
      ...analysis.warnings
        // What is not known stands beside the dependents already, with what settles it.
        .filter(({ code, onSwitchTo }) => code !== 'unknownEffect' && (onSwitchTo === undefined || onSwitchTo === to))
        .map(({ message }) => message),
    ],
    logged: to === 'disabled' && dependents.length > 0 ? await loggedReach(session, tenant, to) : null,
  };
  if (unmet.some(({ holds }) => holds === 'no')) {
    return { report: report(shown), verdict: 'refused', hint: 'a prerequisite is not met; nothing was written' };
  }

  const choice =
    to === 'enabled' || dependents.length + notKnown.length === 0
      ? NOTHING
      : await choose(session, tenant, dependents, request, { kind: 'switchWarning', data: { ...shown, to } });
  const { asked } = choice;
  if ('refused' in choice) {
    return { report: report({ ...shown, asked }), verdict: 'refused', ...(asked ? {} : { hint: choice.refused }) };
  }

  const dateTime = session.now();
  const plan: Plan = joinPlans([
    planDeletePolicies(tenant, choice.deleted, dateTime),
    planReportOnly(tenant, choice.reportOnly, dateTime),
    planSignaling(tenant, to, dateTime, actor.userPrincipalName),
  ]);
  const done = {
    ...shown,
    asked,
    deletedPolicies: choice.deleted,
    reportOnlyPolicies: choice.reportOnly,
    warnings: [
      ...shown.warnings,
      ...readOnlyWarnings(tenant.policies.filter(({ id }) => choice.reportOnly.includes(id))),
    ],
    keptPolicies:
      choice.deleted.length + choice.reportOnly.length === 0 && remedy?.delete === undefined
        ? []
        : dependents
            .map(({ policyId }) => policyId)
            .filter((id) => ![...choice.deleted, ...choice.reportOnly].includes(id)),
    addedLocations: objectChanges(plan.steps.flatMap(({ changes }) => changes))
      .filter(({ type }) => type === 'NamedLocation')
      .map(({ id, displayName }) => ({ id, displayName })),
  };
  if (save !== undefined) {
    const hint = await savePlan(session, save, plan, stored);
    return { report: report({ ...done, savedTo: save }), hint };
  }
  if (dryRun) return { report: report(done) };
  const next = await store.update(() => plan, {
    expectedSerial: serial,
    signature: session.sign(actor.userPrincipalName, actor.role),
    lockTimeout: session.globals.lockTimeoutMs,
  });
  return {
    report: report({ ...done, applied: true }),
    wrote: changed(next),
    ...(choice.deleted.length > 0
      ? { hint: '`gsa policy restore <policy>` brings a deleted policy back, `gsa undo` takes all of this back' }
      : {}),
  };
}

const HOW_TO_TELL =
  'say what to do with them: --report-only-policies, --delete-policies --yes, or --keep-policies, each with names or for ' +
  'those that are left; --dry-run shows the plan, `gsa impact` who would be stopped';

const NOTHING: Choice = { deleted: [], reportOnly: [], asked: false };

const UNSEEN =
  'policies that nobody has seen cannot be changed: import them, or take --keep-policies; --dry-run shows the plan';

/** Turns the remedy, or a person's answers, into the policies to change. */
async function choose(
  session: Session,
  tenant: Tenant,
  dependents: readonly PolicyDependency[],
  { remedy, dryRun, save }: SwitchRequest,
  warning: Result['report'],
): Promise<Choice> {
  const prompter = await session.prompter();
  if (remedy !== undefined) {
    if (remedy.keep !== 'rest' && !isListKnown(tenant, 'policies')) return { refused: UNSEEN, asked: false };
    const found = treated(tenant, dependents, remedy);
    if ('refused' in found) return { ...found, asked: false };
    // A saved plan deletes nothing yet: `gsa apply` asks.
    return save === undefined ? consented(session, found, dryRun, prompter) : { ...found, asked: false };
  }
  if (prompter === undefined || (dryRun && save === undefined)) return { refused: HOW_TO_TELL, asked: false };
  await session.present(warning);
  const mayChange = dependents.length > 0 && mayAct(session, tenant, ['policy.read', 'policy.write']);
  return askRemedy(prompter, dependents, mayChange);
}

/** Deletion wants a yes, typed or told. */
async function consented(
  { globals }: Session,
  found: Treated,
  dryRun: boolean,
  prompter: Prompter | undefined,
): Promise<Choice> {
  const choice: Choice = { ...found, asked: false };
  if (found.deleted.length === 0 || globals.yes) return choice;
  if (prompter === undefined) return { refused: 'deleting policies wants --yes', asked: false };
  if (dryRun) return choice;
  const agreed = await prompter.confirm(`Delete ${policiesText(found.deleted.length)} and disable signaling?`);
  return agreed ? { ...choice, asked: true } : { refused: 'declined', asked: true };
}

/** Writes the plan as `gsa apply` takes it. */
async function savePlan(session: Session, file: string, plan: Plan, stored: StoredTenant): Promise<string> {
  const made = { at: session.now(), by: session.sign('', '').command };
  await session.writeFile(file, savedPlanText(planToSave(plan, stored, made)));
  return `nothing was written but the plan; \`${commandText(['apply', ...tenantWords(session), file])}\` makes it`;
}
