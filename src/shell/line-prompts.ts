import type { Interface } from 'node:readline/promises';
import { createInterface } from 'node:readline/promises';
import { cutMiddle } from '../core/values/cut-middle.ts';
import { encodeText } from '../output/encode.ts';
import type { Choice, Prompter } from './context.ts';
import { leftAtQuestion, orLeft } from './left-at-question.ts';

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
      output.write(`${asked(message)}\n${numbered(choices)}`);
      for (;;) {
        const line = await lineFor('Type a number (1): ');
        const choice = line === '' ? first : choices.find((_, at) => String(at + 1) === line);
        if (choice !== undefined) return choice.value;
      }
    },
    search: async <T extends string>(message: string, find: (typed: string) => readonly Choice<T>[]) => {
      let found = find('');
      for (;;) {
        output.write(`${asked(message)}\n${numbered(found.slice(0, FOUND_ROWS))}`);
        const line = await orLeft(lineFor('Type a number, or words to look for: '));
        if (line === undefined) return undefined;
        const choice = found.slice(0, FOUND_ROWS).find((_, at) => String(at + 1) === line);
        if (choice !== undefined) return choice.value;
        found = find(line);
      }
    },
    tick: async <T extends string>(message: string, choices: readonly Choice<T>[]) => {
      output.write(`${asked(message)}\n${numbered(choices)}`);
      for (;;) {
        const numbers = (await lineFor('Type numbers, apart by commas (none): ')).split(/[\s,]+/).filter(Boolean);
        const ticked = numbers.map((number) => choices.find((_, at) => String(at + 1) === number)?.value);
        if (!ticked.includes(undefined)) return [...new Set(ticked.flatMap((value) => value ?? []))];
      }
    },
  };
}

/** What was found is listed so far; more words leave less. */
const FOUND_ROWS = 20;

function numbered(choices: readonly Choice<string>[]): string {
  return choices.map(({ name }, at) => `  ${at + 1}. ${asked(name)}\n`).join('');
}

/** A question names objects, and a name may be a page long. */
function asked(text: string): string {
  return cutMiddle(encodeText(text), 400);
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
    return (await lines.question(asked(question), { signal: AbortSignal.any([left.signal, interrupted]) })).trim();
  } catch (error) {
    if (!left.signal.aborted && !interrupted.aborted) throw error;
    output.write('\n');
    throw leftAtQuestion(interrupted);
  } finally {
    lines.close();
  }
}
