import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { workplace } from '../../support/in-process.ts';

const location = (at: number, cidrAddress: string) => ({
  '@odata.type': '#microsoft.graph.ipNamedLocation',
  id: `90000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
  displayName: `Office ${at}`,
  isTrusted: true,
  ipRanges: [{ '@odata.type': '#microsoft.graph.iPv4CidrRange', cidrAddress }],
});

async function imported(...ranges: readonly string[]) {
  const place = workplace();
  await place.gsa('init --empty');
  const value = ranges.map((range, at) => location(at + 1, range));
  writeFileSync(join(place.folder, 'namedLocations.json'), JSON.stringify({ value }));
  return {
    text: (await place.gsa('import namedLocations.json --dry-run')).stdout,
    json: (await place.gsa('import namedLocations.json --dry-run -o json')).json() as { problems: { count: number }[] },
  };
}

const warningsIn = (text: string) => text.split('\n').filter((line) => line.startsWith('- warning: '));

describe('warnings of an import', () => {
  test('that are few stand each on a line of its own', async () => {
    const { text } = await imported('10.0.0.0/24', '10.0.1.0/24');
    expect(warningsIn(text)).toHaveLength(2);
    expect(text).not.toContain('-o json lists them');
  });

  test('of one kind are one line with their number, the first and its places', async () => {
    const { text, json } = await imported(...Array.from({ length: 40 }, (_, at) => `10.0.${at}.0/24`));
    expect(warningsIn(text)).toEqual([
      expect.stringMatching(/^- warning: 40 × such as: .*10\.0\.0\.0\/24.* \(first at [^,]*, [^,]*, [^,]*\)$/),
    ]);
    expect(text).toContain('\n-o json lists them, up to 25 of a kind in a file\n');
    expect(json.problems.reduce((sum, { count }) => sum + count, 0)).toBe(40);
  });

  test('of two kinds are two lines, whatever stands between them', async () => {
    const ranges = Array.from({ length: 10 }, (_, at) => [`${at * 2 + 20}.0.0.0/7`, `10.0.${at}.0/24`]).flat();
    const { text } = await imported(...ranges);
    expect(warningsIn(text).map((line) => /\d+ ×/.exec(line)?.[0])).toEqual(['10 ×', '10 ×']);
  });

  test('one of another kind is not lost among many', async () => {
    const { text } = await imported(...Array.from({ length: 30 }, (_, at) => `10.0.${at}.0/24`), '8.0.0.0/7');
    expect(warningsIn(text)).toHaveLength(2);
    expect(text).toContain('8.0.0.0/7');
  });
});

test.each([2, 25, 26, 40])('what is said of -o json is so where a file has %i notes of a kind', async (count) => {
  const place = workplace();
  await place.gsa('init --empty');
  const policies = Array.from({ length: count }, (_, at) => ({
    displayName: `Policy ${at}`,
    state: 'enabled',
    conditions: { users: { includeUsers: ['All'] }, applications: { includeApplications: ['All'] } },
    grantControls: { operator: 'OR', builtInControls: ['mfa'] },
  }));
  writeFileSync(join(place.folder, 'policies.json'), JSON.stringify(policies));
  const { stdout } = await place.gsa('import policies.json --dry-run -o table');
  const { problems } = (await place.gsa('import policies.json --dry-run -o json')).json() as unknown as {
    problems: { severity: string; message: string; count: number }[];
  };
  const listed = problems.filter(({ message }) => message.includes('has no id'));
  expect(listed).toHaveLength(Math.min(count, 25));
  expect(
    problems.filter(({ message }) => /^and \d+ more of this kind$/.test(message)).map((each) => each.count),
  ).toEqual(count > 25 ? [count - 25] : []);
  expect(stdout).toContain(`- note: ${count} × such as`);
  expect(stdout).toContain('\n-o json lists them, up to 25 of a kind in a file\n');
  expect(stdout).not.toContain('every note');
});

test('what was made of a file without harm to it is told by name, a line each kind', async () => {
  const place = workplace();
  await place.gsa('init --empty');
  const policy = (displayName: string) => ({
    displayName,
    state: 'enabled',
    conditions: { users: { includeUsers: ['All'] }, applications: { includeApplications: ['All'] } },
    grantControls: { operator: 'OR', builtInControls: ['mfa'] },
  });
  writeFileSync(join(place.folder, 'policies.json'), JSON.stringify([policy('One'), policy('Two')]));
  const { stdout } = await place.gsa('import policies.json -o table');
  const notes = stdout.split('\n').filter((line) => line.startsWith('- note: '));
  expect(notes.length).toBeGreaterThan(0);
  expect(notes.join('\n')).toMatch(/note: .*2 × such as: the policy `One` has no id; it gets one made of its content/);
  expect(stdout).not.toContain('-o json shows');
});
