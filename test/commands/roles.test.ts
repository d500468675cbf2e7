import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { workplace } from '../support/in-process.ts';
import { ACTORS, addActors, isForbidden, roleTable, TRIED, upnOf } from '../support/role-table.ts';
import { PROJECT } from '../support/terminal.ts';

const place = workplace(afterAll);

beforeAll(async () => {
  expect((await place.gsa('init')).exitCode).toBe(0);
  addActors(place);
});

test('docs/roles.md says what the rules say', () => {
  expect(readFileSync(join(PROJECT, 'docs/roles.md'), 'utf8')).toBe(roleTable());
});

describe.each(Object.entries(TRIED))('gsa %s', (words, operations) => {
  test.each(ACTORS)('by %s', async (actor) => {
    const { exitCode, stderr } = await place.gsa([...words.split(' '), '--no-input', '--as', upnOf(actor)]);
    if (isForbidden(actor, operations)) {
      expect(exitCode, stderr).toBe(5);
      expect(stderr).toMatch(actor === 'disabled' ? /is disabled/ : /has no role that may/);
    } else expect([0, 1, 3], stderr).toContain(exitCode);
  });
});
