import { analyseDependencies } from '../../core/dependencies/analyse.ts';
import type { PolicyDependency } from '../../core/dependencies/dependency.ts';
import { enforcedDependents } from '../../core/dependencies/enforced.ts';
import { openFactsOfSwitch } from '../../core/dependencies/settling.ts';
import { prerequisites } from '../../core/signaling/prerequisites.ts';
import { isListKnown } from '../../core/tenant/knowledge.ts';
import { findPolicy } from '../../core/tenant/lookup.ts';
import type { Plan } from '../../core/tenant/plans/change.ts';
import { objectChanges } from '../../core/tenant/plans/object-changes.ts';
import { joinPlans, planDeletePolicies, planReportOnly, planSignaling } from '../../core/tenant/plans/objects.ts';
import { readOnlyWarnings } from '../../core/tenant/read-only-policies.ts';
import type { SignalingStatus, Tenant } from '../../core/tenant/tenant.ts';
import type { SignalingSwitchReport } from '../../output/reports/signaling/signaling.ts';
import type { Prompter } from '../../shell/context.ts';
import type { Session } from '../../shell/session.ts';
import { acting, mayAct } from '../acting.ts';
import type { Result } from '../command.ts';
import { changed } from '../command.ts';
import { dependentPolicy } from '../dependents.ts';
import { theOne } from '../find.ts';

/** What is done with the policies that a switch would change, before the switch. */
export type Remedy =
  | { readonly kind: 'delete' | 'reportOnly'; readonly policies: 'all' | readonly string[] }
  | { readonly kind: 'keep' };

/** A remedy with its policies found; `refused` says why nothing may be written, and what would help. */
type Choice =
  | { readonly deleted: readonly string[]; readonly reportOnly: readonly string[]; readonly asked: boolean }
  | { readonly refused: string; readonly asked: boolean };

const NOTHING: Choice = { deleted: [], reportOnly: [], asked: false };

/**
 * Where the status is so already there is no work. Else the plan is made from one serial and written only on that serial;
 * rights for every step are checked before anything is asked; policies first, then the switch, in one write.
 */
export async function switchSignaling(
  session: Session,
  to: SignalingStatus,
  remedy: Remedy | undefined,
  dryRun: boolean,
): Promise<Result> {
  const store = session.tenants();
  const { tenant, serial } = store.read();
  const from = tenant.globalSecureAccess.conditionalAccess.signalingStatus;
  const changesPolicies = remedy !== undefined && remedy.kind !== 'keep';
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
  };
  if (unmet.some(({ holds }) => holds === 'no')) {
    return { report: report(shown), verdict: 'refused', hint: 'a prerequisite is not met; nothing was written' };
  }

  const choice =
    to === 'enabled' || dependents.length + notKnown.length === 0
      ? NOTHING
      : await choose(session, tenant, dependents, remedy, dryRun, { kind: 'switchWarning', data: { ...shown, to } });
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
      choice.deleted.length === 0 && remedy?.kind !== 'delete'
        ? []
        : dependents
            .map(({ policyId }) => policyId)
            .filter((id) => ![...choice.deleted, ...choice.reportOnly].includes(id)),
    addedLocations: objectChanges(plan.steps.flatMap(({ changes }) => changes))
      .filter(({ type }) => type === 'NamedLocation')
      .map(({ id, displayName }) => ({ id, displayName })),
  };
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
  'say what to do with them: --report-only-policies, --delete-policies --yes, or --keep-policies; --dry-run shows the plan';

const UNSEEN =
  'policies that nobody has seen cannot be changed: import them, or take --keep-policies; --dry-run shows the plan';

/** Turns the remedy, or a person's answers, into the policies to change. */
async function choose(
  session: Session,
  tenant: Tenant,
  dependents: readonly PolicyDependency[],
  remedy: Remedy | undefined,
  dryRun: boolean,
  warning: Result['report'],
): Promise<Choice> {
  const prompter = await session.prompter();
  if (remedy !== undefined) return follow(session, tenant, dependents, remedy, dryRun, prompter);
  if (prompter === undefined || dryRun) return { refused: HOW_TO_TELL, asked: false };
  await session.present(warning);
  const mayChange = dependents.length > 0 && mayAct(session, tenant, ['policy.read', 'policy.write']);
  return ask(prompter, dependents, mayChange);
}

async function follow(
  session: Session,
  tenant: Tenant,
  dependents: readonly PolicyDependency[],
  remedy: Remedy,
  dryRun: boolean,
  prompter: Prompter | undefined,
): Promise<Choice> {
  if (remedy.kind === 'keep') return NOTHING;
  if (!isListKnown(tenant, 'policies')) return { refused: UNSEEN, asked: false };
  if (remedy.kind === 'delete' && remedy.policies === 'all') {
    const open = dependents.filter(isOpen);
    if (open.length > 0) return { refused: unanswered(open), asked: false };
  }
  const all = (remedy.kind === 'delete' ? dependents.filter(stops) : dependents).map(({ policyId }) => policyId);
  const ids =
    remedy.policies === 'all'
      ? all
      : remedy.policies.map((text) => theOne(findPolicy(tenant, text), 'policy', text).id);
  const left = remedy.policies === 'all' ? [] : dependents.filter(({ policyId }) => !ids.includes(policyId));
  if (left.length > 0) {
    const names = left.map(({ displayName }) => `\`${displayName}\``).join(', ');
    return {
      refused: `these would still change what they enforce: ${names}; name them too, or give the option without names`,
      asked: false,
    };
  }
  if (remedy.kind === 'reportOnly') return { deleted: [], reportOnly: ids, asked: false };
  if (ids.length === 0) return NOTHING;
  const deletion: Choice = { deleted: ids, reportOnly: [], asked: false };
  if (session.globals.yes) return deletion;
  if (prompter === undefined) return { refused: 'deleting policies wants --yes', asked: false };
  if (dryRun) return deletion;
  const agreed = await prompter.confirm(`Delete ${count(ids.length)} and disable signaling?`);
  return agreed ? { ...deletion, asked: true } : DECLINED;
}

