// What ships, as CycloneDX on stdout: `npm run sbom`. npm lists everything that is installed; what only development needs is
// left out here, by the lockfile: `npm sbom --omit dev` forgets packages that both need.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const { packages } = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'));
const npm = spawnSync('npm sbom --sbom-format cyclonedx', {
  cwd: new URL('..', import.meta.url),
  encoding: 'utf8',
  shell: true,
  maxBuffer: 1 << 28,
});
if (npm.status !== 0) {
  process.stderr.write(npm.stderr);
  process.exit(1);
}

/**
 * @typedef {{ 'bom-ref': string, name: string, group?: string, version: string }} Component
 * @type {{ components: Component[], dependencies: { ref: string, dependsOn: string[] }[] }}
 */
const all = JSON.parse(npm.stdout);

/** Of each package that ships, `name@version`. */
const shipped = new Set(
  Object.entries(packages)
    .filter(([path, { dev, link }]) => path !== '' && dev !== true && link !== true)
    .map(([path, { version }]) => `${path.replace(/^.*node_modules\//, '')}@${version}`),
);
const isShipped = (/** @type {Component} */ { name, group, version }) =>
  shipped.has(`${group === undefined ? name : `${group}/${name}`}@${version}`) || shipped.has(`${name}@${version}`);
const components = all.components.filter(isShipped);
const left = new Set(all.components.filter((each) => !isShipped(each)).map((each) => each['bom-ref']));
const dependencies = all.dependencies
  .filter(({ ref }) => !left.has(ref))
  .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((each) => !left.has(each)) }));
process.stdout.write(`${JSON.stringify({ ...all, components, dependencies }, null, 2)}\n`);
