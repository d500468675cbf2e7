import type { Interface } from 'node:readline/promises';
import { createInterface } from 'node:readline/promises';
import { encodeText } from '../output/encode.ts';
import type { Choice, Prompter } from './context.ts';
import { leftAtQuestion } from './left-at-question.ts';

/**
 * The same questions line by line, for a terminal that cannot move its cursor (`TERM=dumb`, some editors, screen readers):
 * no escapes, an answer is a typed line. An empty line is the first choice or no: neither changes anything.
 */
export function linePrompter(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  interrupted: AbortSignal,
): Prompter {
  const lineFor = (question: string) => answerTo(question, input, output, interrupted);
  return {
    confirm: async (message) => /^y(es)?$/i.test(await lineFor(`${message} (y/N) `)),
    choose: async <T extends string>(message: string, choices: readonly Choice<T>[]) => {
      const [first] = choices;
      if (first === undefined) throw new Error('a question without choices');
      output.write(`${encodeText(message)}\n${choices.map(({ name }, at) => `  ${at + 1}. ${name}\n`).join('')}`);
      for (;;) {
        const line = await lineFor('Type a number (1): ');
        const choice = line === '' ? first : choices.find((_, at) => String(at + 1) === line);
        if (choice !== undefined) return choice.value;
      }
    },
  };
}

async function answerTo(
  question: string,
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  interrupted: AbortSignal,
): Promise<string> {
  const lines: Interface = createInterface({ input, output, terminal: false });
  const left = new AbortController();
  lines.once('close', () => left.abort());
  try {
    return (await lines.question(encodeText(question), { signal: AbortSignal.any([left.signal, interrupted]) })).trim();
  } catch (error) {
    if (!left.signal.aborted && !interrupted.aborted) throw error;
    output.write('\n');
    throw leftAtQuestion(interrupted);
  } finally {
    lines.close();
  }
}
