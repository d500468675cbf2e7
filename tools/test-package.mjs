// Packs, installs the tarball in clean folders on the oldest Node that it runs on and on the one that we develop with, and uses
// it as somebody else would: `npm run test:package`.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Checks, inFolder, install, pack, root, run } from './package-place.mjs';

/** The oldest that package.json allows, and the last of the next line. */
const NODES = ['22.15.0', '24.21.0'];

const LIBRARY = `
import { evaluate, GsaError } from 'entra-gsa';
const where = { tenant: 'tenant.json', now: '2026-01-15T09:00:00Z' };
const { outcome } = await evaluate({ user: 'joni.sherman@contoso.com', app: 'SharePoint' }, where);
let kind = '';
try { await evaluate({ user: 'x' }, { tenant: 'no.json' }); } catch (error) { if (error instanceof GsaError) kind = error.kind; }
console.log(typeof outcome, kind);
`;

const checks = new Checks();
await run('node', ['tools/build.mjs'], { cwd: root });
await inFolder(async (place) => {
  const named = await run('npm', ['pack', '--dry-run'], { cwd: root });
  checks.say(
    '`npm pack` says the name of the tarball and nothing else',
    /^\S+\.tgz\n$/.test(named.stdout),
    named.stdout,
  );
  const tarball = await pack(place);
  for (const version of NODES) {
    const folder = join(place, version);
    await mkdir(folder);
    await install(folder, [tarball, `node-${process.platform}-${process.arch}@${version}`]);
    await use(folder, version);
  }
  await compile(join(place, NODES[0] ?? ''));
});
checks.end();

/**
 * @param {string} folder
 * @param {string} version
 */
async function use(folder, version) {
  const node = join(folder, `node_modules/node-${process.platform}-${process.arch}/bin`);
  /** @param {readonly string[]} words */
  const gsa = (...words) =>
    run(join(folder, 'node_modules/.bin/gsa'), words, {
      cwd: folder,
      first: node,
      env: { HOME: folder, GSA_TENANT: 'tenant.json' },
    });
  const on = await run('node', ['--version'], { cwd: folder, first: node });
  checks.say(`Node ${version} is what runs`, on.stdout.trim() === `v${version}`, on.stdout);
  const made = await gsa('init', '--quiet', '-o', 'json');
  checks.say(`${version}: init makes a tenant`, made.code === 0 && made.stderr === '', made.stderr);
  const sample = 'node_modules/entra-gsa/examples/contoso/signins.ndjson';
  const told = await gsa('impact', sample, '-o', 'json', '--fail-on', 'newlyBlocked');
  const stopped = told.code === 1 && JSON.parse(told.stdout).failed.includes('newlyBlocked');
  checks.say(`${version}: impact tells who is stopped, and its gate fails`, stopped, told.stderr);
  const replayed = await gsa('replay', sample, '-o', 'json', '--quiet');
  checks.say(
    `${version}: the sign-in log is written, without a notice`,
    replayed.code === 0 && replayed.stderr === '',
    replayed.stderr,
  );
  const doctor = await gsa('doctor', '-o', 'json');
  checks.say(`${version}: doctor finds nothing wrong`, doctor.code === 0, doctor.stdout + doctor.stderr);
  await writeFile(join(folder, 'uses.mjs'), LIBRARY);
  const used = await run('node', ['uses.mjs'], { cwd: folder, first: node, env: { HOME: folder } });
  checks.say(`${version}: the library answers`, used.stdout === 'string invalid\n', used.stdout + used.stderr);
}

/** @param {string} folder a consumer that knows nothing but the package */
async function compile(folder) {
  await writeFile(join(folder, 'uses.mts'), LIBRARY);
  const words = [
    '--noEmit',
    '--strict',
    '--module',
    'nodenext',
    '--target',
    'es2023',
    '--lib',
    'es2023,dom',
    'uses.mts',
  ];
  const compiled = await run(join(root, 'node_modules/.bin/tsc'), words, { cwd: folder });
  checks.say('the types of the library are found, and need no other package', compiled.code === 0, compiled.stdout);
}
