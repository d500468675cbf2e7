import { runOnTerminal } from './terminal.ts';

/** One `$ command` of a document and what stands below it. */
export interface Exchange {
  readonly command: string;
  readonly expected: string;
  /** Line of the `$`, from 1. */
  readonly line: number;
}

/** The commands of all fenced `console` blocks, in order. */
export function exchangesOf(markdown: string): readonly Exchange[] {
  const exchanges: Exchange[] = [];
  let inside = false;
  let current: { command: string; expected: string[]; line: number } | undefined;
  const finish = () => {
    if (current !== undefined) exchanges.push({ ...current, expected: joined(current.expected) });
    current = undefined;
  };
  for (const [at, text] of markdown.split('\n').entries()) {
    if (text.startsWith('```')) {
      finish();
      inside = !inside && text.trim() === '```console';
    } else if (inside && text.startsWith('$ ')) {
      finish();
      current = { command: text.slice(2), expected: [], line: at + 1 };
    } else if (inside) current?.expected.push(text);
  }
  return exchanges;
}

/** A blank line before the next command is layout, not output. */
function joined(lines: readonly string[]): string {
  return lines.join('\n').replace(/\n+$/, '');
}

/** Runs the commands of a document one after another in one folder; `echo $?` answers for the command before it. */
export async function runTranscript(
  exchanges: readonly Exchange[],
  folders: { readonly cwd: string; readonly home: string },
): Promise<readonly string[]> {
  const outputs: string[] = [];
  let exitCode = 0;
  for (const { command } of exchanges) {
    if (command === 'echo $?') {
      outputs.push(String(exitCode));
      continue;
    }
    const run = await runOnTerminal(command, folders);
    exitCode = run.exitCode;
    outputs.push(
      onScreen(run.output)
        .replace(/[ \t]+$/gm, '')
        .replace(/\n+$/, ''),
    );
  }
  return outputs;
}

/** What a command sends to begin its line anew. */
const ANEW = '\r\u001b[K';

/** Without the lines of progress that took each other's place: they show only where the machine is slow. */
function onScreen(output: string): string {
  return output
    .split('\n')
    .map((line) => line.slice(line.lastIndexOf(ANEW) === -1 ? 0 : line.lastIndexOf(ANEW) + ANEW.length))
    .join('\n');
}

/** The document with what the commands really print. */
export function withOutputs(markdown: string, outputs: readonly string[]): string {
  const exchanges = exchangesOf(markdown);
  const lines = markdown.split('\n');
  for (const [at, { line, expected }] of [...exchanges.entries()].reverse()) {
    const old = expected === '' ? 0 : expected.split('\n').length;
    const fresh = outputs[at] === '' ? [] : (outputs[at] ?? '').split('\n');
    lines.splice(line, old, ...fresh);
  }
  return lines.join('\n');
}
