// Makes the executable of this machine and its Debian package, and does the main job with it as the package does:
// `npm run test:executable`. `-- --cross` makes those for other platforms too, and looks whether the program is in them.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Checks, inFolder, placeExamples, root, run } from './package-place.mjs';

const STARTS = 15;
/** How much longer than the package's own a start may take. */
const MOST = 1.5;

const checks = new Checks();
const here = `${process.platform}-${process.arch}`;
const made = await run('node', ['tools/executable.mjs', here, '--deb'], { cwd: root });
checks.say('it is made', made.code === 0, made.stderr);
const [line = '', deb = ''] = made.stdout.trim().split('\n');
const executable = line.split(' ')[0] ?? '';

await inFolder(async (folder) => {
  const env = { HOME: folder, GSA_TENANT: join(folder, 'tenant.json'), GSA_NOW: '2026-01-15T09:00:00Z' };
  await placeExamples(folder);
  /** @param {string} words */
  const both = async (words) => {
    const list = words.split(' ');
    const by = await run(process.execPath, [join(root, 'bin/gsa.js'), ...list], { cwd: folder, env });
    const alone = await run(executable, list, { cwd: folder, env });
    const same = alone.code === by.code && alone.stdout === by.stdout && alone.stderr === by.stderr;
    checks.say(
      `${words}: as the package has it, exit code ${by.code}`,
      same,
      `${alone.code} ${alone.stdout}${alone.stderr}`,
    );
  };
  await run(executable, ['init', '--quiet'], { cwd: folder, env });
  for (const words of [
    '--version',
    '--help',
    'policy list -o json',
    'signaling status -o yaml',
    'signaling disable --no-input -o json',
    'impact signins.ndjson -o json --fail-on newlyBlocked',
    'impact many.ndjson -o json --threads 2',
    'impact --all -o json',
    'check -o sarif',
    'test ci/tests -o tap',
    'whatif --user joni.sherman@contoso.com --app SharePoint -o yaml',
    'nonsense',
  ]) {
    await both(words);
  }
  const replayed = await run(executable, ['replay', 'signins.ndjson', '--quiet'], { cwd: folder, env });
  checks.say('replay writes the log, without a notice', replayed.code === 0 && replayed.stderr === '', replayed.stderr);
  checks.say(`a start takes at most ${MOST} times as long as the package's`, ratioOfStarts(folder, env) <= MOST);
});

checks.say('its Debian package holds the program and its man page', debHolds(deb));
if (process.argv.includes('--cross'))
  for (const platform of ['win-x64', 'darwin-x64', 'darwin-arm64']) await cross(platform);
checks.end();

/**
 * Time of both, taken in turns, so that other work on the machine hits both; the middle of the ratios.
 * @param {string} folder
 * @param {Record<string, string>} env
 */
function ratioOfStarts(folder, env) {
  const words = ['signaling', 'status', '-o', 'json'];
  /** @param {string} program @param {readonly string[]} list */
  const cost = (program, list) => {
    const begun = performance.now();
    execFileSync(program, [...list, ...words], { cwd: folder, env: { ...process.env, ...env }, stdio: 'ignore' });
    return performance.now() - begun;
  };
  const bin = [join(root, 'bin/gsa.js')];
  const ratios = Array.from({ length: STARTS }, () => cost(executable, []) / cost(process.execPath, bin));
  const middle = ratios.sort((a, b) => a - b)[Math.floor(STARTS / 2)] ?? Number.POSITIVE_INFINITY;
  process.stdout.write(`      start of the executable / of the package: ${middle.toFixed(2)}\n`);
  return middle;
}

/** @param {string} path */
function debHolds(path) {
  if (!existsSync(path)) return false;
  const listed = execFileSync('dpkg-deb', ['--contents', path], { encoding: 'utf8' });
  return ['./usr/bin/gsa', './usr/share/man/man1/gsa.1.gz', './usr/share/doc/entra-gsa/copyright'].every((name) =>
    listed.includes(name),
  );
}

/** @param {string} platform made and looked into; it cannot be started here */
async function cross(platform) {
  const { code, stdout, stderr } = await run('node', ['tools/executable.mjs', platform], { cwd: root });
  const path = stdout.split(' ')[0] ?? '';
  const holds = code === 0 && readFileSync(path).includes('Know who is locked out before');
  checks.say(`${platform}: made, with the program inside`, holds, stderr);
}
