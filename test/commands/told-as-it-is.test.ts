import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { workplace } from '../support/in-process.ts';

const id = (at: number) => `90000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
const MILL = {
  '@odata.type': '#microsoft.graph.ipNamedLocation',
  id: id(1),
  displayName: 'Mill',
  isTrusted: true,
  ipRanges: [{ '@odata.type': '#microsoft.graph.iPv4CidrRange', cidrAddress: '203.0.113.0/24' }],
};
const policy = (includeGroups: readonly string[]) => ({
  id: id(2),
  displayName: 'Nobody outside the mill',
  state: 'enabled',
  conditions: {
    users: { includeGroups },
    applications: { includeApplications: ['All'] },
    clientAppTypes: ['all'],
    locations: { includeLocations: ['All'], excludeLocations: [MILL.id] },
  },
  grantControls: { operator: 'OR', builtInControls: ['block'] },
});
const record = (at: number, more: object = {}) => ({
  id: id(100 + at),
  createdDateTime: '2026-01-10T09:00:00Z',
  userId: id(3),
  userPrincipalName: 'vera@contoso.com',
  resourceId: '00000003-0000-0000-c000-000000000000',
  resourceDisplayName: 'Microsoft Graph',
  ipAddress: '203.0.113.20',
  isThroughGlobalSecureAccess: true,
  globalSecureAccessIpAddress: '151.206.0.10',
  status: { errorCode: 0 },
  ...more,
});

/** Policies of groups whose members no export tells, and sign-ins. */
async function placeWith(groups: number, ...records: readonly object[]) {
  const place = workplace();
  await place.gsa('init --empty --name Contoso --created 2025-07-01');
  await place.gsa('tenant set --onboarded true --traffic-profile microsoft=enabled');
  const policies = [policy(Array.from({ length: groups }, (_, at) => id(1000 + at)))];
  writeFileSync(join(place.folder, 'export.json'), JSON.stringify({ policies, namedLocations: [MILL] }));
  await place.gsa('import export.json');
  writeFileSync(join(place.folder, 's.ndjson'), records.map((each) => `${JSON.stringify(each)}\n`).join(''));
  return place;
}

describe('the first line of a replay adds up', () => {
  const [one, two] = [record(1), record(2)];
  const wrongPassword = record(3, { status: { errorCode: 50126 } });

  test.each([
    ['all judged', [one, two], '2 sign-ins read and judged with signaling enabled. In the log: 2 added.'],
    ['one alone', [one], '1 sign-in read and judged with signaling enabled. In the log: 1 added.'],
    [
      'one that no policy was asked for, which is logged too',
      [one, two, wrongPassword],
      '3 sign-ins read: 2 judged with signaling enabled, 1 left apart, as no policy was asked. In the log: 3 added.',
    ],
    [
      'one twice',
      [one, two, one],
      '3 sign-ins read: 2 judged with signaling enabled, 1 repeated. In the log: 2 added.',
    ],
    [
      'one that is none',
      [one, { id: 'x' }],
      '2 sign-ins read: 1 judged with signaling enabled, 1 skipped. In the log: 1 added.',
    ],
  ] as const)('%s', async (_, records, line) => {
    const place = await placeWith(1, ...records);
    expect((await place.gsa('replay s.ndjson')).stdout.split('\n')[0]).toBe(line);
    const dry = (await place.gsa('replay s.ndjson --dry-run')).stdout.split('\n')[0] ?? '';
    expect(dry).toBe(line.replace(/\. In the log: .*/, '. Dry run: nothing was logged.'));
  });
});

describe('facts that are lacking in great number', () => {
  test('are one line where one export settles them, with how many more there are', async () => {
    const place = await placeWith(40, record(1));
    const impact = (await place.gsa('impact s.ndjson')).stdout;
    expect(impact).toMatch(/^members of 40 groups: [^\n]* and 36 more\t/m);
    expect(impact).toMatch(/; lacks [^\n]*, [^\n]* and 36 more\n/);
    expect(impact.match(/members of group/g)?.length).toBeLessThan(20);
    expect((await place.gsa('replay s.ndjson --signaling disabled')).stdout).toMatch(
      /^members of 40 groups: [^\n]* and 36 more\t/m,
    );
    const whole = (await place.gsa('impact s.ndjson -o json')).json() as { missing: unknown[] };
    expect(whole.missing).toHaveLength(40);
  });

  test('stand all in a sentence where they are few', async () => {
    const place = await placeWith(2, record(1));
    expect((await place.gsa('impact s.ndjson')).stdout).not.toContain(' more');
  });

  test('do not flood the line of a gate', async () => {
    const place = await placeWith(40, record(1));
    const run = await place.gsa('impact s.ndjson --fail-on newlyBlocked');
    expect([run.exitCode, run.stdout.split('\n').find((line) => line.startsWith('Gate')) ?? run.stderr]).toEqual([
      1,
      expect.stringMatching(/ and 36 more\)/),
    ]);
  });
});

describe('people who stand for those that no directory tells', () => {
  test('are called stand-ins wherever they are counted', async () => {
    const place = await placeWith(1);
    const proof = (await place.gsa('impact --all --fail-on newlyBlocked')).stdout;
    expect(proof).toMatch(/newly blocked: 1 of \d+ stand-ins/);
    expect(proof).toContain('Stand-ins');
    expect(proof).toContain('(1 stand-in)');
    expect(proof).toContain('a stand-in is one person in place of each group');
    expect(proof).not.toMatch(/\d+ (person|people)\b/);
    for (const line of ['policy list --by reach', 'check --gaps', 'signaling disable --suggest'])
      expect((await place.gsa(line)).stdout).not.toMatch(/\d+ (person|people)\b/);
  });

  test('are no number that a budget could be held to', async () => {
    const place = await placeWith(1);
    const refused = await place.gsa('signaling disable --keep-policies --budget people=1000');
    expect(refused.exitCode).toBe(3);
    expect(refused.stderr).toContain('how many cannot be told: no directory is known');
  });

  test('give way to people where there is a directory', async () => {
    const place = workplace();
    await place.gsa('init');
    expect((await place.gsa('impact --all')).stdout).toMatch(/newly blocked: \d+ of 19 people/);
  });
});

describe('what a certificate is of', () => {
  test('is said with what it certifies, and that it does not hold for a tenant that has changed', async () => {
    const place = workplace();
    await place.gsa('init');
    await place.gsa('impact --all --certificate proof.json');
    const held = await place.gsa('check certificate proof.json');
    expect(held.stdout).toContain('What if signaling were disabled in Contoso, for every sign-in there could be?');
    expect(held.stdout).toMatch(
      /Certified: Stricter for some sign-ins, looser for others: newly blocked, newly denied, newly prompted, newly allowed/,
    );
    expect((await place.gsa('check certificate proof.json -o json')).json()).toMatchObject({
      verdict: 'both',
      claims: expect.arrayContaining(['unchanged', 'newlyBlocked']),
    });
    await place.gsa(['policy', 'set-state', 'CA003', 'disabled']);
    const broken = await place.gsa('check certificate proof.json');
    expect([broken.exitCode, broken.stdout]).toEqual([1, expect.stringContaining('Claimed, and not certified: ')]);
  });

  test('names the change that was supposed', async () => {
    const place = workplace();
    await place.gsa('init');
    await place.gsa('impact --all --of policy:CA003=disabled --certificate proof.json');
    const { stdout } = await place.gsa('check certificate proof.json');
    expect(stdout).toContain('What if CA003 were disabled in Contoso, for every sign-in there could be?');
    expect(stdout).toContain('Certified: Looser: newly allowed');
  });
});

describe('gsa explain', () => {
  test('shows no markdown, whatever the rule', async () => {
    const place = workplace();
    const rules = (await place.gsa('explain -o json')).json() as { value: { id: string }[] };
    for (const { id: rule } of rules.value) {
      const { stdout } = await place.gsa(`explain ${rule}`);
      expect([rule, stdout]).toEqual([rule, expect.not.stringMatching(/\]\(|\*\*|`/)]);
    }
  });

  test('names the one command that marks emergency access accounts', async () => {
    const place = workplace();
    expect((await place.gsa('explain GSA021')).stdout).toContain('gsa tenant set --emergency-access <user>');
  });
});

