import type { CoverageCount } from '../../core/gsatest/coverage.ts';
import { underAssumedStatus, underUnseenPolicies } from '../../core/gsatest/not-proven.ts';
import { runAllTest } from '../../core/gsatest/run-all.ts';
import type { Run } from '../../core/gsatest/run-cases.ts';
import { changedTenant, changeTrial } from '../../core/gsatest/run-change.ts';
import { runCommandTest } from '../../core/gsatest/run-command.ts';
import { runTest, settle, skipOf } from '../../core/gsatest/run-test.ts';
import type { Scene } from '../../core/gsatest/scene.ts';
import type { FilePath, Test, TestOf } from '../../core/gsatest/suite.ts';
import { findUser } from '../../core/tenant/lookup.ts';
import { statusNotKnown } from '../../core/tenant/status-not-known.ts';
import type { Tenant } from '../../core/tenant/tenant.ts';
import { isSignalingStatusAssumed, otherStatus } from '../../core/tenant/tenant.ts';
import type { TestFile } from '../../intake/gsatest/files.ts';
import { BESIDE_THE_TEST, beside, isTenantFile, readTestFile, shownName } from '../../intake/gsatest/files.ts';
import type { ReadSuite } from '../../intake/gsatest/read-suite.ts';
import { readSuite } from '../../intake/gsatest/read-suite.ts';
import { tenantInPlace } from '../../intake/gsatest/tenant-in-place.ts';
import type { TestResult } from '../../output/reports/gsatest/result.ts';
import type { Session } from '../../shell/session.ts';
import { GsaError } from '../../trouble/error.ts';
import { tenantWords } from '../command-text.ts';
import { openSignIns } from '../sign-in-sources.ts';
import { tenantWith } from '../tenant-at.ts';
import type { Outcome } from './result.ts';
import { brokenFile, resultOf } from './result.ts';
import type { TestTenants } from './tenant.ts';
import { dependentsIn, sceneOf, testTenant } from './tenant.ts';

/** What every file of a run shares. */
export interface TestRun {
  readonly session: Session;
  readonly tenants: TestTenants;
  /** Folder below which a test file may name other files: data from a repository never reaches outside of it. */
  readonly rootOf: (file: TestFile) => string;
  readonly wanted: (test: Test) => boolean;
  /** The place to count the sign-ins of a tenant, which is known by the file that names it. */
  readonly coverage: (scene: Scene, name: string) => Pick<CoverageCount, 'add'> | undefined;
}

/** The results of one file, and the files that they hang on beside itself. */
export interface FileRun {
  readonly results: readonly TestResult[];
  readonly hangsOn: readonly string[];
}

/** What the tests of one file share. */
interface Course {
  readonly scene: Scene;
  readonly read: ReadSuite;
  readonly file: TestFile;
  readonly run: TestRun;
  readonly counted: Pick<CoverageCount, 'add'> | undefined;
}

/** Reads and runs one file. What is wrong with it, or with its tenant, is a result like any other. */
export async function runFile(file: TestFile, run: TestRun): Promise<FileRun> {
  const reading = readSuite(await readTestFile(file), /\.json$/i.test(file.path));
  if (!reading.ok) return { results: [brokenFile(file, reading.problems)], hangsOn: [] };
  const { read } = reading;
  const tenantPath = read.tenantPath === undefined ? undefined : beside(file, read.tenantPath);
  const hangsOn = [...(tenantPath === undefined ? [] : [tenantPath]), ...otherFiles(read, file)];
  const tests = read.suite.tests.filter(run.wanted);
  if (tests.length === 0) return { results: [], hangsOn };
  try {
    if (tenantPath !== undefined) await run.session.checkInside(run.rootOf(file), tenantPath);
    const scene = await sceneOfFile(read, tenantPath, run);
    const counted = run.coverage(scene, read.tenantParts === undefined ? (tenantPath ?? '') : file.name);
    const named = await tenantOption(read, tenantPath, run.session);
    const results: TestResult[] = [];
    for (const test of tests) {
      run.session.interrupted.throwIfAborted();
      const outcome = await outcomeOf(test, { scene, read, file, run, counted });
      results.push(resultOf(file, read, test, outcome, named));
    }
    return { results, hangsOn };
  } catch (error) {
    if (!(error instanceof GsaError) || error.kind !== 'invalid') throw error;
    const position = read.positionOf(['tenant']);
    const problems = [error.message, ...error.problems.map(({ message }) => message)].map((message, at) => ({
      message,
      hint: at === 0 ? error.hint : undefined,
      position,
    }));
    return { results: [brokenFile(file, problems)], hangsOn };
  }
}

