import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { PROJECT } from '../support/terminal.ts';
import { readAzure, readGithub, readJunit, sarifProblems } from './readers.ts';

/**
 * The pipelines of examples/ci, as far as they can be run without the services: their files are parsed, and their shell steps
 * are run one after another in a copy of the folder, with an `npx` that finds this gsa and an `npm` that has nothing to do.
 */
const EXAMPLES = join(PROJECT, 'examples/ci');
const NODE = join(PROJECT, 'node_modules/.bin/node');

interface StepRun {
  readonly exitCode: number;
  readonly stdout: string;
}

function repository() {
  const folder = mkdtempSync(join(tmpdir(), 'gsa-ci-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const bin = join(folder, '.bin');
  cpSync(EXAMPLES, folder, { recursive: true });
  mkdirSync(bin);
  writeFileSync(
    join(bin, 'npx'),
    `#!/bin/sh\n[ "$1 $2" = '--no gsa' ] || exit 9\nshift 2\nexec '${NODE}' '${join(PROJECT, 'bin/gsa.js')}' "$@"\n`,
  );
  writeFileSync(join(bin, 'npm'), '#!/bin/sh\n[ "$1" = ci ]\n');
  for (const name of ['npx', 'npm']) chmodSync(join(bin, name), 0o755);
  const summary = join(folder, 'summary.md');
  return {
    folder,
    summary: () => readFileSync(summary, 'utf8'),
    read: (file: string) => readFileSync(join(folder, file), 'utf8'),
    /** The exception for trusted locations goes missing. */
    breakPolicies: () => {
      const file = join(folder, 'entra/policies.json');
      writeFileSync(file, readFileSync(file, 'utf8').replaceAll('"AllTrusted"', ''));
    },
    run: (script: string): StepRun => {
      const env = {
        PATH: [bin, dirname(NODE), process.env['PATH'] ?? ''].join(delimiter),
        HOME: folder,
        GITHUB_STEP_SUMMARY: summary,
        GITHUB_ACTIONS: 'true',
        GITHUB_BASE_REF: 'main',
        CI: 'true',
      };
      try {
        const stdout = execFileSync('bash', ['-e', '-o', 'pipefail', '-c', script], {
          cwd: folder,
          env,
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'pipe'],
        });
        return { exitCode: 0, stdout };
      } catch (error) {
        if (!(error instanceof Error) || !('status' in error) || !('stdout' in error)) throw error;
        return { exitCode: Number(error.status), stdout: String(error.stdout) };
      }
    },
  };
}

interface Step {
  readonly run?: string;
  readonly uses?: string;
  readonly if?: string;
}

/** A step that compares with the branch that a pull request goes to. */
function isOfPullRequest(step: Step): boolean {
  return step.if?.includes('pull_request') === true;
}

function example<T>(file: string): T {
  return parse(readFileSync(join(EXAMPLES, file), 'utf8')) as T;
}

describe.skipIf(process.platform === 'win32')('the pipelines of examples/ci', () => {
  test('GitHub: green, with a summary and valid reports; red, with annotations at the test', () => {
    interface Workflow {
      readonly jobs: { readonly gsa: { readonly steps: readonly Step[] } };
    }
    const { steps } = example<Workflow>('github/conditional-access.yml').jobs.gsa;
    const scripts = steps.flatMap((step) => (isOfPullRequest(step) ? [] : (step.run ?? [])));
    expect(steps.every(({ run, uses }) => (run === undefined) !== (uses === undefined))).toBe(true);

    const green = repository();
    expect(scripts.map((script) => green.run(script).exitCode)).toEqual([0, 0, 0]);
    expect(readJunit(green.read('out/gsa.xml')).map(({ child }) => child)).toEqual([
      ...Array.from({ length: 7 }, () => undefined),
    ]);
    for (const file of ['out/check.sarif', 'out/test.sarif']) expect(sarifProblems(green.read(file))).toEqual([]);
    expect(green.summary()).toContain('7 passed');

    const red = repository();
    red.breakPolicies();
    const last = scripts.map((script) => red.run(script)).at(-1);
    expect(last?.exitCode).toBe(1);
    expect(readGithub(last?.stdout ?? '')[0]).toMatchObject({
      command: 'error',
      properties: {
        file: 'tests/headquarters.gsatest.yaml',
        title: 'Finance works from headquarters through the tunnel',
      },
    });
    expect(red.summary()).toContain('**FAILED** Finance works from headquarters through the tunnel');
  });

  test('GitHub: a pull request that lets more in is stopped by a proof, with the policy in its summary', () => {
    const { steps } = example<{ readonly jobs: { readonly gsa: { readonly steps: readonly Step[] } } }>(
      'github/conditional-access.yml',
    ).jobs.gsa;
    const [script = ''] = steps.flatMap((step) => (isOfPullRequest(step) ? (step.run ?? []) : []));
    const commit =
      'git init -q -b main && git add entra && git -c user.name=a -c user.email=a@b.example commit -qm base && git update-ref refs/remotes/origin/main HEAD';
    const same = repository();
    expect(same.run(commit).exitCode).toBe(0);
    expect(same.run(script).exitCode).toBe(0);
    expect(same.summary()).toContain('every sign-in there could be comes out as before');
    const looser = repository();
    looser.run(commit);
    const file = join(looser.folder, 'entra/policies.json');
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('"AllTrusted"', '"All"'));
    expect(looser.run(script).exitCode).toBe(1);
    expect(looser.summary()).toContain('CA003 Block Finance outside trusted locations');
  });

  test('Azure DevOps: green and red, with issues that the agent understands and a report for the Tests tab', () => {
    const { steps } = example<{ readonly steps: readonly { readonly script?: string; readonly task?: string }[] }>(
      'azure-devops/azure-pipelines.yml',
    );
    const scripts = steps.flatMap(({ script }) => script ?? []);
    const green = repository();
    expect(scripts.map((script) => green.run(script).exitCode)).toEqual([0, 0, 0]);
    const red = repository();
    red.breakPolicies();
    const last = scripts.map((script) => red.run(script)).at(-1);
    expect(last?.exitCode).toBe(1);
    expect(readAzure(last?.stdout ?? '')[0]).toMatchObject({ properties: { type: 'error', code: 'test-failed' } });
    expect(readJunit(red.read('out/gsa.xml')).some(({ child }) => child === 'failure')).toBe(true);
  });

  test('GitLab: the report is there whether the job is green or red', () => {
    interface Pipeline {
      readonly 'conditional-access': {
        readonly before_script: readonly string[];
        readonly script: readonly string[];
        readonly artifacts: { readonly reports: { readonly junit: string } };
      };
    }
    const job = example<Pipeline>('gitlab/.gitlab-ci.yml')['conditional-access'];
    const scripts = [...job.before_script, ...job.script];
    const green = repository();
    expect(scripts.map((script) => green.run(script).exitCode)).toEqual([0, 0, 0]);
    const red = repository();
    red.breakPolicies();
    expect(scripts.map((script) => red.run(script).exitCode).at(-1)).toBe(1);
    for (const { read } of [green, red]) expect(readJunit(read(job.artifacts.reports.junit))).toHaveLength(7);
  });

  test('pre-commit: the hook of git itself lets good commits through and stops bad ones', () => {
    interface Config {
      readonly repos: readonly { readonly hooks: readonly { readonly entry: string; readonly files: string }[] }[];
    }
    const hooks = example<Config>('pre-commit/.pre-commit-config.yaml').repos.flatMap((each) => each.hooks);
    const place = repository();
    expect(hooks.map(({ entry }) => place.run(entry).exitCode)).toEqual([0, 0]);
    expect(hooks.every(({ files }) => new RegExp(files).test('entra/policies.json'))).toBe(true);
    const commit = 'git -c user.name=a -c user.email=a@b.c commit -qm change --allow-empty';
    expect(
      place.run(`git init -q && cp pre-commit/hook .git/hooks/pre-commit && git add -A && ${commit}`).exitCode,
    ).toBe(0);
    place.breakPolicies();
    expect(place.run(`git add -A && ${commit}`).exitCode).not.toBe(0);
    expect(existsSync(join(place.folder, '.git/index'))).toBe(true);
  });
});
