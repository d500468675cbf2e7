import { switchFindings } from '../core/dependencies/switch-findings.ts';
import type { Tenant } from '../core/tenant/tenant.ts';
import { isSignalingStatusAssumed } from '../core/tenant/tenant.ts';
import { plural } from '../core/values/plural.ts';
import { spacedWords } from '../core/values/spaced-words.ts';
import type { SwitchWarningReport } from '../output/reports/signaling/signaling.ts';
import type { Session } from '../shell/session.ts';
import { GsaError } from '../trouble/error.ts';
import type { Result } from './command.ts';
import { dependentPolicy } from './dependents.ts';

/**
 * Import, undo, restore and settings can switch signaling off as well as `signaling disable` does: then the same policies are
 * shown, those included of which nobody can say, and it is done only where a person agrees or `--yes` was said. Throws
 * GsaError `refused`, before anything is written.
 */
export async function guardSwitch(session: Session, before: Tenant, after: Tenant): Promise<void> {
  const found = switchedOff(session, before, after);
  if (found === undefined) return;
  const prompter = await session.prompter();
  if (prompter === undefined) throw refusal(found);
  await session.present({ kind: 'switchWarning', data: { to: 'disabled', ...found } });
  if (!(await prompter.confirm('This disables signaling and keeps them. Do it all the same?'))) {
    throw new GsaError('refused', 'declined; nothing was written');
  }
}

/** What the real run would be refused with, for a run that only shows its plan; `undefined`: with nothing. */
export async function refusedSwitch(session: Session, before: Tenant, after: Tenant): Promise<GsaError | undefined> {
  const found = switchedOff(session, before, after);
  return found === undefined || (await session.prompter()) !== undefined ? undefined : refusal(found);
}

/** The verdict of a run that only shows its plan, with why the real one would be refused. */
export function refusedResult({ message, problems }: GsaError): Pick<Result, 'verdict' | 'hint'> {
  const why = problems.map((problem) => problem.message).join('; ');
  return { verdict: 'refused', hint: `the real run would be refused: ${message} (${why})` };
}

type Found = Pick<SwitchWarningReport, 'dependentPolicies' | 'notKnown' | 'warnings'>;

/** What a person has to agree to; `undefined`: signaling stays, nothing hangs on it, or `--yes` was said. */
function switchedOff(session: Session, before: Tenant, after: Tenant): Found | undefined {
  const statusOf = ({ globalSecureAccess }: Tenant) => globalSecureAccess.conditionalAccess.signalingStatus;
  if (session.globals.yes || statusOf(before) !== 'enabled' || statusOf(after) !== 'disabled') return undefined;
  // Nobody said the status before or after: nothing is switched, and no gate is green on what it is taken for.
  if (isSignalingStatusAssumed(before) && isSignalingStatusAssumed(after)) return undefined;
  const { dependents, notKnown, warnings } = switchFindings(after, 'disabled');
  if (dependents.length + notKnown.length === 0) return undefined;
  return {
    dependentPolicies: dependents.map((dependency) => dependentPolicy(dependency, 'disabled')),
    notKnown,
    warnings,
  };
}

function refusal({ dependentPolicies: dependents, notKnown }: Found): GsaError {
  const those =
    dependents.length === 0
      ? 'policies that nobody has seen enforce'
      : `${plural(dependents.length, 'policy', 'policies')} ${dependents.length === 1 ? 'enforces' : 'enforce'}`;
  return new GsaError('refused', `this would disable signaling while ${those}, or may, on what it changes`, {
    hint: '`gsa signaling disable` shows what can be done with them; --yes does it all the same',
    problems: [
      ...dependents.map(({ displayName, effects }) => ({
        message: `${displayName}: ${effects.map(spacedWords).join(', ')}`,
      })),
      ...notKnown.map(({ fact, policies, settle }) => ({
        message: `not known: ${fact}${policies.length === 0 ? '' : ` (${policies.join(', ')})`}; ${settle}`,
      })),
    ],
  });
}
