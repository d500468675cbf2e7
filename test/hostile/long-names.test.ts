import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cutMiddle } from '../../src/core/values/cut-middle.ts';
import type { Workplace } from '../support/in-process.ts';
import { workplace } from '../support/in-process.ts';

const LONG = `begins ${'あ'.repeat(200_000)} ends`;

/** Contoso with a policy, a location and an administrator whose names are a book. */
async function named(name: string): Promise<Workplace> {
  const place = workplace();
  await place.gsa('init');
  const file = JSON.parse(readFileSync(place.tenant, 'utf8'));
  file.tenant.policies.forEach((policy: { displayName: string }, at: number) => {
    policy.displayName = at === 0 ? name : `${name} ${at}`;
  });
  file.tenant.namedLocations[0].displayName = name;
  writeFileSync(place.tenant, JSON.stringify(file));
  return place;
}

describe('a name of 200,000 characters', () => {
  test.each<[string, readonly string[]]>([
    ['that nothing has', ['policy', 'show', LONG]],
    ['of a location that nothing has', ['location', 'show', LONG]],
    ['of an administrator that nobody is', ['policy', 'delete', 'x', '--as', LONG]],
    ['of a file that is not there', ['import', LONG]],
    ['of an option that is none', ['policy', 'list', `--${LONG}`]],
    ['of a command that is none', [LONG]],
    ['of a format that is none', ['policy', 'list', '-o', LONG]],
    ['that is no query', ['policy', 'list', '--query', LONG]],
    ['that is no range', ['location', 'add', 'x', LONG]],
    ['that is no address', ['location', 'match', LONG]],
    ['of a policy that is not deleted', ['policy', 'delete', LONG, '--no-input']],
  ])('%s makes a message that a person can read, with both ends', async (_, words) => {
    const place = await named('Ordinary');
    for (const more of [[], ['-o', 'json']]) {
      const { exitCode, stderr } = await place.gsa([...words, ...more]);
      expect(exitCode).toBeGreaterThan(0);
      expect(stderr.length).toBeLessThan(4_000);
    }
  });

  test('stands cut in the question and in the choices of the switch', async () => {
    const place = await named(LONG);
    const { stderr } = await place.gsa('signaling disable', { answers: ['cancel'] });
    expect(place.asked.length).toBeGreaterThan(0);
    expect(stderr).toContain('begins');
    expect(stderr.length).toBeLessThan(20_000);
  });
});

test('what is cut in the middle keeps both ends and fits, wide letters too', () => {
  for (const text of [LONG, 'a'.repeat(5_000), '👩‍👩‍👧'.repeat(900), `${'\u0300'.repeat(3_000)}x`]) {
    const cut = cutMiddle(text, 100);
    expect([...cut].length).toBeLessThanOrEqual(100);
    expect(cut.startsWith([...text][0] ?? '')).toBe(true);
    expect(cut.endsWith([...text].at(-1) ?? '')).toBe(true);
    expect(cut).toContain(' … ');
  }
  expect(cutMiddle('short')).toBe('short');
});

test('completion offers no name that shows nothing, or that fills a screen', async () => {
  for (const name of ['Policy \u3164', 'Policy\uffa0', 'P\u115f', 'P\u200b', 'P'.repeat(500)]) {
    const place = await named(name);
    const { stdout } = await place.gsa(['complete', '--', 'policy', 'show', 'P']);
    expect(stdout).not.toContain(name);
  }
});

test('a formula behind blanks is text to a spreadsheet', async () => {
  for (const name of [' =1+1', '\t=1+1', '\u00a0@SUM(A1)', '\u3000\uff1d1', '  +1', ' -1']) {
    const place = workplace();
    await place.gsa('init');
    const file = JSON.parse(readFileSync(place.tenant, 'utf8'));
    file.tenant.policies[0].displayName = name;
    writeFileSync(join(place.folder, 'tenant.json'), JSON.stringify(file));
    const { stdout } = await place.gsa('policy list -o csv');
    expect(stdout).not.toMatch(/(^|,)"?[\s\u00a0\u3000]*[=+@\uff1d-]/m);
    expect(stdout).toContain('1');
  }
});
