import { expect, test } from 'vitest';
import { workplace } from '../support/in-process.ts';

/** A turn comes when it comes: how long twenty take says nothing. */
const WAIT = ['--lock-timeout', '10m'];

test('twenty commands that add at the same time all come through, each on what the others left', async () => {
  const place = workplace();
  await place.gsa('init --quiet');
  const runs = await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      place.gsa(['location', 'add', `Branch ${at}`, `203.0.113.${at}/32`, ...WAIT]),
    ),
  );
  expect(runs.map(({ exitCode }) => exitCode)).toEqual(Array(20).fill(0));
  const { value } = (await place.gsa('location list -o json')).json() as { value: unknown[] };
  expect(value).toHaveLength(6 + 20);
  expect((await place.gsa('tenant validate')).exitCode).toBe(0);
});

test('of two that delete the same policy at the same time, one finds it gone', async () => {
  const place = workplace();
  await place.gsa('init --quiet');
  const words = ['policy', 'delete', 'CA001 Require MFA for administrators', '--yes', ...WAIT];
  const runs = await Promise.all([place.gsa(words), place.gsa(words)]);
  expect(runs.map(({ exitCode }) => exitCode).sort()).toEqual([0, 4]);
  expect((await place.gsa('tenant validate')).exitCode).toBe(0);
});

test('a person who agreed to a deletion agreed to it on the tenant they were shown', async () => {
  const place = workplace();
  await place.gsa('init --quiet');
  const name = 'CA001 Require MFA for administrators';
  const [deleted] = await Promise.all([
    place.gsa(['policy', 'delete', name, ...WAIT], { answers: [true] }),
    place.gsa(['location', 'add', 'Branch', '203.0.113.9/32', ...WAIT]),
  ]);
  const { value } = (await place.gsa('policy list -o json')).json() as { value: { displayName: string }[] };
  const isThere = value.some(({ displayName }) => displayName === name);
  expect(isThere).toBe(deleted.exitCode !== 0);
  expect([0, 3]).toContain(deleted.exitCode);
});
