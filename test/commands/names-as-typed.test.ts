import { describe, expect, test } from 'vitest';
import type { Workplace } from '../support/in-process.ts';
import { workplace } from '../support/in-process.ts';

async function contoso(): Promise<Workplace> {
  const place = workplace();
  await place.gsa('init');
  return place;
}

describe('an object is named by a part that no other has', () => {
  test.each<[string, readonly string[], string]>([
    ['a policy by the beginning of its name', ['policy', 'show', 'CA003'], 'CA003'],
    ['a policy in any case', ['policy', 'show', 'ca003'], 'CA003'],
    ['a policy by a part of its name', ['policy', 'show', 'legacy auth'], 'CA002 Block legacy authentication'],
    ['a location by its beginning', ['location', 'show', 'Headq'], 'Headquarters'],
    ['a location by a part', ['location', 'show', 'branch'], 'Rotterdam branch office'],
    ['a person by the beginning of the principal name', ['user', 'show', 'megan'], 'megan.bowen@contoso.com'],
    ['a group by its beginning', ['group', 'show', 'emerg'], 'Emergency'],
    ['an administrator', ['policy', 'list', '--as', 'nestor'], 'CA001'],
    [
      'a person and an application of a supposed sign-in',
      ['whatif', '--user', 'megan', '--app', 'exchange', '--source-ip', '203.0.113.10'],
      'Exchange',
    ],
    ['a policy whose dependencies are asked for', ['policy', 'dependencies', 'CA003'], 'CA003'],
  ])('%s', async (_, words, shown) => {
    const place = await contoso();
    const { exitCode, stdout } = await place.gsa(words);
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining(shown)]);
  });

  test('by the first letters of its id', async () => {
    const place = await contoso();
    const [policy] = (await place.gsa('policy list -o json')).json()['value'] as readonly [
      { id: string; displayName: string },
    ];
    const others = (await place.gsa('policy list -o json')).json()['value'] as readonly { id: string }[];
    const length = [...policy.id].findIndex(
      (_, at) => others.filter(({ id }) => id.startsWith(policy.id.slice(0, at + 1))).length === 1,
    );
    const { stdout } = await place.gsa(['policy', 'show', policy.id.slice(0, length + 1)]);
    expect(stdout).toContain(policy.displayName);
  });

  test.each<[string, readonly string[]]>([
    ['policies', ['policy', 'show', 'CA00']],
    ['policies, before anything is deleted', ['policy', 'delete', 'Block', '--yes']],
    ['locations', ['location', 'show', 'o']],
  ])('one that fits several %s is refused with a list of them', async (_, words) => {
    const place = await contoso();
    const before = place.bytes();
    const { exitCode, stderr } = await place.gsa(words);
    expect([exitCode, stderr]).toEqual([
      4,
      expect.stringMatching(/fits \d+ (policies|locations)\n( {2}.+ \(.+\)\n){2,}/),
    ]);
    expect(stderr).toContain('hint: type more of the name, or the id');
    expect(place.bytes()).toBe(before);
  });

  test('a whole name wins over the same beginning of another', async () => {
    const place = await contoso();
    await place.gsa('location add Headquarters2 198.51.100.4/32');
    expect((await place.gsa('location show headquarters')).stdout).toContain('203.0.113.0/24');
  });

  test('an empty text names nothing', async () => {
    const place = await contoso();
    expect((await place.gsa(['policy', 'show', ''])).exitCode).toBe(4);
  });
});

describe('states are taken in the words of the portal and of Graph', () => {
  test.each([
    ['on', 'enabled'],
    ['off', 'disabled'],
    ['Report-only', 'enabledForReportingButNotEnforced'],
    ['report only', 'enabledForReportingButNotEnforced'],
    ['Enabled', 'enabled'],
    ['enabledForReportingButNotEnforced', 'enabledForReportingButNotEnforced'],
  ])('%s', async (word, state) => {
    const place = await contoso();
    const { exitCode } = await place.gsa(['policy', 'set-state', 'CA003', word, '--yes']);
    expect(exitCode).toBe(0);
    const policies: readonly { displayName: string; state: string }[] = JSON.parse(place.bytes()).tenant.policies;
    expect(policies.find(({ displayName }) => displayName.startsWith('CA003'))?.state).toBe(state);
  });
});

test('a second location of one name is refused, unless --force asks for it', async () => {
  const place = await contoso();
  for (const name of ['Headquarters', 'HEADQUARTERS']) {
    const { exitCode, stdout } = await place.gsa(['location', 'add', name, '198.51.100.4/32']);
    expect([exitCode, stdout]).toEqual([3, expect.stringContaining('--force adds another of that name')]);
  }
  expect((await place.gsa('location add Headquarters 198.51.100.4/32 --force')).exitCode).toBe(0);
});
