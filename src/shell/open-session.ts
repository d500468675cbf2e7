import { homedir } from 'node:os';
import { isAbsolute, resolve, sep } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { applyPlan } from '../core/tenant/plans/edit.ts';
import { cutMiddle } from '../output/cut-middle.ts';
import { encodeLines } from '../output/encode.ts';
import { render } from '../output/render.ts';
import type { RenderSettings } from '../output/render-settings.ts';
import { TenantFile } from '../store/tenant/file.ts';
import { defaultTenantPath, filesOf, tenantPath } from '../store/tenant/path.ts';
import { tenantOfText } from '../store/tenant/tenant-of-text.ts';
import type { SignInLog } from '../store/types.ts';
import { isSystemError, wordsOf } from '../trouble/file-trouble.ts';
import type { Context } from './context.ts';
import type { RunCommandLine } from './rehearse.ts';
import type { GlobalOptions, Session } from './session.ts';
import { watchFiles } from './watch-files.ts';

/** Columns of one line of talk. */
const LONGEST_LINE = 1_000;

/** A session on the real stores of one command line. `now` is the fixed clock of `--now`. */
export function openSession(
  context: Context & { readonly progress: (line: string) => void },
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
  const { confinement } = context;
  const path = (text: string) => (isAbsolute(text) ? resolve(text) : resolve(context.cwd, text));
  const pathToRead = (text: string) => {
    confinement?.checkRead(path(text));
    return path(text);
  };
  const transactionId = context.newId();
  const now = () =>
    fixedNow ??
    context
      .now()
      .toISOString()
      .replace(/\.\d+Z$/, 'Z');
  let tenants: TenantFile | undefined;
  let signIns: SignInLog | undefined;

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
    hearing: context.hearing,
    computing: context.computing,
    now,
    newId: context.newId,
    tenants: ownTenants,
    ownFiles: () => {
      const files = filesOf(ownTenants().path);
      return [
        { path: files.tenant, what: 'the tenant file' },
        { path: files.journal, what: 'the audit journal of the tenant' },
        { path: files.denied, what: 'the denied attempts of the tenant' },
        ...['', '-wal', '-shm'].map((part) => ({ path: files.signIns + part, what: 'the sign-in log of the tenant' })),
        ...[files.lock, files.holder].map((path) => ({ path, what: 'the lock of the tenant' })),
        { path: files.backups, what: 'among the backups of the tenant', isFolder: true as const },
      ];
    },
    tenantsAt: (text) => new TenantFile(tenantPath(pathToRead(text)), applyPlan),
    tenantIn: tenantOfText,
    journal: () => ownTenants().journal(),
    denied: async () => {
      const { readDenied } = await import('../store/audit/denied.ts');
      return readDenied(filesOf(ownTenants().path).denied);
    },
    keepDenied: async (resultReason, tried) => {
      const store = ownTenants();
      if (!store.exists()) return;
      const { appendDenied } = await import('../store/audit/denied.ts');
      const userPrincipalName = tried?.by ?? globals.as ?? store.read().tenant.settings.defaultAdministrator ?? '';
      const command = tried?.command ?? commandLine;
      const attempt = { activityDateTime: now(), userPrincipalName, command, resultReason };
      try {
        appendDenied(filesOf(store.path).denied, attempt);
      } catch (error) {
        if (!isSystemError(error)) throw error;
        if (!globals.quiet) await context.stderr.write(`the denied attempt could not be kept: ${wordsOf(error)}\n`);
      }
    },
    notices: () => tenants?.notices() ?? [],
    signIns: async () => {
      const { SignInFile } = await import('../store/sign-in-log/sign-in-log.ts');
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
    toRead: (text) => {
      const whole = pathToRead(text);
      return isAbsolute(text) || context.cwd === process.cwd() ? text : whole;
    },
    checkInside: async (folder, text) => (await import('./confinement.ts')).checkInside(folder, path(text)),
    shownPath: (absolute) => (absolute.startsWith(home + sep) ? `~${absolute.slice(home.length)}` : absolute),
    program,
    writeFile: async (text, content) => {
      confinement?.checkWrite(path(text));
      const { writeReport } = await import('./write-report.ts');
      // Heard, so that no temporary file is left where somebody stops it.
      await context.hearing(() => writeReport(text, path(text), content, context));
    },
    temporaryFolder: async () => (await import('./left-behind.ts')).makeOwnFolder('gsa-serve-'),
    // The wait is over when it is interrupted: then the promise is rejected.
    pause: (milliseconds) =>
      context.hearing(() =>
        setTimeout(milliseconds, undefined, { signal: context.interrupted }).catch(() => undefined),
      ),
    say: async (line) => {
      if (!globals.quiet)
        await context.stderr.write(
          `${encodeLines(line)
            .split('\n')
            .map((each) => cutMiddle(each, LONGEST_LINE))
            .join('\n')}\n`,
        );
    },
    progress: (line) => {
      if (!globals.quiet) context.progress(line);
    },
    runProgram: async (words, variables) => {
      const { runProgram } = await import('./run-program.ts');
      return await context.hearing(() => runProgram(words, variables, context));
    },
    untilInterrupted: () =>
      new Promise((resolve) => {
        if (context.interrupted.aborted) resolve();
        else context.interrupted.addEventListener('abort', () => resolve(), { once: true });
      }),
    rehearse: async (argv, stage) => (await import('./rehearse.ts')).rehearse(run, argv, stage, context),
    watch: (paths) => watchFiles(paths, context.interrupted),
    close: () => signIns?.close(),
  };
}