/** How `gsa whatif` is told the same tenant: by its file, or not at all where it finds it too; `undefined`: it cannot be told. */
async function tenantOption(
  { tenantParts }: ReadSuite,
  tenantPath: string | undefined,
  session: Session,
): Promise<readonly string[] | undefined> {
  if (tenantParts !== undefined) return undefined;
  if (tenantPath === undefined) return tenantWords(session);
  return (await isTenantFile(tenantPath, BESIDE_THE_TEST))
    ? ['--tenant', shownName(tenantPath, session.path('.'))]
    : undefined;
}

async function sceneOfFile(
  read: ReadSuite,
  tenantPath: string | undefined,
  { tenants, session }: TestRun,
): Promise<Scene> {
  const { tenantParts, suite } = read;
  if (tenantParts === undefined) return sceneOf(await tenants.at(tenantPath), suite.fixtures);
  const base = tenantPath === undefined ? undefined : (await tenants.at(tenantPath)).tenant;
  return sceneOf(testTenant(tenantInPlace(tenantParts, base, suite.now ?? session.now())), suite.fixtures);
}

function otherFiles({ suite }: ReadSuite, file: TestFile): string[] {
  return suite.tests
    .flatMap((test) =>
      test.kind === 'change'
        ? [...test.signIns, ...(test.change.tenant === undefined ? [] : [test.change.tenant])]
        : test.kind === 'all'
          ? [test.change.tenant, test.with].filter((path) => path !== undefined)
          : [],
    )
    .map((path) => beside(file, path));
}

async function outcomeOf(test: Test, course: Course): Promise<Outcome> {
  const { read, run } = course;
  const now = read.suite.now ?? run.session.now();
  const skipped = skipOf(test, now);
  if (skipped !== undefined) return { ...skipped, cases: 0, problems: [] };
  const verdict = await runOne(test, course);
  if ('problems' in verdict) return { status: 'error', cases: 0, failures: [], problems: verdict.problems };
  const other = await underOtherStatus(test, course);
  if (other !== undefined && 'problems' in other)
    return { status: 'error', cases: 0, failures: [], problems: other.problems };
  const told = other === undefined ? verdict : underAssumedStatus(verdict, other, statusNotKnown(course.scene.tenant));
  const proven = test.kind === 'command' ? told : underUnseenPolicies(told, course.scene.tenant);
  return { ...settle(test, proven), cases: verdict.cases, problems: [] };
}

/** The same test under the status that is not the tenant's, where that is taken for granted and neither the test nor the file says one. */
async function underOtherStatus(test: Test, course: Course): Promise<Run | undefined> {
  const { scene, read } = course;
  const { defaults } = read.suite;
  if (test.kind === 'command' || defaults.signaling !== undefined || !isSignalingStatusAssumed(scene.tenant))
    return undefined;
  const signaling = otherStatus(scene.tenant.globalSecureAccess.conditionalAccess.signalingStatus);
  const suite = { ...read.suite, defaults: { ...defaults, signaling } as const };
  return await runOne(test, { ...course, counted: undefined, read: { ...read, suite } });
}

async function runOne(test: Test, course: Course): Promise<Run> {
  const { scene, read, counted } = course;
  switch (test.kind) {
    case 'change':
      return runChange(test, course);
    case 'all':
      return runAll(test, course);
    case 'command':
      return runCommand(test, course);
    case 'case':
    case 'matrix':
    case 'invariant':
    case 'dependencies':
      return runTest(
        test,
        scene,
        read.suite.defaults,
        counted === undefined ? undefined : (evaluation) => counted.add(evaluation),
        dependentsIn(scene.tenant),
      );
  }
}

/** The command on a copy of the tenant. One that would leave the copy is a problem of the file, whatever the test expects. */
async function runCommand(test: TestOf<'command'>, { scene, read, file, run }: Course): Promise<Run> {
  const { session } = run;
  const { as } = session.globals;
  const stage = {
    tenant: scene.tenant,
    now: read.suite.now ?? session.now(),
    cwd: beside(file, '.'),
    root: run.rootOf(file),
    as: as !== undefined && 'found' in findUser(scene.tenant, as) ? as : undefined,
  };
  try {
    return runCommandTest(test, await session.rehearse(test.command, stage));
  } catch (error) {
    return problemAt(error, ['tests', test.at, 'command']);
  }
}

