import { createPromptModule } from 'inquirer';
import type { Choice, Prompter } from './context.ts';
import { GsaError } from './error.ts';

/**
 * Questions by inquirer, on stderr, so that stdout stays data. Ctrl-C and a terminal that goes away become the error kind
 * `interrupted` instead of a stack trace (reference hazards 11).
 */
export function terminalPrompter(input: NodeJS.ReadStream, output: NodeJS.WriteStream): Prompter {
  const prompt = createPromptModule({ input, output });
  return {
    confirm: async (message) =>
      (await ask(() => prompt({ type: 'confirm', name: 'answer', message, default: false }))).answer,
    choose: async (message, choices) => {
      const { answer } = await ask(() => prompt({ type: 'select', name: 'answer', message, choices: [...choices] }));
      return chosen(choices, answer);
    },
  };
}

/** inquirer answers with the value of a choice, as text; this finds the choice it came from. */
function chosen<T extends string>(choices: readonly Choice<T>[], answer: string): T {
  const choice = choices.find(({ value }) => value === answer);
  if (choice === undefined) throw new Error(`the prompt answered ${answer}, which was no choice`);
  return choice.value;
}

async function ask<T>(question: () => Promise<T>): Promise<T> {
  try {
    return await question();
  } catch (error) {
    if (error instanceof Error && ['ExitPromptError', 'AbortPromptError', 'CancelPromptError'].includes(error.name)) {
      throw new GsaError('interrupted', 'interrupted at the question; nothing was changed');
    }
    throw error;
  }
}
