import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { PROJECT } from '../support/terminal.ts';

const NODE = join(PROJECT, 'node_modules/.bin/node');

/** A preloaded module that makes this Node say that it is an older one. */
const saying = (version: string, condition = 'true') =>
  `data:text/javascript,if(${condition})Object.defineProperty(process.versions,'node',{value:'${version}'})`;

/** The program without its packages. */
function copy(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gsa-old-node-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(join(PROJECT, 'bin'), join(folder, 'bin'), { recursive: true });
  cpSync(join(PROJECT, 'package.json'), join(folder, 'package.json'));
  return folder;
}

const start = (folder: string, preload: string, words: readonly string[]) =>
  spawnSync(NODE, ['--import', preload, join(folder, 'bin/gsa.js'), ...words], { encoding: 'utf8' });

test.each(['20.20.2', '22.14.0', '18.0.0'])('Node %s is told what is needed and how it is had, once', (version) => {
  const { status, stdout, stderr } = start(copy(), saying(version), ['--version']);
  expect([status, stdout, stderr]).toEqual([
    4,
    '',
    `gsa: Node 22.15 or newer is needed, this is ${version}\nhint: install a newer Node; in a clone of gsa, \`npm ci\` brings one\n`,
  ]);
});

test('a Node of the clone that is too old itself is started once and no more', () => {
  const folder = copy();
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
  symlinkSync(NODE, join(folder, 'node_modules/.bin/node'));
  expect(start(folder, saying('20.0.0'), ['--version']).stderr).toMatch(/^gsa: Node 22\.15 or newer is needed/);
});

test('what the newer Node runs knows nothing of the older one', () => {
  const older = saying('20.0.0', 'process.env.GSA_DEV_RUNTIME===undefined');
  const { stdout } = start(PROJECT, older, ['doctor', '-o', 'json', '--tenant', 'none.json']);
  expect(JSON.parse(stdout).value).toContainEqual(
    expect.objectContaining({ check: 'environment', detail: expect.not.stringContaining('GSA_DEV_RUNTIME') }),
  );
});
