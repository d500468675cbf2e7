import { homedir } from 'node:os';
import { isAbsolute, resolve, sep } from 'node:path';
import type { Context } from '../context.ts';
import type { NamedFiles } from '../session.ts';

/** Where paths begin, and which may be read. */
export interface Places {
  readonly home: string;
  /** A path as the user typed it, made absolute. */
  path(text: string): string;
  /** The same, checked against what a command that a file asked for may read. */
  toRead(text: string): string;
}

/** The folder of the process is asked for only where a path begins there: it may be gone. */
export function placesOf(context: Context): Places {
  const path = (text: string) => (isAbsolute(text) ? resolve(text) : resolve(context.cwd, text));
  const toRead = (text: string) => {
    context.confinement?.checkRead(path(text));
    return path(text);
  };
  return { home: context.env['HOME'] ?? homedir(), path, toRead };
}

export function openNamedFiles(context: Context, { home, path, toRead }: Places): NamedFiles {
  return {
    path,
    toRead: (text) => {
      const whole = toRead(text);
      return isAbsolute(text) || context.cwd === process.cwd() ? text : whole;
    },
    shownPath: (absolute) => (absolute.startsWith(home + sep) ? `~${absolute.slice(home.length)}` : absolute),
    checkInside: async (folder, text) => (await import('../confinement.ts')).checkInside(folder, path(text)),
    writeFile: async (text, content) => {
      context.confinement?.checkWrite(path(text));
      const { writeReport } = await import('../write-report.ts');
      // Heard, so that no temporary file is left where somebody stops it.
      await context.hearing(() => writeReport(text, path(text), content, context));
    },
  };
}
