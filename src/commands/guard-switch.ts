import { analyseDependencies } from '../core/dependencies/analyse.ts';
import { enforcedDependents } from '../core/dependencies/enforced.ts';
import type { Tenant } from '../core/tenant/tenant.ts';
import type { Session } from '../shell/session.ts';
import { GsaError } from '../trouble/error.ts';
import { dependentPolicy } from './dependents.ts';

/**
 * Import, undo and restore can switch signaling off as well as `signaling disable` does: then the same policies are shown,
 * and it is done only where a person agrees or `--yes` was said. Throws GsaError `refused`, before anything is written.
 */
export async function guardSwitch(session: Session, before: Tenant, after: Tenant): Promise<void> {
  const statusOf = ({ globalSecureAccess }: Tenant) => globalSecureAccess.conditionalAccess.signalingStatus;
  if (statusOf(before) !== 'enabled' || statusOf(after) !== 'disabled') return;
  const analysis = analyseDependencies(after);
  const dependents = enforcedDependents(analysis, 'disabled').map((dependency) =>
    dependentPolicy(dependency, 'disabled'),
  );
  if (dependents.length === 0 || session.globals.yes) return;
  const prompter = await session.prompter();
  if (prompter === undefined) {
    throw new GsaError(
      'refused',
      `this would disable signaling while ${dependents.length} policies enforce on what it changes`,
      {
        hint: '`gsa signaling disable` shows what can be done with them; --yes does it all the same',
        problems: dependents.map(({ displayName, effects }) => ({ message: `${displayName}: ${effects.join(', ')}` })),
      },
    );
  }
  const warnings = analysis.warnings.filter(({ onSwitchTo }) => onSwitchTo !== 'enabled').map(({ message }) => message);
  await session.present({ kind: 'switchWarning', data: { to: 'disabled', dependentPolicies: dependents, warnings } });
  if (!(await prompter.confirm('This disables signaling and keeps them. Do it all the same?'))) {
    throw new GsaError('refused', 'declined; nothing was written');
  }
}
