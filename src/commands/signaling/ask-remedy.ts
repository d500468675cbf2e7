import type { PolicyDependency } from '../../core/dependencies/dependency.ts';
import { spacedWords } from '../../core/values/spaced-words.ts';
import type { Prompter } from '../../shell/context.ts';
import type { Choice } from './remedy.ts';
import { isOpen, policiesText, stops } from './remedy.ts';

const DECLINED: Choice = { refused: 'declined', asked: true };

type Answer = 'delete' | 'reportOnly' | 'choose' | 'keep' | 'cancel';

/** Asks a person what is to be done with the dependents; deletion and report-only are offered to who may change policies. */
export async function askRemedy(
  prompter: Prompter,
  dependents: readonly PolicyDependency[],
  mayChange: boolean,
): Promise<Choice> {
  const ids = dependents.map(({ policyId }) => policyId);
  const answer = await prompter.choose<Answer>('What should happen to them?', [
    { value: 'cancel', name: 'Cancel', description: 'Nothing is changed. `gsa impact` tells who would be stopped.' },
    ...(mayChange ? CHANGES : []),
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
      return tickEach(prompter, dependents);
  }
}

const CHANGES = [
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
  { value: 'choose', name: 'Choose policy by policy', description: 'Delete, report-only or keep, on tick lists.' },
] as const;

/** Deletes those that would newly stop people; those of which it is not known are kept only where a person agrees. */
async function deleteStopping(prompter: Prompter, dependents: readonly PolicyDependency[]): Promise<Choice> {
  const deleted = dependents.filter(stops).map(({ policyId }) => policyId);
  const open = dependents.filter(isOpen).length;
  if (!(await confirmDeleting(prompter, deleted.length))) return DECLINED;
  if (open > 0 && !(await confirmKeeping(prompter, open))) return DECLINED;
  return { deleted, reportOnly: [], asked: true };
}

/** One list for each thing that can be done; what is ticked on none is kept, where a person agrees. */
async function tickEach(prompter: Prompter, dependents: readonly PolicyDependency[]): Promise<Choice> {
  const reportOnly = await tick(prompter, 'Switch which to report-only?', dependents);
  const others = dependents.filter(({ policyId }) => !reportOnly.includes(policyId));
  const deleted = others.length === 0 ? [] : await tick(prompter, 'Delete which of the others?', others);
  if (deleted.length > 0 && !(await confirmDeleting(prompter, deleted.length))) return DECLINED;
  const kept = others.length - deleted.length;
  if (kept > 0 && !(await confirmKeeping(prompter, kept))) return DECLINED;
  return { deleted, reportOnly, asked: true };
}

function tick(
  prompter: Prompter,
  question: string,
  dependents: readonly PolicyDependency[],
): Promise<readonly string[]> {
  return prompter.tick(
    question,
    dependents.map(({ policyId, displayName, onDisable: { effects } }) => ({
      value: policyId,
      name: `${displayName} (${effects.map(spacedWords).join(', ')})`,
    })),
  );
}

function confirmDeleting(prompter: Prompter, deleted: number): Promise<boolean> {
  return prompter.confirm(`Delete ${policiesText(deleted)}? They can be restored for 30 days.`);
}

function confirmKeeping(prompter: Prompter, kept: number): Promise<boolean> {
  return prompter.confirm(`${policiesText(kept)} will enforce on the proxy’s address. Disable all the same?`);
}
