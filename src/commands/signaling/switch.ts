import { openStatus } from '../../core/dependencies/open-facts.ts';
import type { SwitchFindings } from '../../core/dependencies/switch-findings.ts';
import { switchFindings } from '../../core/dependencies/switch-findings.ts';
import type { Plan } from '../../core/tenant/plans/change.ts';
import { applyPlan } from '../../core/tenant/plans/edit.ts';
import { planToSave, savedPlanText } from '../../core/tenant/plans/saved-plan.ts';
import type { SwitchPlan, TreatedPolicies } from '../../core/tenant/plans/switch.ts';
import { planSwitch } from '../../core/tenant/plans/switch.ts';
import type { Operation } from '../../core/tenant/roles/roles.ts';
import type { SignalingStatus, Tenant } from '../../core/tenant/tenant.ts';
import { isSignalingStatusAssumed } from '../../core/tenant/tenant.ts';
import type { SignalingSwitchReport } from '../../output/reports/signaling/signaling.ts';
import type { Session } from '../../shell/session.ts';
import type { StoredTenant } from '../../store/types.ts';
import type { ActingAdministrator } from '../acting.ts';
import { acting } from '../acting.ts';
import type { Result } from '../command.ts';
import { changed } from '../command.ts';
import { dependentPolicy } from '../dependents.ts';
import { savedPlanHint } from '../saved-plan-hint.ts';
import { takingBack } from '../taking-back.ts';
import type { SwitchRequest } from './choose-treatment.ts';
import { chooseTreatment, NOTHING } from './choose-treatment.ts';
import { loggedReach } from './logged-reach.ts';
import { holdBudget } from './mend.ts';
import type { Remedy } from './remedy.ts';

/**
 * Switches signaling, unless it is known that the status is so already. The plan is made from one serial and written only on that
 * serial; rights for every step are checked before anything is asked; policies come first, then the switch, in one write.
 */
export async function switchSignaling(session: Session, to: SignalingStatus, request: SwitchRequest): Promise<Result> {
  const stored = session.tenants().read();
  const { tenant } = stored;
  const actor = acting(session, tenant, operationsFor(request.remedy));
  const isKnown = !isSignalingStatusAssumed(tenant);
  const report = reportOf(statusOf(tenant), isKnown, to, request.dryRun);
  if (isKnown && statusOf(tenant) === to) return { report: report({}) };
  // Whatever can refuse does so before anything is asked.
  if (!request.dryRun) session.tenants().checkWritable();
  const found = switchFindings(tenant, to);
  const findings = { ...found, notKnown: [...openStatus(tenant, to), ...found.notKnown] };
  const shown = await shownBefore(session, tenant, findings, to);
  if (findings.lacksPrerequisite) {
    return { report: report(shown), verdict: 'refused', hint: 'a prerequisite is not met; nothing was written' };
  }
  const warning = { kind: 'switchWarning', data: { ...shown, to } } as const;
  const choice = to === 'enabled' ? NOTHING : await chooseTreatment(session, tenant, findings, request, warning);
  const { asked } = choice;
  if ('refused' in choice) {
    return { report: report({ ...shown, asked }), verdict: 'refused', ...(asked ? {} : { hint: choice.refused }) };
  }
  const planned = planSwitch(tenant, to, choice, { at: session.now(), by: actor.userPrincipalName });
  if (request.budget !== undefined) holdBudget(tenant, applyPlan(tenant, planned.plan), request.budget);
  const done = { ...shown, asked, ...told(planned, choice, findings, request.remedy, shown.warnings) };
  if (request.save !== undefined) {
    const hint = await savePlan(session, request.save, planned.plan, stored);
    return { report: report({ ...done, savedTo: request.save }), hint };
  }
  if (request.dryRun) return { report: report(done) };
  const next = await write(session, stored, planned.plan, actor);
  return {
    report: report({ ...done, applied: true }),
    wrote: changed(next),
    ...(choice.deleted.length > 0 ? takingBack(session, 'all of this', [RESTORED]) : {}),
  };
}

const RESTORED = '`gsa policy restore <policy>` brings a deleted policy back';

function statusOf({ globalSecureAccess }: Tenant): SignalingStatus {
  return globalSecureAccess.conditionalAccess.signalingStatus;
}

function operationsFor(remedy: Remedy | undefined): readonly Operation[] {
  const changesPolicies = remedy?.delete !== undefined || remedy?.reportOnly !== undefined;
  return changesPolicies ? ['signaling.write', 'policy.read', 'policy.write'] : ['signaling.write'];
}

/** The report of a switch that does nothing, with a part of it replaced. */
function reportOf(from: SignalingStatus, isKnown: boolean, to: SignalingStatus, dryRun: boolean) {
  return (part: Partial<SignalingSwitchReport>): Result['report'] => ({
    kind: 'signalingSwitch',
    data: {
      signalingStatus: { from, to },
      isSignalingStatusKnown: isKnown,
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
}

async function shownBefore(
  session: Session,
  tenant: Tenant,
  { dependents, notKnown, warnings }: SwitchFindings,
  to: SignalingStatus,
): Promise<Pick<SignalingSwitchReport, 'dependentPolicies' | 'notKnown' | 'warnings' | 'logged'>> {
  return {
    dependentPolicies: dependents.map((dependency) => dependentPolicy(dependency, to)),
    notKnown,
    warnings,
    logged: to === 'disabled' && dependents.length > 0 ? await loggedReach(session, tenant, to) : null,
  };
}

/** What is told of a plan. Policies are told as kept only where others are changed, or could have been deleted. */
function told(
  { addedLocations, warnings }: SwitchPlan,
  { deleted, reportOnly }: TreatedPolicies,
  { dependents }: SwitchFindings,
  remedy: Remedy | undefined,
  before: readonly string[],
): Partial<SignalingSwitchReport> {
  const changes = [...deleted, ...reportOnly];
  const tellsKept = changes.length > 0 || remedy?.delete !== undefined;
  const kept = dependents.map(({ policyId }) => policyId).filter((id) => !changes.includes(id));
  return {
    deletedPolicies: deleted,
    reportOnlyPolicies: reportOnly,
    keptPolicies: tellsKept ? kept : [],
    addedLocations,
    warnings: [...before, ...warnings],
  };
}

function write(session: Session, { serial }: StoredTenant, plan: Plan, actor: ActingAdministrator) {
  return session.tenants().update(() => plan, {
    expectedSerial: serial,
    signature: session.sign(actor.userPrincipalName, actor.role),
    lockTimeout: session.globals.lockTimeoutMs,
  });
}

/** Writes the plan as `gsa apply` takes it. */
async function savePlan(session: Session, file: string, plan: Plan, stored: StoredTenant): Promise<string> {
  const made = { at: session.now(), by: session.sign('', '').command };
  await session.writeFile(file, savedPlanText(planToSave(plan, stored, made)));
  return await savedPlanHint(session, file, stored.tenant, plan);
}
