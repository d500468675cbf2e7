import { encodeText } from '../output/encode.ts';
import type { Context, Output } from './context.ts';
import type { Step } from './pace.ts';
import { Pace } from './pace.ts';
import { untilReaderLeft } from './reader-left.ts';
import { sinceStart } from './since-start.ts';

/** Milliseconds before the first line of progress, so that what is quick stays silent, and between two of them. */
const PROGRESS = { first: 500, pause: 100 };
const CLEAR = '\r\u001b[K';

/** Talk that replaces itself. */
export interface Progress {
  progress(line: string): void;
  advance(step: Step): void;
  clear(): Promise<void>;
}

/** What a session says while a command works, beside what it writes. */
export interface Talking extends Progress {
  /** Tells `--timing` how much was worked through. */
  counted(count: number, what: string): void;
}

/**
 * The context with a line of progress on stderr, where that is a terminal. It is gone before anything else is written to
 * either stream and before a question: both may be the same screen. What is said on stderr ends nothing when nobody hears it any more.
 */
export function withProgress(context: Context): Context & Progress {
  let next = sinceStart() + PROGRESS.first;
  let shown = false;
  const pace = new Pace();
  const { stderr } = context;
  /** A failed write is ignored: progress is no loss where stderr is gone. */
  const draw = (text: string): Promise<void> => stderr.write(text).catch(() => undefined);
  const clear = async () => {
    if (!shown) return;
    shown = false;
    await draw(CLEAR);
  };
  /** The last place of a row is left free: some terminals go on below when it is taken. */
  const width = () => Math.max((stderr.columns ?? 80) - 1, 1);
  const show = (line: () => string) => {
    if (!stderr.isTTY || sinceStart() < next) return;
    next = sinceStart() + PROGRESS.pause;
    shown = true;
    void draw(`${CLEAR}${encodeText(line())}`);
  };
  return {
    env: context.env,
    stdin: context.stdin,
    now: context.now,
    newId: context.newId,
    interrupted: context.interrupted,
    hearing: context.hearing,
    computing: context.computing,
    confinement: context.confinement,
    // Asked for only when it is needed: it may be gone.
    get cwd() {
      return context.cwd;
    },
    stdout: after(clear, context.stdout, (text) => context.stdout.write(text)),
    stderr: after(clear, stderr, (text) => untilReaderLeft(stderr.write(text))),
    createPrompter: async () => {
      await clear();
      return await context.createPrompter();
    },
    progress: (line) => show(() => [...line].slice(0, width()).join('')),
    advance: (step) => {
      pace.take(step, sinceStart());
      show(() => pace.text(step, sinceStart(), width()));
    },
    clear,
  };
}

function after(clear: () => Promise<void>, output: Output, write: Output['write']): Output {
  return {
    get isTTY() {
      return output.isTTY;
    },
    get columns() {
      return output.columns;
    },
    write: async (text) => {
      await clear();
      await write(text);
    },
  };
}
