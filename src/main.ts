import { helpHint } from './asked-help.ts';
import type { Invocation } from './command-line.ts';
import { parseCommandLine } from './command-line.ts';
import { describeProgram } from './command-tree.ts';
import type { Result } from './commands/command.ts';
import type { OutputTarget } from './output/format.ts';
import { FORMATS } from './output/format.ts';
import { gateText } from './output/gate.ts';
import { QueryError } from './output/query-error.ts';
import type { RenderSettings } from './output/render-settings.ts';
import type { Context, Output } from './shell/context.ts';
import { EXIT_CODES } from './shell/exit-codes.ts';
import type { Pager } from './shell/pager.ts';
import { withProgress } from './shell/progress.ts';
import { hasReaderLeft, untilReaderLeft } from './shell/reader-left.ts';
import type { Session } from './shell/session.ts';
import { Timing } from './shell/timing.ts';
import { GsaError } from './trouble/error.ts';

/**
 * One command line, from words to exit code. Whatever a command throws ends here: a GsaError is told in one line, a closed
 * pipe ends quietly, everything else is a bug. Never exits and never throws.
 */
export async function main(argv: readonly string[], outside: Context): Promise<number> {
  const timing = new Timing();
  const context = Object.assign(withProgress(outside), {
    counted: (count: number, what: string) => timing.counted(count, what),
  });
  let session: Session | undefined;
  let json = /(^|\s)(-o|--output)[ =]json(\s|$)/.test(argv.join(' '));
  let wrote: string | undefined;
  let changesNothing = false;
  let isTimed = argv.includes('--timing');
  let stage = 'start';
  let debug = argv.includes('--debug');
  try {
    const invocation = await parseCommandLine(argv, context);
    if (invocation === undefined) return EXIT_CODES.ok;
    json = invocation.outputs.some((target) => target.format === 'json');
    debug = invocation.globals.debug;
    changesNothing = invocation.module.changesNothing;
    const { openSession } = await import('./shell/open-session.ts');
    isTimed = invocation.globals.timing;
    timing.ended(stage);
    stage = invocation.words;
    session = openSession(context, invocation, ['gsa', ...argv].join(' '), describeProgram, main);
    confine(invocation, session, context);
    await checkDestinations(invocation, session);
    const result = await invocation.module.run(session, invocation.args, invocation.options);
    wrote = result.wrote;
    timing.ended(stage);
    stage = 'output';
    for (const notice of session.notices()) await session.say(notice);
    // Whoever has read enough and leaves does not turn the verdict.
    await untilReaderLeft(show(result, invocation.outputs, invocation.settings, session, context));
    return EXIT_CODES[result.verdict ?? 'ok'];
  } catch (error) {
    if (stage !== 'output') timing.ended(stage);
    stage = 'output';
    if (error instanceof GsaError && error.kind === 'forbidden') await session?.keepDenied(error.message);
    return await fail(withHint(error, argv), { json, debug, wrote, changesNothing }, context);
  } finally {
    await context.clear();
    session?.close();
    if (isTimed) await tell(timing, stage, context);
  }
}

/** Holds a command that a file asked for to its copy of the tenant, before it touches anything. */
function confine(invocation: Invocation, session: Session, { confinement }: Context): void {
  if (confinement === undefined) return;
  const { globals, outputs, words } = invocation;
  const refused = notForFiles(invocation);
  confinement.checkCommand(refused ?? words, refused === undefined);
  confinement.checkTenant(globals.tenant);
  for (const { destination } of outputs)
    if (destination !== undefined) confinement.checkWrite(session.path(destination));
}

/** The command with the option for which no file may ask for it; `undefined` where it may. */
function notForFiles({ module, options, words }: Invocation): string | undefined {
  const { startsOthers, asksEngine, goesOnWith } = module;
  if (startsOthers || asksEngine === true) return words;
  const given = new Map<string, unknown>(Object.entries(options));
  const option = [goesOnWith, asksEngine].find((name) => name !== undefined && Boolean(given.get(name)));
  return option === undefined ? undefined : `${words} --${option}`;
}

/** Checks every `-o format:file` before the command changes anything. */
async function checkDestinations({ outputs, args, options }: Invocation, session: Session): Promise<void> {
  for (const { destination } of outputs) {
    if (destination === undefined) continue;
    const { checkReportPlace } = await import('./shell/write-report.ts');
    const named = [args, Object.values(options)].flat(2).filter((word) => typeof word === 'string' && word !== '');
    const inputs = named.map((word) => ({ path: session.path(word), what: 'a file that this command is given' }));
    await checkReportPlace(destination, session.path(destination), [...session.ownFiles(), ...inputs]);
  }
}

