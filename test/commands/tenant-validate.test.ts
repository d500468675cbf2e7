import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { workplace } from '../support/in-process.ts';

test('a policy that was switched by hand is no longer valid, until a change through gsa records it', async () => {
  const place = workplace();
  await place.gsa('init');
  writeFileSync(place.tenant, place.bytes().replace('"state": "enabled"', '"state": "disabled"'));
  const found = await place.gsa('tenant validate');
  expect([found.exitCode, found.stdout]).toEqual([4, expect.stringContaining('edited by hand since serial 1')]);
  await place.gsa('location add Branch 198.51.100.0/24');
  expect((await place.gsa('tenant validate')).exitCode).toBe(0);
  expect((await place.gsa('audit -o json')).stdout).toContain('tenantFileEditedByHandSince');
});
