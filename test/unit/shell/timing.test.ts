import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Timing } from '../../../src/shell/timing.ts';
import { signIns } from '../../support/generate-sign-ins.ts';
import { workplace } from '../../support/in-process.ts';

test('each stage has a line, with the rate of what was counted in it', () => {
  const timing = new Timing();
  timing.ended('start');
  timing.counted(500, 'sign-ins');
  timing.ended('replay');
  timing.ended('output');
  const shapes = timing.lines().map((line) => line.replace(/\d+(\.\d+)?/g, '#'));
  expect(shapes).toEqual([
    'timing: start # s',
    'timing: replay # s, # sign-ins, # a second',
    'timing: output # s',
    'timing: all # s, processor # s, at most # MB of memory',
  ]);
});

const USER = { '@odata.type': '#microsoft.graph.user', id: '8', displayName: 'U', userPrincipalName: 'u@contoso.com' };

test('--timing speaks on stderr alone, of any command, also of one that fails', async () => {
  const place = workplace();
  await place.gsa('init');
  const stdin = signIns(20)
    .map((record) => `${JSON.stringify(record)}\n`)
    .join('');
  const plain = await place.gsa('replay - --dry-run', { stdin });
  const timed = await place.gsa('replay - --dry-run --timing', { stdin });
  expect(timed.stdout).toBe(plain.stdout);
  expect(timed.stderr).toMatch(/^timing: replay [\d.]+ s, 20 sign-ins, \d+ a second$/m);
  writeFileSync(join(place.folder, 'users.json'), JSON.stringify({ value: [USER] }));
  expect((await place.gsa('import users.json --timing')).stderr).toMatch(
    /^timing: import [\d.]+ s, 1 object, \d+ a second$/m,
  );
  const wrong = await place.gsa('policy shew --timing');
  expect([wrong.exitCode, wrong.stderr]).toEqual([2, expect.stringMatching(/^timing: start [\d.]+ s$/m)]);
  const failing = await place.gsa('policy show nothing-of-that-name --timing');
  expect(failing.stderr).toMatch(/^timing: policy show [\d.]+ s$/m);
  expect(failing.exitCode).toBe((await place.gsa('policy show nothing-of-that-name')).exitCode);
  expect(failing.stderr).toMatch(/^timing: all [\d.]+ s, processor [\d.]+ s, at most \d+ MB of memory$/m);
});