async function show(
  result: Result,
  outputs: readonly OutputTarget[],
  chosen: RenderSettings,
  session: Session,
  context: Context,
): Promise<void> {
  let selectedNothing = false;
  const settings: RenderSettings = {
    ...chosen,
    onNothing: () => {
      selectedNothing = true;
    },
  };
  const { render } = await import('./output/render.ts');
  const page = result.more === undefined && session.globals.pages ? await pagerFor(result, context) : undefined;
  const stdout = page ?? context.stdout;
  for (const { format, destination } of outputs) {
    if (destination === undefined) {
      await writeAll(stdout, render(result.report, format, settings));
    } else {
      const file: RenderSettings = { ...settings, terminal: false, color: 0 };
      await session.writeFile(destination, joined(render(result.report, format, file)));
    }
  }
  await page?.close();
  const { more } = result;
  if (more !== undefined) {
    await context.hearing(async () => {
      for await (const report of more) {
        for (const { format } of outputs) await writeAll(context.stdout, render(report, format, settings));
      }
    });
  }
  const files = outputs.flatMap(({ destination }) => (destination === undefined ? [] : [`\`${destination}\``]));
  // Where nothing else is shown, silence would look like nothing done.
  if (files.length === outputs.length) await session.say(`written to ${files.join(', ')}`);
  const { gateOf } = await import('./output/gate-of.ts');
  const gate = gateOf(result.report);
  const isTold = outputs.some((target) => target.destination === undefined && FORMATS[target.format].isWords === true);
  if (gate !== undefined && (!isTold || settings.query !== undefined)) await session.say(gateText(gate));
  if (selectedNothing) await session.say('--query selected nothing; `-o json` without it shows what there is');
  if (result.hint !== undefined) await session.say(result.hint);
}

/** The pager that the user has, for what is read; a script is meant for a shell. */
async function pagerFor({ report }: Result, context: Context): Promise<Pager | undefined> {
  if (report.kind === 'script' || !context.stdout.isTTY) return undefined;
  const { openPager, pagerOf } = await import('./shell/pager.ts');
  const program = pagerOf(context);
  return program === undefined ? undefined : openPager(program, context);
}

async function writeAll(output: Output, pieces: AsyncIterable<string>): Promise<void> {
  for await (const piece of joined(pieces)) await output.write(piece);
}

/** Small pieces are joined: one system call for each would make a long list slow. */
async function* joined(pieces: AsyncIterable<string>): AsyncIterable<string> {
  let pending = '';
  for await (const piece of pieces) {
    pending += piece;
    if (pending.length > 32_768) {
      yield pending;
      pending = '';
    }
  }
  if (pending !== '') yield pending;
}

/** Tells how long everything took, also where it failed. */
async function tell(timing: Timing, stage: string, { stderr }: Context): Promise<void> {
  timing.ended(stage);
  // As everywhere else, a stderr that is gone is no failure.
  await stderr
    .write(
      timing
        .lines()
        .map((line) => `${line}\n`)
        .join(''),
    )
    .catch(() => undefined);
}

async function fail(
  error: unknown,
  how: { json: boolean; debug: boolean; wrote: string | undefined; changesNothing: boolean },
  context: Context,
): Promise<number> {
  if (hasReaderLeft(error)) return EXIT_CODES.ok;
  const [{ describeFailure }, { wrapTalk }] = await Promise.all([
    import('./shell/failure.ts'),
    import('./output/wrap-talk.ts'),
  ]);
  const failure = describeFailure(error, context.interrupted, how);
  try {
    const { stderr } = context;
    await stderr.write(how.json ? failure.text : wrapTalk(failure.text, stderr.isTTY ? stderr.columns : undefined));
  } catch {
    // Nobody listens on stderr; the exit code still tells.
  }
  return failure.exitCode;
}

/** Gives a usage error without a hint one: the `--help` to read. */
function withHint(error: unknown, argv: readonly string[]): unknown {
  if (error instanceof QueryError) return new GsaError('usage', error.message, { hint: error.hint });
  if (!(error instanceof GsaError) || error.kind !== 'usage' || error.hint !== undefined) return error;
  const { message, problems, stack } = error;
  return Object.assign(new GsaError('usage', message, { hint: helpHint(argv), problems }), { stack });
}
