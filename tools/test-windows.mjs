// Makes the executable for Windows and does the main job with it under wine, beside the package on this machine:
// `npm run test:windows`. Wine is Debian's packages wine and wine64; where it is missing the script says so and skips. On
// Windows itself the executable is started as it is.
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Checks, inFolder, placeExamples, root, run } from './package-place.mjs';

const onWindows = process.platform === 'win32';
if (!onWindows && spawnSync('wine', ['--version']).error !== undefined) {
  process.stdout.write('skipped test:windows: wine is not installed (Debian: apt-get install wine wine64)\n');
  process.exit(0);
}

/** An administrator's day, from a new tenant to a switch that is taken back. */
const DAY = [
  '--version',
  '--help',
  'init --quiet --query displayName',
  'policy list',
  'policy show CA003 -o yaml',
  'signaling status -o json',
  'impact signins.ndjson -o json --fail-on newlyBlocked',
  'impact many.ndjson -o json --threads 2',
  'impact --all -o json',
  'signaling disable --no-input',
  'signaling disable --no-input --report-only-policies --yes -o json',
  'undo --quiet -o json',
  'replay signins.ndjson --quiet -o json',
  'logs -o csv',
  'check ci/entra -o sarif:check.sarif',
  'test ci/tests -o tap',
  'export exported --quiet --query value',
  'tenant validate -o json --query valid',
  'audit -o tsv',
  'whatif --user nobody --app SharePoint',
  'nonsense',
];

const SETTINGS = { GSA_NOW: '2026-01-15T09:00:00Z', GSA_AS: 'megan.bowen@contoso.com' };

const checks = new Checks();
const made = await run('node', ['tools/executable.mjs', 'win-x64'], { cwd: root });
checks.say('the executable for Windows is made', made.code === 0, made.stderr);
const executable = made.stdout.split(' ')[0] ?? '';
await run('node', ['tools/build.mjs'], { cwd: root });

await inFolder(async (place) => {
  const prefix = join(place, 'wine');
  mkdirSync(prefix);
  // Node asks for Windows 10; wine says that it is an older one unless it is told to.
  if (!onWindows) start(place, prefix, ['reg', 'add', 'HKCU\\Software\\Wine', '/v', 'Version', '/d', 'win10', '/f']);
  const [windows, here] = [join(place, 'windows'), join(place, 'here')];
  for (const folder of [windows, here]) {
    mkdirSync(folder);
    await placeExamples(folder);
  }
  for (const words of DAY) {
    const there = start(windows, prefix, [executable, ...words.split(' ')]);
    const env = { ...SETTINGS, GSA_TENANT: 'tenant.json', HOME: here };
    const by = await run(process.execPath, [join(root, 'bin/gsa.js'), ...words.split(' ')], { cwd: here, env });
    const same =
      there.code === by.code && told(there.stdout) === told(by.stdout) && told(there.stderr) === told(by.stderr);
    checks.say(
      `${words}: as the package has it, exit code ${by.code}`,
      same,
      `${shown(there)}\ninstead of\n${shown(by)}`,
    );
  }
  const exported = await Promise.all([windows, here].map((folder) => readdir(join(folder, 'exported'))));
  checks.say('an export is the same files', String(exported[0]) === String(exported[1]), String(exported));
  start(windows, prefix, [executable, 'init', '--quiet'], { GSA_TENANT: '' });
  const file = start(windows, prefix, [executable, 'tenant', 'show', '-o', 'json', '--query', 'path'], {
    GSA_TENANT: '',
  });
  checks.say(
    'a tenant without a path lies where Windows keeps settings',
    /AppData.{1,4}Roaming.{1,4}gsa/.test(file.stdout),
    shown(file),
  );
  if (!onWindows) spawnSync('wineserver', ['--wait'], { env: { ...process.env, WINEPREFIX: prefix }, timeout: 60_000 });
});
checks.end();

/**
 * Runs a program of Windows. Its output goes to files: under wine, Node cannot write to a pipe of Linux.
 * @param {string} cwd
 * @param {string} prefix
 * @param {readonly string[]} words
 * @param {Record<string, string>} [more]
 */
function start(cwd, prefix, words, more = {}) {
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GSA_')));
  const env = { ...own, WINEPREFIX: prefix, WINEDEBUG: '-all', ...SETTINGS, GSA_TENANT: 'tenant.json', ...more };
  const paths = ['stdout', 'stderr'].map((name) => join(prefix, name));
  const files = paths.map((path) => openSync(path, 'w'));
  const [program = '', ...rest] = onWindows ? words : ['wine', ...words];
  const { status } = spawnSync(program, rest, { cwd, env, stdio: ['ignore', files[0], files[1]] });
  for (const file of files) closeSync(file);
  const [stdout = '', talk = ''] = paths.map((path) => (existsSync(path) ? readFileSync(path, 'utf8') : ''));
  // What wine says of itself, such as a fault while Node ends, is no word of the program: shown, and not compared.
  const ofWine = onWindows ? [] : (talk.match(/^wine: .*\r?\n/gm) ?? []);
  for (const line of ofWine) process.stdout.write(`      ${line.trimEnd()}\n`);
  return { code: status ?? -1, stdout, stderr: ofWine.reduce((text, line) => text.replace(line, ''), talk) };
}

/**
 * What is told, with the paths of Windows as others write them. Ids that are drawn by chance, those that no example has, are one.
 * @param {string} text
 */
function told(text) {
  const plain = text.replaceAll('\r\n', '\n').replaceAll('\\\\', '/').replaceAll('\\', '/');
  return plain.replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, (id) =>
    id.includes('0000-4000-8000') ? id : 'an id',
  );
}

/** @param {{ code: number, stdout: string, stderr: string }} answer */
function shown({ code, stdout, stderr }) {
  return `exit code ${code}\n${told(stdout).slice(0, 2000)}\n${told(stderr).slice(0, 1000)}`;
}