/** Whom it would newly stop: the rest lets somebody in, or asks, and deleting it would open what it guards. */
function stops({ onDisable: { effects } }: PolicyDependency): boolean {
  return effects.some((effect) => effect === 'newlyBlocked' || effect === 'newlyDenied');
}

/** Nobody can say whether it stops somebody newly. */
function isOpen(dependency: PolicyDependency): boolean {
  return dependency.onDisable.effects.includes('unknown') && !stops(dependency);
}

function unanswered(open: readonly PolicyDependency[]): string {
  const names = open.map(({ displayName }) => `\`${displayName}\``).join(', ');
  return (
    `nobody can say whether these would stop people: ${names}; settle what is not known, name every policy to delete, or ` +
    'take --report-only-policies or --keep-policies'
  );
}

const DECLINED: Choice = { refused: 'declined', asked: true };

type Answer = 'delete' | 'reportOnly' | 'choose' | 'keep' | 'cancel';

async function ask(prompter: Prompter, dependents: readonly PolicyDependency[], mayChange: boolean): Promise<Choice> {
  const ids = dependents.map(({ policyId }) => policyId);
  const answer = await prompter.choose<Answer>('What should happen to them?', [
    { value: 'cancel', name: 'Cancel', description: 'Nothing is changed.' },
    ...(mayChange
      ? ([
          {
            value: 'reportOnly',
            name: 'Switch them to report-only first',
            description: 'They stop enforcing and keep logging.',
          },
          {
            value: 'delete',
            name: 'Delete those first that would newly stop people',
            description: 'Restorable for 30 days; the others stay as they are.',
          },
          { value: 'choose', name: 'Choose policy by policy', description: 'Delete, report-only or keep, one by one.' },
        ] as const)
      : []),
    { value: 'keep', name: 'Keep them and disable anyway', description: 'People may be locked out.' },
  ]);
  switch (answer) {
    case 'cancel':
      return DECLINED;
    case 'delete':
      return deleteStopping(prompter, dependents);
    case 'reportOnly':
      return { deleted: [], reportOnly: ids, asked: true };
    case 'keep':
      return (await confirmKeeping(prompter, ids.length)) ? { deleted: [], reportOnly: [], asked: true } : DECLINED;
    case 'choose':
      return oneByOne(prompter, dependents);
  }
}

/** Those that would newly stop people; of which nobody can say, they are kept only where a person agrees. */
async function deleteStopping(prompter: Prompter, dependents: readonly PolicyDependency[]): Promise<Choice> {
  const deleted = dependents.filter(stops).map(({ policyId }) => policyId);
  const open = dependents.filter(isOpen).length;
  if (!(await confirmDeleting(prompter, deleted.length))) return DECLINED;
  if (open > 0 && !(await confirmKeeping(prompter, open))) return DECLINED;
  return { deleted, reportOnly: [], asked: true };
}

async function oneByOne(prompter: Prompter, dependents: readonly PolicyDependency[]): Promise<Choice> {
  const deleted: string[] = [];
  const reportOnly: string[] = [];
  for (const { policyId, displayName, onDisable } of dependents) {
    const answer = await prompter.choose<'reportOnly' | 'delete' | 'keep' | 'cancel'>(
      `${displayName} (${onDisable.effects.join(', ')})`,
      [
        { value: 'keep', name: 'Keep it as it is' },
        { value: 'reportOnly', name: 'Switch it to report-only' },
        { value: 'delete', name: 'Delete it' },
        { value: 'cancel', name: 'Cancel everything' },
      ],
    );
    if (answer === 'cancel') return DECLINED;
    if (answer === 'delete') deleted.push(policyId);
    if (answer === 'reportOnly') reportOnly.push(policyId);
  }
  const kept = dependents.length - deleted.length - reportOnly.length;
  if (kept > 0 && !(await confirmKeeping(prompter, kept))) return DECLINED;
  return { deleted, reportOnly, asked: true };
}

function confirmDeleting(prompter: Prompter, deleted: number): Promise<boolean> {
  return prompter.confirm(`Delete ${count(deleted)}? They can be restored for 30 days.`);
}

function confirmKeeping(prompter: Prompter, kept: number): Promise<boolean> {
  return prompter.confirm(`${count(kept)} will enforce on the proxy’s address. Disable all the same?`);
}

function count(policies: number): string {
  return policies === 1 ? '1 policy' : `${policies} policies`;
}
