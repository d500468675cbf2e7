import { encodeText } from '../output/encode.ts';
import type { Context, Output } from './context.ts';
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

/** How far long work has come. */
export interface Step {
  readonly count: number;
  /** What is counted, and what was done with it, such as `sign-ins read`. */
  readonly what: string;
  /** Between 0 and 1; `undefined`: nobody knows how much there is. */
  readonly share: number | undefined;
}

/** @internal A line of progress, such as `60000 sign-ins read, 42 %, 21000 a second, 7 s left`, after so many milliseconds. */
export function stepText({ count, what, share }: Step, milliseconds: number): string {
  const rate = Math.round(count / Math.max(milliseconds / 1000, 1e-3));
  const left = share === undefined || share <= 0 ? undefined : (milliseconds / 1000) * (1 / Math.min(share, 1) - 1);
  const percent = left === undefined || share === undefined ? '' : `, ${Math.min(Math.floor(share * 100), 99)} %`;
  return `${count} ${what}${percent}, ${rate} a second${left === undefined ? '' : `, ${timeText(left)} left`}`;
}

function timeText(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  return minutes < 60 ? `${minutes} min ${whole % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/**
 * The context with a line of progress on stderr, where that is a terminal. It is gone before anything else is written to
 * either stream and before a question: both may be the same screen.
 */
export function withProgress(context: Context): Context & Progress {
  let next = sinceStart() + PROGRESS.first;
  let shown = false;
  const begun = sinceStart();
  const { stderr } = context;
  /** A failed write is ignored: progress is no loss where stderr is gone. */
  const draw = (text: string): Promise<void> => stderr.write(text).catch(() => undefined);
  const clear = async () => {
    if (!shown) return;
    shown = false;
    await draw(CLEAR);
  };
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
    stdout: after(clear, context.stdout),
    stderr: after(clear, stderr),
    createPrompter: async () => {
      await clear();
      return await context.createPrompter();
    },
    progress: (line) => show(() => line),
    advance: (step) => show(() => stepText(step, sinceStart() - begun)),
    clear,
  };
}

function after(clear: () => Promise<void>, output: Output): Output {
  return {
    get isTTY() {
      return output.isTTY;
    },
    get columns() {
      return output.columns;
    },
    write: async (text) => {
      await clear();
      await output.write(text);
    },
  };
}