/** What a refusal to leave the folder of the tests is to the file that asked for it. */
function problemAt(error: unknown, path: FilePath): Run {
  if (!(error instanceof GsaError) || error.kind !== 'invalid') throw error;
  return { problems: [{ path, message: error.message, hint: error.hint ?? '' }] };
}

/** The recorded sign-ins under both states of the tenant, one by one. */
async function runChange(test: TestOf<'change'>, { scene, read, file, run }: Course): Promise<Run> {
  try {
    const named = test.change.tenant === undefined ? [] : [test.change.tenant];
    for (const path of [...test.signIns, ...named]) await run.session.checkInside(run.rootOf(file), beside(file, path));
  } catch (error) {
    return problemAt(error, ['tests', test.at]);
  }
  const other = test.change.tenant === undefined ? scene : await run.tenants.at(beside(file, test.change.tenant));
  const changed = changedTenant(test.change, ['tests', test.at, 'change'], { ...scene, ...other });
  if ('problems' in changed) return changed;
  const after = sceneOf(changed.tenant === other.tenant ? other : testTenant(changed.tenant), scene.fixtures);
  const before = read.suite.defaults.signaling ?? scene.tenant.globalSecureAccess.conditionalAccess.signalingStatus;
  const status =
    test.change.signaling ??
    read.suite.defaults.signaling ??
    after.tenant.globalSecureAccess.conditionalAccess.signalingStatus;
  const trial = changeTrial(test, { scene, signaling: before }, { scene: after, signaling: status });
  if ('problems' in trial) return trial;
  const files = test.signIns.map((path) => beside(file, path));
  const assumed = test.proxyCountry === undefined ? {} : { proxyCountry: test.proxyCountry };
  let unusable: string | undefined;
  const { stream } = await openSignIns(run.session, scene.tenant, files, assumed, { others: [after.tenant] });
  for await (const item of stream) {
    if ('signIn' in item) trial.add(item.signIn.attempt, exampleOf(item.signIn.record));
    else
      unusable ??= `${item.skipped.message} (${item.skipped.place.file}${item.skipped.place.line === undefined ? '' : `:${item.skipped.place.line}`})`;
  }
  if (unusable !== undefined) {
    const hint = 'mend the file: a sign-in that is left out is a sign-in that nobody has judged';
    return {
      problems: [{ path: ['tests', test.at, 'signIns'], message: `a record cannot be used: ${unusable}`, hint }],
    };
  }
  return trial.finish();
}

/** Runs a test over every sign-in there could be, before and after the change. */
async function runAll(test: TestOf<'all'>, { scene, read, file, run }: Course): Promise<Run> {
  const path: FilePath = ['tests', test.at, 'all'];
  try {
    for (const named of [test.change.tenant, test.with]) {
      if (named !== undefined) await run.session.checkInside(run.rootOf(file), beside(file, named));
    }
  } catch (error) {
    return problemAt(error, path);
  }
  const other = test.change.tenant === undefined ? scene : await run.tenants.at(beside(file, test.change.tenant));
  const changed = changedTenant(test.change, [...path, 'change'], { ...scene, ...other });
  if ('problems' in changed) return changed;
  const after =
    test.with === undefined ? changed.tenant : await tenantWith(run.session, changed.tenant, beside(file, test.with));
  const statusOf = ({ globalSecureAccess }: Tenant) => globalSecureAccess.conditionalAccess.signalingStatus;
  const usual = read.suite.defaults.signaling;
  const all = {
    before: scene.tenant,
    statusBefore: usual ?? statusOf(scene.tenant),
    after,
    statusAfter: test.change.signaling ?? usual ?? statusOf(after),
  };
  return await run.session.computing(() => runAllTest(test, all));
}

function exampleOf(record: {
  readonly id: string;
  readonly userPrincipalName?: string | null;
  readonly resourceDisplayName?: string | null;
}): string {
  const { id, userPrincipalName, resourceDisplayName } = record;
  return `${userPrincipalName ?? 'somebody'} on ${resourceDisplayName ?? 'a resource'} (${id})`;
}
