import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ownedName, removeLeftBehind } from '../../../src/shell/left-behind.ts';
import { workplace } from '../../support/in-process.ts';

/** The id of a process that has ended. */
const gone = (): number => spawnSync(process.execPath, ['-e', '']).pid;

function folderWith(...names: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'gsa-left-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of names) {
    if (name.startsWith('gsa-rehearsal-')) mkdirSync(join(folder, name));
    else writeFileSync(join(folder, name), 'half of a rep');
  }
  return folder;
}

test('what a killed process left goes; what is of a running one, or of nobody of ours, stays', async () => {
  const kept = [
    `${ownedName('.gsa-')}0123456789ab.tmp`,
    `${ownedName('gsa-rehearsal-')}abcdef`,
    '.gsa-notes.tmp',
    `.gsa-${gone()}-0123456789ab.tmp.txt`,
    'report.json',
  ];
  const folder = folderWith(...kept, `.gsa-${gone()}-0123456789ab.tmp`, `gsa-rehearsal-${gone()}-abcdef`);
  await removeLeftBehind(folder);
  expect(readdirSync(folder).sort()).toEqual([...kept].sort());
});

test('the next report into a folder sweeps it', async () => {
  const place = workplace();
  await place.gsa('init');
  const left = join(place.folder, `.gsa-${gone()}-0123456789ab.tmp`);
  writeFileSync(left, 'half of a rep');
  expect((await place.gsa('policy list -o json:policies.json')).exitCode).toBe(0);
  expect([existsSync(left), existsSync(join(place.folder, 'policies.json'))]).toEqual([false, true]);
});

test('a folder that cannot be read is left alone', async () => {
  await expect(removeLeftBehind('/nowhere/at/all')).resolves.toBeUndefined();
});
