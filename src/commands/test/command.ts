import { CoverageCount } from '../../core/gsatest/coverage.ts';
import type { Test } from '../../core/gsatest/suite.ts';
import type { Tenant } from '../../core/tenant/tenant.ts';
import { partOf, plural } from '../../core/values/plural.ts';
import type { TestFile } from '../../intake/gsatest/files.ts';
import { beside, findTestFiles, isAtOrBelow } from '../../intake/gsatest/files.ts';
import type { Report } from '../../output/report.ts';
import type { CoverageReport, TestReport, TestResult } from '../../output/reports/gsatest/result.ts';
import type { Verdict } from '../../shell/exit-codes.ts';
import type { Session } from '../../shell/session.ts';
import { GsaError } from '../../trouble/error.ts';
import { defineCommand } from '../command.ts';
import { examples } from '../examples.ts';
import { list, percent } from '../options.ts';
import { HISTORY_HELP, keptRuns } from '../run-history.ts';
import { summaryOf } from './result.ts';
import type { TestRun } from './suite.ts';
import { runFile } from './suite.ts';
import { TestTenants } from './tenant.ts';

interface Options {
  readonly run?: string;
  readonly tag?: readonly string[];
  readonly watch?: true;
  readonly coverage?: true;
  readonly threshold?: number;
  readonly root?: string;
  readonly history?: string;
}

export const command = defineCommand<[readonly string[]], Options>({
  changesNothing: true,
  formats: ['lists', 'pipelines', 'html'],
  goesOnWith: 'watch',
  startsOthers: true,
  declare: (command) =>
    command
      .description(
        'Runs test files (*.gsatest.yaml, *.gsatest.json): sign-ins and what is expected of them, tables, statements about all ' +
          'sign-ins, changes, dependencies and commands. Without paths: the files below this folder. A failure says what was ' +
          'expected, what came, why, which policy decided, and what to type for a closer look. Exit 1: a test failed or is ' +
          'unknown; 4: a file is not valid, or there is no test. A command in a test runs on a copy of the tenant: it names no ' +
          'tenant, reads only below --root, and writes only below {scratch}/, a folder that goes with the test.',
      )
      .argument('[path...]', 'test files and folders')
      .option('--run <regex>', "only tests whose names match (RE2's syntax, in any case)")
      .option('--tag <tag>', 'only tests with one of these tags; repeatable', list)
      .option('--watch', 'run again what a changed file touches, until Ctrl-C')
      .option('--coverage', 'policies, locations, include and exclude entries that no test has decided')
      .option('--threshold <percent>', 'with --coverage: fail below this', percent)
      .option('--history <folder>', HISTORY_HELP)
      .option(
        '--root <folder>',
        'folder below which tests may name files (else this folder, and for a test file elsewhere its own)',
      )
      .addHelpText(
        'after',
        examples(
          'gsa test',
          'gsa test policies/ --tag critical --coverage --threshold 80',
          'gsa test -o table -o junit:out/gsa.xml -o sarif:out/gsa.sarif',
          'gsa test --history runs/ -o html:tests.html',
        ),
      ),
  run: async (session, [paths], options) => {
    if (options.threshold !== undefined && options.coverage !== true) {
      throw new GsaError('usage', '--threshold says how much coverage is enough', { hint: 'add --coverage' });
    }
    const where = paths.length === 0 ? ['.'] : paths;
    const matches = await patternOf(options.run);
    const rerun = new Rerun(session, where, options, matches);
    const report = await rerun.all();
    const verdict = verdictOf(report);
    const { passed, failed, unknown, skipped, error } = report.summary;
    const history = await keptRuns(session, options.history, 'test', {
      createdDateTime: session.now(),
      passed: verdict === 'ok',
      counts: { passed, failed, unknown, skipped, error },
    });
    return {
      report: { kind: 'test', data: history.length === 0 ? report : { ...report, history } },
      verdict,
      ...(options.watch === true ? { more: rerun.more() } : {}),
    };
  },
});

/** Expressions are read where one is given: their engine takes longer to load than most runs of tests. */
async function patternOf(text: string | undefined): Promise<(name: string) => boolean> {
  if (text === undefined) return () => true;
  return (await import('../../intake/gsatest/name-pattern.ts')).namePattern(text);
}

/** The files of a run, what each hangs on, and their latest results. */
class Rerun {
  readonly #session: Session;
  readonly #paths: readonly string[];
  readonly #options: Options;
  readonly #tenants: TestTenants;
  readonly #matches: (name: string) => boolean;
  readonly #hangsOn = new Map<string, readonly string[]>();

  constructor(session: Session, paths: readonly string[], options: Options, matches: (name: string) => boolean) {
    this.#matches = matches;
    this.#session = session;
    this.#paths = paths;
    this.#options = options;
    this.#tenants = new TestTenants(session);
  }

