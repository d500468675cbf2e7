import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { expect, onTestFinished, test, vi } from 'vitest';
import { signIns } from '../support/generate-sign-ins.ts';
import { workplace } from '../support/in-process.ts';

const CLEAR = '\r\u001b[K';

test.each([
  ['replay good.ndjson', 0],
  ['impact good.ndjson', 0],
  ['replay good.ndjson -o json', 0],
  ['replay bad.ndjson --strict', 4],
])('on a terminal the line of progress of `gsa %s` is gone before anything else is written', async (line, wanted) => {
  // Enough time passes for every line of progress to be shown.
  let now = 0;
  const clock = vi.spyOn(process, 'uptime').mockImplementation(() => (now += 1));
  onTestFinished(() => clock.mockRestore());
  const { folder, gsa } = workplace();
  await gsa('init --quiet');
  const records = [...signIns(2500)].map((each) => JSON.stringify(each)).join('\n');
  writeFileSync(join(folder, 'good.ndjson'), `${records}\n`);
  writeFileSync(join(folder, 'bad.ndjson'), `${records}\n{"id": 1}\n`);
  const pieces: string[] = [];
  const { exitCode } = await gsa(line, { columns: 80, onWrite: (piece) => pieces.push(piece) });
  expect(exitCode).toBe(wanted);
  const isProgress = (piece: string) => piece.startsWith(CLEAR) && piece.includes(' sign-ins read');
  const last = pieces.findLastIndex(isProgress);
  expect(last).toBeGreaterThanOrEqual(0);
  expect(pieces.slice(0, last).filter((piece) => !isProgress(piece))).toEqual([]);
  expect(pieces[last + 1]).toBe(CLEAR);
  expect(pieces.slice(last + 2).join('')).toMatch(/^\S/);
});
