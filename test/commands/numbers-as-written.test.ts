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
  expect((await place.gsa('undo --yes')).exitCode).toBe(0);
  expect((await place.gsa('tenant validate')).exitCode).toBe(0);
  expect((await place.gsa('policy delete P --yes')).exitCode).toBe(0);
  expect((await place.gsa('undo --yes')).exitCode).toBe(0);
  for (const words of ['audit -o json', 'history -o json', 'tenant validate', 'doctor'])
    expect([words, (await place.gsa(words)).exitCode]).toEqual([words, 0]);
  expect((await place.gsa('export out')).exitCode).toBe(0);
  const written = readFileSync(join(place.folder, 'out', 'policies.json'), 'utf8').replaceAll(/\s/g, '');
  expect(written).toContain(`"numbers":[${NUMBERS.join(',')}]`);
  const again = (await place.gsa('import out --dry-run -o json')).json()['objects'] as readonly { type: string }[];
  expect(again.filter(({ type }) => type === 'Policy')).toEqual([]);
});

test.each(['1e400', '5e-400', '-1e-999', '1e23', '18446744073709551616', '0.1000000000000000055511151231257827'])(
  'the number %s is kept as what it is, or refused with its place; the journal is whole either way',
  async (number) => {
    const place = workplace();
    await place.gsa('init --empty');
    writeFileSync(join(place.folder, 'p.json'), policyWith([number]));
    const { exitCode, stderr } = await place.gsa('import p.json --yes');
    expect((await place.gsa('tenant validate')).exitCode).toBe(0);
    if (exitCode !== 0) {
      expect(stderr).toContain(number);
      return;
    }
    await place.gsa('export out');
    const written = /"numbers": \[\s*([^\s\]]+)/.exec(
      readFileSync(join(place.folder, 'out', 'policies.json'), 'utf8'),
    )?.[1];
    expect([number, number.replace('e23', 'e+23')]).toContain(written);
    expect((await place.gsa('undo --yes')).exitCode).toBe(0);
  },
);

test('an object of 200,000 members is read in bounded time, and its policy is taken', async () => {
  const place = workplace();
  await place.gsa('init --empty');
  const many = Array.from({ length: 200_000 }, (_, at) => `"k${at}":${at}`).join(',');
  writeFileSync(join(place.folder, 'p.json'), policyWith(['1']).replace('"unknown"', `${many},"unknown"`));
  expect((await place.gsa('import p.json --yes')).exitCode).toBe(0);
});
