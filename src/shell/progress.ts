import { encodeText } from '../output/encode.ts';
import type { Context, Output } from './context.ts';

/** Milliseconds before the first line of progress, so that what is quick stays silent, and between two of them. */
const PROGRESS = { first: 500, pause: 100 };
const CLEAR = '\r\u001b[K';

/**
 * The context with a line of progress on stderr, where that is a terminal. It is gone before anything else is written to
 * either stream and before a question: both may be the same screen.
 */
export function withProgress(context: Context): Context & { progress(line: string): void; clear(): Promise<void> } {
  let next = performance.now() + PROGRESS.first;
  let shown = false;
  const { stderr } = context;
  /** A failed write is ignored: progress is no loss where stderr is gone. */
  const draw = (text: string): Promise<void> => stderr.write(text).catch(() => undefined);
  const clear = async () => {
    if (!shown) return;
    shown = false;
    await draw(CLEAR);
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
    progress: (line) => {
      if (!stderr.isTTY || performance.now() < next) return;
      next = performance.now() + PROGRESS.pause;
      shown = true;
      void draw(`${CLEAR}${encodeText(line)}`);
    },
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
