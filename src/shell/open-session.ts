import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, resolve, sep } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { applyPlan } from '../core/tenant/edit.ts';
import { encodeLines, encodeText } from '../output/encode.ts';
import type { RenderSettings } from '../output/format.ts';
import { render } from '../output/render.ts';
import { isSystemError, wordsOf } from '../store/file-trouble.ts';
import { TenantFile } from '../store/tenant-file.ts';
import { defaultTenantPath, filesOf, tenantPath } from '../store/tenant-path.ts';
import type { SignInLog } from '../store/types.ts';
import type { Context } from './context.ts';
import { GsaError } from './error.ts';
import type { RunCommandLine } from './rehearse.ts';
import type { GlobalOptions, Session } from './session.ts';
import { watchFiles } from './watch-files.ts';

/** Milliseconds before the first line of progress, so that what is quick stays silent, and between two of them. */
const PROGRESS = { first: 500, pause: 100 };

/** A session on the real stores of one command line. `now` is the fixed clock of `--now`. */
export function openSession(
  context: Context,
  {
    globals,
    now: fixedNow,
    settings,
  }: { readonly globals: GlobalOptions; readonly now: string | undefined; readonly settings: RenderSettings },
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
      const log = signIns ?? new SignInFile(filesOf(ownTenants().path).signIns, ownTenants().read().lineage);
      signIns = log;
      return log;
    },
    sign: (actor, role) => ({ dateTime: now(), actor, role, transactionId, command: commandLine }),
    prompter: async () => {
      const mayAsk = globals.input && !globals.yes && context.stdin.isTTY && context.stderr.isTTY;
      return mayAsk ? context.createPrompter() : undefined;
    },
    present: async (report) => {
      const { isTTY } = context.stderr;
      const onStderr = { ...settings, terminal: isTTY, color: isTTY ? settings.color : (0 as const), query: undefined };
      for await (const text of render(report, 'table', onStderr)) await context.stderr.write(text);
    },
    path,
    toRead: (text) => (isAbsolute(text) || context.cwd === process.cwd() ? text : path(text)),
    shownPath: (absolute) => (absolute.startsWith(home + sep) ? `~${absolute.slice(home.length)}` : absolute),
    program,
    writeFile: (text, content) => writeWhole(path(text), content),
    // The wait is over when it is interrupted: then the promise is rejected.
    pause: (milliseconds) =>
      setTimeout(milliseconds, undefined, { signal: context.interrupted }).catch(() => undefined),
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
      draw(`\r\u001b[K${encodeText(line)}`);
    },
    rehearse: async (argv, stage) => (await import('./rehearse.ts')).rehearse(run, argv, stage, context),
    watch: (paths) => watchFiles(paths, context.interrupted),
    close: () => {
      clearProgress();
      signIns?.close();
    },
  };

  /** Nobody misses progress where stderr is gone. */
  function draw(text: string): void {
    context.stderr.write(text).catch(() => undefined);
  }

  function clearProgress(): void {
    if (progressShown) draw('\r\u001b[K');
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
    if (!isSystemError(error)) throw error;
    throw new GsaError('invalid', `cannot write \`${path}\`: ${wordsOf(error)}`, { cause: error });
  }
}