  async all(): Promise<TestReport> {
    const files = await this.#files();
    if (files.length === 0) {
      throw new GsaError('invalid', `no test files in ${this.#paths.map((path) => `\`${path}\``).join(', ')}`, {
        hint: 'their names end in .gsatest.yaml or .gsatest.json; `gsa test generate --from-logs` writes a first one',
      });
    }
    const report = await this.#run(files);
    if (report.value.length > 0) return report;
    const filters = [
      this.#options.run === undefined ? [] : ['--run'],
      this.#options.tag === undefined ? [] : ['--tag'],
    ].flat();
    throw new GsaError('invalid', `no test matches ${filters.join(' and ')}`, {
      hint: 'run without it to see the names',
    });
  }

  /** One report for every step of changes; Ctrl-C ends it. */
  async *more(): AsyncGenerator<Report> {
    const session = this.#session;
    const watched = [...this.#paths.map((path) => session.path(path)), ...[...this.#hangsOn.values()].flat()];
    for await (const changed of session.watch(watched)) {
      if (changed.length === 0) await session.say('watching; Ctrl-C ends');
      const touched = (await this.#files()).filter((file) => this.#isTouched(file, changed));
      if (touched.length === 0) continue;
      for (const path of changed) this.#tenants.forget(path);
      yield { kind: 'test', data: await this.#run(touched) };
    }
    throw session.interrupted.reason;
  }

  #rootOf(file: TestFile): string {
    const { root } = this.#options;
    const here = this.#session.path(root ?? '.');
    return root !== undefined || isAtOrBelow(file.path, here) ? here : beside(file, '.');
  }

  #files(): Promise<readonly TestFile[]> {
    return findTestFiles(this.#paths, this.#session.path('.'));
  }

  /** A file that hangs on a folder is touched by everything below it. */
  #isTouched({ path }: TestFile, changed: readonly string[]): boolean {
    const own = [path, ...(this.#hangsOn.get(path) ?? [])];
    return changed.some((each) => own.some((mine) => isAtOrBelow(each, mine)));
  }

  async #run(files: readonly TestFile[]): Promise<TestReport> {
    const counts = new Map<string, { readonly tenant: Tenant; readonly count: CoverageCount }>();
    const run: TestRun = {
      session: this.#session,
      tenants: this.#tenants,
      rootOf: (file) => this.#rootOf(file),
      wanted: wantedBy(this.#options, this.#matches),
      coverage: ({ tenant }, name) => {
        if (this.#options.coverage !== true) return undefined;
        const known = counts.get(name) ?? { tenant, count: new CoverageCount() };
        counts.set(name, known);
        return known.count;
      },
    };
    const value: TestResult[] = [];
    for (const [at, file] of files.entries()) {
      if (at > 0) this.#session.progress(`${partOf(at, files.length, 'file')}, ${plural(value.length, 'test')}`);
      const { results, hangsOn } = await runFile(file, run);
      value.push(...results);
      this.#hangsOn.set(file.path, hangsOn);
    }
    const summary = summaryOf(value);
    const coverage =
      this.#options.coverage === true
        ? coverageOf(counts, this.#options.threshold, this.#session, summary.error > 0)
        : null;
    return { summary, coverage, value };
  }
}

function wantedBy({ tag }: Options, matches: (name: string) => boolean): (test: Test) => boolean {
  return ({ name, tags }) => matches(name) && (tag === undefined || tags.some((each) => tag.includes(each)));
}

function coverageOf(
  counts: ReadonlyMap<string, { readonly tenant: Tenant; readonly count: CoverageCount }>,
  threshold: number | undefined,
  session: Session,
  hasErrors: boolean,
): CoverageReport {
  const tenants = [...counts].map(([name, { tenant, count }]) => ({
    tenant: name === '' ? tenant.displayName : session.shownPath(name),
    ...count.of(tenant),
  }));
  const total = tenants.reduce((sum, each) => sum + each.total, 0);
  const covered = tenants.reduce((sum, each) => sum + each.covered, 0);
  // Rounded down: 99.96 is not 100.
  // A file that is not valid decides nothing; a tenant without branches leaves nothing undecided.
  const percent = total === 0 ? (hasErrors ? 0 : 100) : Math.floor((covered / total) * 1000) / 10;
  return { total, covered, percent, threshold: threshold ?? null, tenants };
}

function verdictOf({ summary, coverage }: TestReport): Verdict {
  if (summary.error > 0) return 'invalid';
  const isThin = coverage !== null && coverage.threshold !== null && coverage.percent < coverage.threshold;
  return summary.failed + summary.unknown > 0 || isThin ? 'findings' : 'ok';
}
