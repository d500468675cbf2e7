import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Workplace } from '../support/in-process.ts';
import { workplace } from '../support/in-process.ts';

const EXCHANGE = 'Office 365 Exchange Online';
const SHAREPOINT = 'Office 365 SharePoint Online';
const RESOURCES: Readonly<Record<string, string>> = {
  [EXCHANGE]: '00000002-0000-0ff1-ce00-000000000000',
  [SHAREPOINT]: '00000003-0000-0ff1-ce00-000000000000',
};
/** Of each published range, and of both ends. */
const PUBLISHED = ['128.94.0.1', '128.94.127.9', '151.206.0.10', '151.206.255.254'];
const INFERRED = 'not tell the address of Global Secure Access; all of its addresses lie in the same named locations';

type Asked = readonly [user: string, app: string, sourceIp: string];

/** Sign-ins through Global Secure Access that policies by location decide without it. */
const ASKED: readonly Asked[] = [
  ['joni.sherman@contoso.com', EXCHANGE, '203.0.113.25'],
  ['joni.sherman@contoso.com', SHAREPOINT, '203.0.113.80'],
  ['joni.sherman@contoso.com', EXCHANGE, '198.51.100.10'],
  ['joni.sherman@contoso.com', EXCHANGE, '192.0.2.9'],
];

async function sample(): Promise<Workplace> {
  const place = workplace();
  await place.gsa('init --quiet');
  return place;
}

async function outcomeOf(place: Workplace, [user, app, sourceIp]: Asked, ...more: readonly string[]) {
  const words = ['whatif', '--user', user, '--app', app, '--source-ip', sourceIp, '--country', 'NL', '--via', 'gsa'];
  return (await place.gsa([...words, '--signaling', 'disabled', ...more, '-o', 'json'])).json();
}

/** The same as a record that does not have the address of the proxy. */
function recorded(place: Workplace, [user, app, sourceIp]: Asked): string {
  const file = join(place.folder, 'signins.json');
  const record = {
    id: 'bbbbbbbb-0000-4000-8000-000000000001',
    createdDateTime: '2026-01-10T08:00:00Z',
    userPrincipalName: user,
    resourceId: RESOURCES[app],
    resourceDisplayName: app,
    clientAppUsed: 'Browser',
    ipAddress: sourceIp,
    location: { countryOrRegion: 'NL' },
    isThroughGlobalSecureAccess: true,
    deviceDetail: { deviceId: '' },
    appliedConditionalAccessPolicies: [],
  };
  writeFileSync(file, JSON.stringify([record]));
  return file;
}

describe.each(ASKED)('%s at %s from %s, behind an address that nobody told', (...asked) => {
  const [user, app, from] = asked;

  test('is decided by whatif as by impact, replay, a file of questions and a test', async () => {
    const place = await sample();
    const story = await outcomeOf(place, asked);
    const { outcome } = story;
    expect(outcome).toBe('blocked');
    expect(story['seen']).toMatchObject({ ipAddress: null, isLocatedByStandIn: true });
    expect(story['notes']).toEqual([expect.stringContaining(INFERRED)]);
    const file = recorded(place, asked);
    const impact = (await place.gsa(['impact', file, '-o', 'json'])).json() as { value: { example: object }[] };
    if (from !== '192.0.2.9') expect(impact.value[0]?.example).toMatchObject({ outcomeAfter: outcome });
    const replay = await place.gsa(['replay', file, '--signaling', 'disabled', '-o', 'json']);
    expect(replay.json()['outcomes']).toMatchObject({ [String(outcome)]: 1, unknown: 0 });
    writeFileSync(
      join(place.folder, 'q.csv'),
      `user,app,source-ip,country,via,signaling\n${user},${app},${from},NL,gsa,disabled\n`,
    );
    const answers = await place.gsa('whatif --from q.csv -o json');
    expect(answers.json()['value']).toMatchObject([{ outcome, isLocatedByStandIn: true }]);
    expect((await place.gsa('whatif --from q.csv')).stdout).toContain(`inferred: 1 question does ${INFERRED}`);
    const signIn = { user, app, from: 'here', via: 'gsa' };
    const fixtures = { addresses: { here: { address: from, country: 'NL' } } };
    const tests = [{ name: 'x', signIn, signaling: 'disabled', expect: { outcome } }];
    writeFileSync(join(place.folder, 'a.gsatest.json'), JSON.stringify({ suite: 'a', fixtures, tests }));
    const run = await place.gsa('test a.gsatest.json');
    expect([run.exitCode, run.stdout + run.stderr]).toEqual([0, expect.stringContaining('1')]);
  });

  test.each(PUBLISHED)('is decided as behind %s', async (proxyIp) => {
    const place = await sample();
    const told = await outcomeOf(place, asked, '--proxy-ip', proxyIp);
    const { outcome, decidedBy, seen } = await outcomeOf(place, asked);
    expect([outcome, decidedBy]).toEqual([told['outcome'], told['decidedBy']]);
    expect([told['notes'], seen]).toEqual([[], expect.objectContaining({ globalSecureAccessIpAddress: null })]);
  });
});

const JONI = ASKED[0] as Asked;

describe('an address that nobody told and that decides', () => {
  test.each([
    ['a location holds a part of the egress', 'location add Half 151.206.0.0/17'],
    ['a location holds one address of it', 'location add One 128.94.0.7/32'],
    ['the tenant’s egress lies on both sides of a location', 'tenant set --egress-ranges 203.0.113.8/29,192.0.2.0/29'],
  ])('is not stood in for where %s: the answer is unknown, and says what would tell', async (_, words) => {
    const place = await sample();
    expect((await place.gsa(words)).exitCode).toBe(0);
    const story = await outcomeOf(place, JONI);
    expect(story).toMatchObject({ outcome: 'unknown', notes: [], seen: { isLocatedByStandIn: false } });
    expect(story['missing']).toContain('ipAddress');
    const [user, app, from] = JONI;
    const words2 = [
      'whatif',
      '--user',
      user,
      '--app',
      app,
      '--source-ip',
      from,
      '--via',
      'gsa',
      '--signaling',
      'disabled',
    ];
    const run = await place.gsa(words2);
    expect([run.stdout, run.stderr]).toEqual([
      expect.stringMatching(/In\tnot known/),
      expect.stringContaining('--proxy-ip'),
    ]);
  });

  test('is stood in for again where the tenant says that its own egress lies in one place', async () => {
    const place = await sample();
    await place.gsa('location add Half 151.206.0.0/17');
    await place.gsa('tenant set --egress-ranges 151.206.1.0/24,151.206.9.0/24');
    expect(await outcomeOf(place, JONI)).toMatchObject({ outcome: 'blocked', seen: { isLocatedByStandIn: true } });
  });
});

test('a logged sign-in that is told whole says what was inferred', async () => {
  const place = await sample();
  const file = recorded(place, JONI);
  await place.gsa(['replay', file, '--signaling', 'disabled', '--quiet']);
  const run = await place.gsa('logs show bbbbbbbb-0000-4000-8000-000000000001');
  expect(run.stdout).toContain(INFERRED);
  expect(run.stdout).toContain('an address of Global Secure Access');
});
