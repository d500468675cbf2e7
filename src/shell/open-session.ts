import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, resolve, sep } from 'node:path';
import { applyPlan } from '../core/tenant/edit.ts';
import { encodeLines, encodeText } from '../output/encode.ts';
import { render } from '../output/render.ts';
import { TenantFile } from '../store/tenant-file.ts';
import { defaultTenantPath, filesOf, tenantPath } from '../store/tenant-path.ts';
import type { SignInLog } from '../store/types.ts';
import type { Context } from './context.ts';
import { GsaError } from './error.ts';
import type { RunCommandLine } from './rehearse.ts';
import type { GlobalOptions, Session } from './session.ts';
import { colorLevel, terminalWidth } from './terminal.ts';
import { watchFiles } from './watch-files.ts';

/** Milliseconds before the first line of progress, so that what is quick stays silent, and between two of them. */
const PROGRESS = { first: 500, pause: 100 };

/** A session on the real stores of one command line. `now` is the fixed clock of `--now`. */
export function openSession(
  context: Context,
  { globals, now: fixedNow }: { readonly globals: GlobalOptions; readonly now: string | undefined },
  commandLine: string,
  program: Session['program'],
  run: RunCommandLine,
): Session {
  const home = context.env['HOME'] ?? homedir();
  const path = (text: string) => (isAbsolute(text) ? resolve(text) : resolve(context.cwd, text));
  const transactionId = context.newId();
  const now = () =>
    fixedNow ??
    context
      .now()
      .toISOString()
      .replace(/\.\d+Z$/, 'Z');
  let tenants: TenantFile | undefined;
  let signIns: SignInLog | undefined;
  let progressAt = performance.now() + PROGRESS.first - PROGRESS.pause;
  let progressShown = false;

  const ownTenants = () => {
    const named = globals.tenant === undefined ? undefined : tenantPath(path(globals.tenant));
    tenants ??= new TenantFile(
      named ?? defaultTenantPath({ platform: process.platform, home, env: context.env }),
      applyPlan,
    );
    return tenants;
  };

  return {
    globals,
    env: context.env,
    stdin: context.stdin,
    interrupted: context.interrupted,
    now,
    newId: context.newId,
    tenants: ownTenants,
    tenantsAt: (text) => new TenantFile(tenantPath(path(text)), applyPlan),
    journal: () => ownTenants().journal(),
    signIns: async () => {
      const { SignInFile } = await import('../store/sign-in-log.ts');
      const log = signIns ?? new SignInFile(filesOf(ownTenants().path).signIns);
      signIns = log;
      return log;
    },
    sign: (actor, role) => ({ dateTime: now(), actor, role, transactionId, command: commandLine }),
    prompter: async () => {
      const mayAsk = globals.input && !globals.yes && context.stdin.isTTY && context.stderr.isTTY;
      return mayAsk ? context.createPrompter() : undefined;
    },
    present: async (report) => {
      const settings = {
        terminal: context.stderr.isTTY,
        width: terminalWidth(context),
        color: context.stderr.isTTY ? colorLevel('auto', context) : (0 as const),
        query: undefined,
      };
      for await (const text of render(report, 'table', settings)) await context.stderr.write(text);
    },
    path,
    shownPath: (absolute) => (absolute.startsWith(home + sep) ? `~${absolute.slice(home.length)}` : absolute),
    program,
    writeFile: (text, content) => writeWhole(path(text), content),
    say: async (line) => {
      clearProgress();
      if (!globals.quiet) await context.stderr.write(`${encodeLines(line)}\n`);
    },
    progress: (line) => {
      if (!context.stderr.isTTY || globals.quiet) return;
      const time = performance.now();
      if (time - progressAt < PROGRESS.pause) return;
      progressAt = time;
      progressShown = true;
      void context.stderr.write(`\r\u001b[K${encodeText(line)}`);
    },
    rehearse: async (argv, stage) => (await import('./rehearse.ts')).rehearse(run, argv, stage, context),
    watch: (paths) => watchFiles(paths, context.interrupted),
    close: () => {
      clearProgress();
      signIns?.close();
    },
  };

  function clearProgress(): void {
    if (progressShown) void context.stderr.write('\r\u001b[K');
    progressShown = false;
  }
}

/** A report file appears whole under its name, or not at all. */
async function writeWhole(path: string, content: string | AsyncIterable<string>): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(temporary, content, { flag: 'wx' });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    // What is not the file system's comes from the text itself, which is made while it is written.
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    const reason = error.message;
    throw new GsaError('invalid', `cannot write \`${path}\`: ${reason}`, { cause: error });
  }
}
