import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { workplace } from '../support/in-process.ts';

const NUMBERS = ['12345678901234567890123', '9007199254740993', '-9007199254740993', '0.12345678901234567890', '7'];

/** A policy with members that gsa does not know, as text: JavaScript could not write these numbers. */
const policyWith = (numbers: readonly string[]) =>
  `{"id":"11111111-1111-4111-8111-111111111d01","displayName":"P","state":"enabled","conditions":{"users":{"includeUsers":["All"]},
    "applications":{"includeApplications":["All"]}},"grantControls":{"operator":"OR","builtInControls":["mfa"]},
    "unknown":{"numbers":[${numbers.join(',')}]}}`;

test('a number of more digits than JavaScript holds goes through import, writes, undo and export to the digit', async () => {
  const place = workplace();
  await place.gsa('init --empty');
  writeFileSync(join(place.folder, 'p.json'), policyWith(NUMBERS));
  expect((await place.gsa('import p.json --yes')).exitCode).toBe(0);
  await place.gsa('policy set-state P disabled --yes');
  await place.gsa('location add HQ 203.0.113.0/24');
  await place.gsa('undo --yes');
  expect((await place.gsa('tenant validate')).stdout).not.toContain('edited by hand');
  expect((await place.gsa('export out')).exitCode).toBe(0);
  const written = readFileSync(join(place.folder, 'out', 'policies.json'), 'utf8').replaceAll(/\s/g, '');
  expect(written).toContain(`"numbers":[${NUMBERS.join(',')}]`);
  const again = (await place.gsa('import out --dry-run -o json')).json()['objects'] as readonly { type: string }[];
  expect(again.filter(({ type }) => type === 'Policy')).toEqual([]);
});

test('an object of 200,000 members is read in bounded time, and its policy is taken', async () => {
  const place = workplace();
  await place.gsa('init --empty');
  const many = Array.from({ length: 200_000 }, (_, at) => `"k${at}":${at}`).join(',');
  writeFileSync(join(place.folder, 'p.json'), policyWith(['1']).replace('"unknown"', `${many},"unknown"`));
  expect((await place.gsa('import p.json --yes')).exitCode).toBe(0);
});
