import type { SwitchFindings } from '../../core/dependencies/switch-findings.ts';
import { isListKnown } from '../../core/tenant/knowledge.ts';
import type { TreatedPolicies } from '../../core/tenant/plans/switch.ts';
import type { Tenant } from '../../core/tenant/tenant.ts';
import type { Report } from '../../output/report.ts';
import type { Prompter } from '../../shell/context.ts';
import type { Invoked, Session } from '../../shell/session.ts';
import { mayAct } from '../acting.ts';
import { askRemedy } from './ask-remedy.ts';
import type { Choice, Remedy } from './remedy.ts';
import { policiesText, treated } from './remedy.ts';

/** What is asked of a switch. */
export interface SwitchRequest {
  /** What the options say of the dependents; `undefined`: nothing, so that a person is asked. */
  readonly remedy?: Remedy | undefined;
  readonly dryRun: boolean;
  /** The file that the plan is written to; only with `dryRun`. */
  readonly save?: string | undefined;
  /** How many people the switch may newly stop, once policies are treated; `undefined`: any number. */
  readonly budget?: number | undefined;
}

/** What to say where no policy is known to hang on the switch, and it is not known that none does. */
const HOW_TO_SAY_SO = 'settle what is not known, or disable signaling all the same with --keep-policies';

const HOW_TO_TELL =
  'say what to do with them: --report-only-policies, --delete-policies --yes, or --keep-policies, each with names or for ' +
  'those that are left';

export const NOTHING: Choice = { deleted: [], reportOnly: [], asked: false };

const UNSEEN = 'policies that nobody has seen cannot be changed: import them, or take --keep-policies';

/** How the plan is seen: the answer has to be there for it, and `--dry-run` may be already. */
function planHint(answer: string, dryRun: boolean, answers = 'it'): string {
  return dryRun ? `${answer}; add ${answers} to see the plan` : `${answer}; --dry-run beside ${answers} shows the plan`;
}

/** The policies to change, out of the remedy or of a person's answers; none where nothing hangs on the switch. */
export async function chooseTreatment(
  session: Session,
  tenant: Tenant,
  { dependents, notKnown }: SwitchFindings,
  { remedy, dryRun, save }: SwitchRequest,
  warning: Report,
): Promise<Choice> {
  if (dependents.length + notKnown.length === 0) return NOTHING;
  const prompter = await session.prompter();
  if (remedy !== undefined) {
    if (remedy.keep !== 'rest' && !isListKnown(tenant, 'policies')) {
      return { refused: planHint(UNSEEN, dryRun), asked: false };
    }
    const found = treated(tenant, dependents, remedy);
    if ('refused' in found) return { ...found, asked: false };
    // A saved plan deletes nothing yet: `gsa apply` asks.
    return save === undefined ? consented(session, found, dryRun, prompter) : { ...found, asked: false };
  }
  if (prompter === undefined || (dryRun && save === undefined)) {
    const hint =
      dependents.length === 0
        ? planHint(HOW_TO_SAY_SO, dryRun)
        : `${planHint(HOW_TO_TELL, dryRun, 'one of these')}; \`gsa impact\` tells who would be stopped`;
    return { refused: hint, asked: false };
  }
  await session.present(warning);
  const mayChange = dependents.length > 0 && mayAct(session, tenant, ['policy.read', 'policy.write']);
  return askRemedy(prompter, dependents, mayChange);
}

/** Deletion wants a yes, typed or told. */
async function consented(
  { globals }: Invoked,
  found: TreatedPolicies,
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
