import { createPromptModule } from 'inquirer';
import { cutMiddle } from '../core/values/cut-middle.ts';
import { encodeText } from '../output/encode.ts';
import type { Choice, Prompter } from './context.ts';
import { leftAtQuestion, orLeft } from './left-at-question.ts';

/**
 * Questions by inquirer, on stderr, so that stdout stays data. Whatever ends a question without an answer (Ctrl-C, Ctrl-D,
 * Esc, a signal, a terminal that goes away) becomes an error of its kind instead of a stack trace or a process that ends
 * in the middle.
 */
export function terminalPrompter(
  input: NodeJS.ReadStream,
  output: NodeJS.WriteStream,
  interrupted: AbortSignal,
): Prompter {
  const ask = <T>(question: (prompt: ReturnType<typeof createPromptModule>) => Promise<T>) =>
    untilLeft(input, interrupted, (signal) => question(createPromptModule({ input, output, signal })));
  return {
    confirm: async (message) =>
      (await ask((prompt) => prompt({ type: 'confirm', name: 'answer', message: asked(message), default: false })))
        .answer,
    choose: async (message, choices) => {
      const { answer } = await ask((prompt) =>
        prompt({ type: 'select', name: 'answer', message: asked(message), choices: choices.map(shown) }),
      );
      return chosen(choices, answer);
    },
    search: async <T extends string>(message: string, find: (typed: string) => readonly Choice<T>[], first?: T) => {
      const width = Math.max((output.columns || 80) - CURSOR, 1);
      const answered = await orLeft(
        ask((prompt) =>
          prompt({
            type: 'search',
            name: 'answer',
            message: asked(message),
            source: (typed: string | undefined) =>
              find(typed ?? '').map(({ value, name }) => ({
                value,
                name: cutEnd(encodeText(name), width),
                short: ' ',
              })),
            pageSize: LIST_ROWS,
            ...(first === undefined ? {} : { default: first }),
          }),
        ),
      );
      return answered === undefined ? undefined : chosen(find(''), answered.answer);
    },
    tick: async (message, choices) => {
      const { answer } = await ask((prompt) =>
        prompt({
          type: 'checkbox',
          name: 'answer',
          message: asked(message),
          choices: choices.map((choice) => ({ ...shown(choice), short: asked(choice.name) })),
          pageSize: LIST_ROWS,
          loop: false,
        }),
      );
      return answer.map((one: string) => chosen(choices, one));
    },
  };
}

/** Rows of a list before it scrolls. */
const LIST_ROWS = 15;

/** Columns that the mark of the chosen row takes. */
const CURSOR = 3;

function cutEnd(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text;
}

/** A question names objects, and a name may be a page long. */
function asked(message: string): string {
  return cutMiddle(encodeText(message), 400);
}

function shown<T extends string>({ value, name, description }: Choice<T>): Choice<T> {
  return { value, name: asked(name), ...(description === undefined ? {} : { description: asked(description) }) };
}

/** inquirer answers with the value of a choice, as text; this finds the choice it came from. */
function chosen<T extends string>(choices: readonly Choice<T>[], answer: string): T {
  const choice = choices.find(({ value }) => value === answer);
  if (choice === undefined) throw new Error(`the prompt answered ${answer}, which was no choice`);
  return choice.value;
}

/** inquirer takes Ctrl-C for itself, but not Ctrl-D and Esc, and it never ends when its input does. */
async function untilLeft<T>(
  input: NodeJS.ReadStream,
  interrupted: AbortSignal,
  question: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const left = new AbortController();
  const leave = () => left.abort();
  const onKey = (_text: unknown, key: { readonly name?: string; readonly ctrl?: boolean } | undefined) => {
    if (key?.name === 'escape' || (key?.ctrl === true && key.name === 'd')) leave();
  };
  input.on('keypress', onKey).once('end', leave).once('close', leave);
  try {
    return await question(AbortSignal.any([left.signal, interrupted]));
  } catch (error) {
    if (error instanceof Error && ['ExitPromptError', 'AbortPromptError', 'CancelPromptError'].includes(error.name)) {
      // By that name inquirer tells of Ctrl-C.
      throw leftAtQuestion(interrupted, interrupted.aborted || error.name === 'ExitPromptError');
    }
    throw error;
  } finally {
    input.off('keypress', onKey).off('end', leave).off('close', leave);
  }
}
