import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ProofReport } from '../../src/output/reports/proof/report.ts';
import { HQ, policy, tenantOf } from '../cases/exports.ts';
import { gitPlace } from '../support/git.ts';
import { workplace } from '../support/in-process.ts';
import { leavePoliciesAlone } from '../support/policies-alone.ts';

async function contoso() {
  const place = workplace();
  await place.gsa('init');
  return place;
}

type Place = Awaited<ReturnType<typeof contoso>>;

async function policiesAlone() {
  const place = workplace();
  await leavePoliciesAlone(place);
  return place;
}

async function proof({ gsa }: Pick<Place, 'gsa'>, ...args: string[]) {
  const run = await gsa([...args, '-o', 'json']);
  return { run, report: run.json() as unknown as ProofReport };
}

/** The words of a command line that holds no quotes but around whole words. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '').slice(1);
}

describe('gsa impact --all', () => {
  test('shows the switch by the policies that decide', async () => {
    const { report } = await proof(await contoso(), 'impact', '--all');
    expect(report.verdict).toBe('both');
    expect(report.value.length).toBeGreaterThan(6);
  });

  test.each<[string, () => Promise<Place>]>([
    ['of a whole tenant', contoso],
    ['over stand-ins, where no people are known', policiesAlone],
  ])('each of its examples is confirmed by `gsa whatif`: %s', async (_, placed) => {
    const place = await placed();
    const { report } = await proof(place, 'impact', '--all');
    expect(report.value.length).toBeGreaterThan(5);
    let replayed = 0;
    for (const { example } of report.value) {
      if (example.whatIf === null) {
        // Only of somebody who has no name can nothing be asked.
        expect(example.user).toMatch(/^any (other )?(b2b|service|workload|other|local)/i);
        continue;
      }
      const outcomes = [];
      for (const line of example.whatIf)
        outcomes.push((await place.gsa([...wordsOf(line), '-o', 'json'])).json()['outcome']);
      expect([example, ...outcomes]).toEqual([example, example.outcomeBefore, example.outcomeAfter]);
      replayed++;
    }
    expect(replayed).toBeGreaterThan(4);
  });

  test('says what stand-ins and others are where it counts them, and a stand-in can be asked about in a file too', async () => {
    const place = await policiesAlone();
    const { stdout } = await place.gsa('impact --all -o markdown');
    expect(stdout).toContain('no directory is known: a stand-in is one person in place of each group, role and user');
    expect(stdout).toContain('others are people of other tenants, one for each kind and tenant');
    const group = /"includeGroups": \[\s*"([^"]+)"/.exec(place.bytes())?.[1] ?? '';
    writeFileSync(join(place.folder, 'questions.csv'), `user,app\nsupposed member of ${group},SharePoint\n`);
    const { value } = (await place.gsa('whatif --from questions.csv -o json')).json() as { value: { user: string }[] };
    expect(value[0]?.user).toMatch(/^anyone in group .* alone$/);
  });

  test.each(['--policy CA003', '--user joni', '--fail-on newlyBlocked', '--explain CA003', '--certificate proof.json'])(
    '--suggest with %s is refused: it would be heard by nobody',
    async (more) => {
      const { gsa } = await contoso();
      const { exitCode, stderr } = await gsa(`impact --all --suggest ${more}`);
      expect([exitCode, stderr]).toEqual([
        2,
        `gsa: ${more.split(' ')[0]} and --suggest at once: --suggest looks for edits over every sign-in\nhint: leave out one of the two\n`,
      ]);
    },
  );

  test('tells what is certain from what hangs on the country of the egress', async () => {
    const { report } = await proof(await contoso(), 'impact', '--all');
    const finance = report.value.find(({ displayName }) => displayName.startsWith('CA003'));
    expect(finance).toMatchObject({ class: 'newlyBlocked', isCertain: true, people: 2, certainPeople: 2, hangsOn: [] });
    const countries = report.value.find(({ displayName }) => displayName.startsWith('CA005'));
    expect(countries).toMatchObject({ isCertain: false, certainPeople: 0 });
    expect(countries?.hangsOn.join()).toMatch(/the egress lies in IR, KP/);
  });

  test('says what it leaves out with every answer', async () => {
    const { report } = await proof(await contoso(), 'impact', '--all', '--of', 'signaling=enabled');
    expect(report.verdict).toBe('equivalent');
    expect(report.leftOut.map(({ what }) => what).join()).toMatch(/several resources at once/);
  });

  test('proves that a policy that is switched to report-only only makes things looser, and names it', async () => {
    const { report } = await proof(
      await contoso(),
      'impact',
      '--all',
      '--of',
      'policy:CA003 Block Finance outside trusted locations=report-only',
    );
    expect(report.verdict).toBe('looser');
    expect([...new Set(report.value.map(({ displayName }) => displayName))]).toEqual([
      'CA003 Block Finance outside trusted locations',
    ]);
    expect(report.policies.filter(({ verdict }) => verdict !== 'equivalent')).toHaveLength(1);
  });

  test('proves that deleting a policy that is report-only changes nothing', async () => {
    const place = await contoso();
    await place.gsa(['policy', 'set-state', 'CA003 Block Finance outside trusted locations', 'report-only', '--yes']);
    const { report } = await proof(
      place,
      'impact',
      '--all',
      '--of',
      'policy:CA003 Block Finance outside trusted locations=deleted',
    );
    expect(report).toMatchObject({ verdict: 'equivalent', value: [], classes: [] });
  });

  test('is a gate over all sign-ins', async () => {
    const { gsa } = await contoso();
    expect((await gsa('impact --all --fail-on newlyBlocked')).exitCode).toBe(1);
    expect((await gsa('impact --all --fail-on lessProtected')).exitCode).toBe(0);
    expect((await gsa('impact --all --fail-on looser')).exitCode).toBe(1);
    expect((await gsa('impact --all --of signaling=enabled --fail-on changed')).exitCode).toBe(0);
    expect((await gsa('impact --all --fail-on sometimes')).exitCode).toBe(2);
  });

  test('is narrowed to one person, one application and one policy', async () => {
    const place = await contoso();
    const { report } = await proof(
      place,
      'impact',
      '--all',
      '--user',
      'joni.sherman@contoso.com',
      '--policy',
      'CA003 Block Finance outside trusted locations',
    );
    expect(report.people).toBe(1);
    expect(report.value.map(({ displayName, class: name }) => [displayName, name])).toEqual([
      ['CA003 Block Finance outside trusted locations', 'newlyBlocked'],
    ]);
    expect((await place.gsa('impact --all --user nobody@contoso.com')).exitCode).toBe(4);
  });

  test('shows the largest boxes of one policy', async () => {
    const { gsa } = await contoso();
    const { stdout } = await gsa([
      'impact',
      '--all',
      '--explain',
      'CA007 Require the compliant network for Contoso Expenses',
    ]);
    expect(stdout).toMatch(/CA007[^\n]*: newly blocked/);
    expect(stdout).toMatch(
      /lidia\.holloway@contoso\.com, miriam\.graham@contoso\.com\tContoso Expenses\tany IPv4 address/,
    );
  });

  test('asks no records, and options that choose among records are refused', async () => {
    const { gsa } = await contoso();
    expect((await gsa('impact --all signins.json')).exitCode).toBe(2);
    expect((await gsa('impact --explain CA003')).stderr).toMatch(/add --all/);
  });

  test('is the same to the byte, twice, as JSON, CSV and a page', async () => {
    const { gsa } = await contoso();
    for (const format of ['json', 'csv', 'html', 'markdown']) {
      const [once, again] = [await gsa(`impact --all -o ${format}`), await gsa(`impact --all -o ${format}`)];
      expect(once.exitCode).toBe(0);
      expect(again.stdout).toBe(once.stdout);
    }
  });
});

describe('gsa policy diff', () => {
  const POLICY = {
    id: '90000000-0000-4000-8000-000000000001',
    displayName: 'Block outside the office',
    state: 'enabled',
    conditions: {
      users: { includeUsers: ['All'], excludeGroups: ['b0000000-0000-4000-8000-000000000009'] },
      applications: { includeApplications: ['All'] },
      clientAppTypes: ['all'],
      locations: { includeLocations: ['All'], excludeLocations: ['10000000-0000-4000-8000-000000000001'] },
    },
    grantControls: { operator: 'OR', builtInControls: ['block'] },
  };
  const OFFICE = {
    '@odata.type': '#microsoft.graph.ipNamedLocation',
    id: '10000000-0000-4000-8000-000000000001',
    displayName: 'Office',
    isTrusted: true,
    ipRanges: [{ '@odata.type': '#microsoft.graph.iPv4CidrRange', cidrAddress: '203.0.113.0/25' }],
  };

  const MFA = { operator: 'OR', builtInControls: ['mfa'] };

  function exported(folder: string, name: string, policy: object, location: object): string {
    const path = join(folder, name);
    mkdirSync(path);
    writeFileSync(join(path, 'policy.json'), JSON.stringify(policy));
    writeFileSync(join(path, 'office.json'), JSON.stringify(location));
    return path;
  }

  test('tells policies of one name by their ids, and the name alone is refused', async () => {
    const { gsa, folder } = workplace();
    const other = { ...POLICY, id: '90000000-0000-4000-8000-000000000002', grantControls: MFA };
    const sides = [exported(folder, 'before', POLICY, OFFICE), exported(folder, 'after', other, OFFICE)];
    const diff = ['policy', 'diff', ...sides, '--signaling', 'enabled'];
    const { stdout } = await gsa([...diff, '-o', 'csv']);
    expect(stdout).toContain(`Block outside the office (${POLICY.id})`);
    const { report } = await proof({ gsa }, ...diff);
    const row = report.value.find(({ policyId }) => policyId === POLICY.id);
    expect(row?.displayName).toBe(POLICY.displayName);
    const byName = await gsa([...diff, '--explain', POLICY.displayName]);
    expect(byName.exitCode).toBe(4);
    expect(byName.stderr).toContain('several policies are called `Block outside the office`');
    expect(row?.command).toContain(`--explain ${POLICY.id}`);
    const byId = await gsa([...wordsOf(row?.command ?? ''), '--signaling', 'enabled']);
    expect(byId.exitCode).toBe(0);
    expect(byId.stdout).toContain('For example, ');
  });

  test('proves that a file is equivalent to itself', async () => {
    const place = await contoso();
    const { report } = await proof(place, 'policy', 'diff', place.tenant, place.tenant);
    expect(report.verdict).toBe('equivalent');
  });

  test('finds that a wider range of an office lets more in, and the mirror image stops them', async () => {
    const place = workplace();
    const wider = { ...OFFICE, ipRanges: [{ ...OFFICE.ipRanges[0], cidrAddress: '203.0.113.0/24' }] };
    const [a, b] = [exported(place.folder, 'a', POLICY, OFFICE), exported(place.folder, 'b', POLICY, wider)];
    const { report } = await proof(place, 'policy', 'diff', a, b);
    expect(report).toMatchObject({ verdict: 'looser', peopleAreSupposed: true, classes: [{ class: 'newlyAllowed' }] });
    expect(report.value[0]?.ipv4Share).toBeCloseTo(128 / 3.7e9, 8);
    const mirrored = await proof(place, 'policy', 'diff', b, a);
    expect(mirrored.report).toMatchObject({ verdict: 'stricter', classes: [{ class: 'newlyBlocked' }] });
    expect(mirrored.report.classes[0]?.people).toBe(report.classes[0]?.people);
  });

  test('proves that one more excluded group is looser, for the people of that group', async () => {
    const place = workplace();
    const users = {
      ...POLICY.conditions.users,
      excludeGroups: [...POLICY.conditions.users.excludeGroups, 'b0000000-0000-4000-8000-000000000010'],
    };
    const edited = { ...POLICY, conditions: { ...POLICY.conditions, users } };
    const [a, b] = [exported(place.folder, 'a', POLICY, OFFICE), exported(place.folder, 'b', edited, OFFICE)];
    const { report } = await proof(place, 'policy', 'diff', a, b);
    expect(report.verdict).toBe('looser');
    expect(report.value[0]?.who).toEqual(['anyone in group b0000000-0000-4000-8000-000000000010 alone']);
  });

  test('reads what a commit of git holds: an export, and a tenant file', async () => {
    const place = await contoso();
    const { commit } = gitPlace(place.folder);
    exported(place.folder, 'entra', POLICY, OFFICE);
    commit({});
    await place.gsa(['policy', 'set-state', 'CA003 Block Finance outside trusted locations', 'disabled', '--yes']);
    rmSync(join(place.folder, 'entra'), { recursive: true });
    exported(place.folder, 'entra', { ...POLICY, state: 'disabled' }, OFFICE);
    commit({});
    for (const path of [basename(place.tenant), 'entra/', './entra']) {
      const between = (was: string, is: string) => proof(place, 'policy', 'diff', `${was}:${path}`, `${is}:${path}`);
      expect((await between('HEAD~1', 'HEAD')).report.verdict).toBe('looser');
      expect((await between('HEAD', 'main')).report.verdict).toBe('equivalent');
    }
    const { report } = await proof(place, 'impact', '--all', '--with', `HEAD~1:${basename(place.tenant)}`);
    expect(report.verdict).toBe('stricter');
  });

  test.each([
    ['HEAD~9:entra/', 'the history does not go back that far'],
    ['nowhere:entra/', 'nothing in the repository is called `nowhere`'],
    ['HEAD:elsewhere/', 'there is no `elsewhere/` in `HEAD`'],
    ['HEAD:readme.txt', 'holds no tenant that can be used'],
  ])('refuses %s: %s', async (path, why) => {
    const place = workplace();
    gitPlace(place.folder).commit({ 'readme.txt': 'not an export' });
    const { exitCode, stderr } = await place.gsa(['policy', 'diff', path, path]);
    expect(exitCode).toBe(4);
    expect(stderr).toContain(why);
  });

  test('reads the backup of a tenant file', async () => {
    const place = await contoso();
    const before = join(place.folder, 'before.json');
    writeFileSync(before, readFileSync(place.tenant));
    await place.gsa(['policy', 'set-state', 'CA003 Block Finance outside trusted locations', 'disabled', '--yes']);
    const { report } = await proof(place, 'policy', 'diff', before, place.tenant);
    expect(report.verdict).toBe('looser');
  });
});

describe('a policy for Exchange ActiveSync, which reaches more people by such a client', () => {
  const GLOBAL_ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10';
  const chosen: readonly (readonly [string, object, string])[] = [
    ['roles', { includeRoles: [GLOBAL_ADMINISTRATOR] }, ',groups,roleAssignments'],
    ['roles that nobody knows', { includeRoles: [GLOBAL_ADMINISTRATOR] }, ''],
    ['guests', { includeUsers: ['GuestsOrExternalUsers'] }, ',groups,roleAssignments'],
    ['kinds of guests', { includeGuestsOrExternalUsers: { guestOrExternalUserTypes: 'internalGuest' } }, ''],
  ];

  test.each(chosen)('is answered where it chose %s, and no gate is green', async (_, users, alsoKnown) => {
    for (const clientAppTypes of [['exchangeActiveSync'], ['exchangeActiveSync', 'browser']]) {
      const one = policy({ include: ['All'], exclude: [HQ.id], conditions: { users, clientAppTypes } });
      const files = { 'l.json': [HQ], 'p.json': [one], 'u.json': PEOPLE };
      const place = await tenantOf(files, `--mfa-trusted-ips none --known policies,namedLocations${alsoKnown}`);
      expect((await place.gsa('impact --all --fail-on newlyBlocked')).exitCode).toBe(1);
      expect((await place.gsa(['impact', '--all', '--explain', 'Block outside', '-o', 'json'])).exitCode).toBe(0);
    }
  });
});

const PEOPLE = {
  '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#users',
  value: [{ id: 'a0000000-0000-4000-8000-000000000001', userPrincipalName: 'ada@contoso.com', userType: 'Member' }],
};