test('every status that the log can be asked for stands in its help', async () => {
  const place = workplace();
  const { stdout } = await place.gsa('logs --help');
  const words =
    'granted, interrupted, denied, blocked, unknown, notReached, success, failure, notApplied; or an error code';
  expect(stdout.replace(/\s+/g, ' ')).toContain(words);
});

describe('who interrupts', () => {
  test.each(['impact s.ndjson', 'impact --all', 'check', 'policy list --by reach'])(
    'gsa %s is told that nothing was changed',
    async (line) => {
      const place = workplace();
      await place.gsa('init');
      writeFileSync(join(place.folder, 's.ndjson'), `${JSON.stringify(record(1))}\n`.repeat(3));
      const run = await place.gsa(line, { interrupted: AbortSignal.abort('SIGINT') });
      // What is done before anybody could have stopped it gives its answer.
      const told = run.exitCode === 0 ? 'answered' : run.stderr;
      expect(told).toMatch(/^(answered|gsa: interrupted before the answer was whole; nothing was changed\n)$/);
    },
  );

  test('gsa impact of a file is told so in any case', async () => {
    const place = workplace();
    await place.gsa('init');
    writeFileSync(join(place.folder, 's.ndjson'), `${JSON.stringify(record(1))}\n`);
    const run = await place.gsa('impact s.ndjson', { interrupted: AbortSignal.abort('SIGINT') });
    expect([run.exitCode, run.stderr]).toEqual([
      130,
      'gsa: interrupted before the answer was whole; nothing was changed\n',
    ]);
  });
});
