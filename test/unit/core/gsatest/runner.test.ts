import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { TestFailure } from '../../../../src/output/reports/gsatest/result.ts';
import type { Workplace } from '../../../support/in-process.ts';
import { workplace } from '../../../support/in-process.ts';
import { HEAD, runIn, runTests } from './running.ts';

const FINANCE = 'user: joni.sherman@contoso.com, from: hq, path: tunnel';

describe('a case', () => {
  test('passes when everything is as expected', async () => {
    const { exitCode, report } = await runTests(`  - name: Finance is blocked without signaling
    signaling: disabled
    signIn: { ${FINANCE} }
    expect:
      outcome: blocked
      ipAddress: proxy
      locations: [Countries we work in]
      decidedBy: CA003 Block Finance outside trusted locations
      controls: [block]
      errorCode: 53003
      conditionalAccessStatus: failure
      isThroughGlobalSecureAccess: true
      globalSecureAccessIpAddress: proxy
      compliantNetwork: false
      policies: { CA003 Block Finance outside trusted locations: failure, CA006 Block blocked countries: notApplied }
      because: [location included: All, location not included]
`);
    expect(report.value[0]?.failures).toEqual([]);
    expect({ exitCode, status: report.value[0]?.status }).toEqual({ exitCode: 0, status: 'passed' });
  });

  test('that fails says what was expected, what came, why, who decided and what to type', async () => {
    const { exitCode, result } = await runTests(`  - name: Finance gets in without signaling
    signaling: disabled
    signIn: { ${FINANCE} }
    expect: { outcome: granted, ipAddress: hq }
`);
    expect(exitCode).toBe(1);
    expect(result()).toMatchObject({
      line: 14,
      column: 5,
      status: 'failed',
      failures: [
        {
          mismatches: [
            { member: 'outcome', expected: 'granted', got: 'blocked' },
            { member: 'ipAddress', expected: '203.0.113.10', got: '151.206.0.10' },
          ],
          because: [
            'Entra sees 151.206.0.10, the proxy’s',
            'CA003 Block Finance outside trusted locations (failure): user included: Finance; location included: All; asks for block',
          ],
          decidedBy: ['CA003 Block Finance outside trusted locations'],
          reproduce: [
            "gsa test demo.gsatest.yaml --run '^Finance gets in without signaling$'",
            "gsa whatif --user joni.sherman@contoso.com --app 'Office 365 Exchange Online' --source-ip 203.0.113.10 --country NL --via gsa --proxy-ip 151.206.0.10 --proxy-country NL --signaling disabled",
          ],
        },
      ],
    });
  });

  test('whose facts do not suffice is unknown, neither passed nor failed, and says which fact to add', async () => {
    const { exitCode, result, report } = await runTests(`  - name: where is that
    signIn: { user: joni.sherman@contoso.com, from: 203.0.113.10, path: direct }
    expect: { outcome: granted }
  - name: unknown on purpose
    signIn: { user: joni.sherman@contoso.com, from: 203.0.113.10, path: direct }
    expect: { outcome: unknown, missing: [countryOrRegion] }
`);
    expect(exitCode).toBe(1);
    expect(report.summary).toMatchObject({ passed: 1, failed: 0, unknown: 1 });
    expect(result('where is that').failures[0]?.hint).toMatch(/^not known: countryOrRegion; say `country: NL`/);
  });

  test.each([
    [
      'a person',
      'user: jony.sherman@contoso.com',
      'no user `jony.sherman@contoso.com` in the tenant',
      'did you mean `joni.sherman@contoso.com`?',
      15,
    ],
    [
      'an application',
      `${FINANCE}, app: Office 365 Exchang Online`,
      'no application `Office 365 Exchang Online` in the tenant',
      'did you mean `Office 365 Exchange Online`?',
      71,
    ],
    [
      'an address',
      'user: joni.sherman@contoso.com, from: hqq',
      'no address `hqq` in fixtures.addresses',
      'did you mean `hq`?',
      47,
    ],
    [
      'a path',
      'user: joni.sherman@contoso.com, from: hq, path: tunel',
      'no path `tunel` in fixtures.paths',
      'did you mean `tunnel`?',
      57,
    ],
  ])('with %s that nobody is called is an error with its place', async (_, signIn, message, hint, column) => {
    const { exitCode, result } = await runTests(
      `  - name: one\n    signIn: { ${signIn} }\n    expect: { outcome: granted }\n`,
    );
    expect(exitCode).toBe(4);
    expect(result()).toMatchObject({ status: 'error', problems: [{ message, hint, line: 15, column }] });
  });

  test('with an unknown policy or location in what it expects is an error as well', async () => {
    const { exitCode, result } = await runTests(
      `  - name: one\n    signIn: { ${FINANCE} }\n    expect: { policies: { CA03 Block Finance outside trusted locations: success }, locations: [Headquarter], controls: [mfaa] }\n`,
    );
    expect(exitCode).toBe(4);
    expect(result().problems.map(({ line, column, hint }) => [line, column, hint])).toEqual([
      [16, 27, 'did you mean `CA003 Block Finance outside trusted locations`?'],
      [16, 96, 'did you mean `Headquarters`?'],
      [16, 121, 'did you mean `mfa`?'],
    ]);
  });
});

describe('a matrix', () => {
  test('takes the first row that fits a cell', async () => {
    const { report } = await runTests(`  - name: who may come in from where
    matrix: { from: [hq, cafe], path: [tunnel, direct, paused], signaling: [enabled, disabled] }
    signIn: { user: joni.sherman@contoso.com }
    expect:
      - { when: { from: hq, path: [direct, paused] }, outcome: granted }
      - { when: { from: hq, signaling: enabled }, outcome: granted }
      - { when: {}, outcome: blocked }
`);
    expect(report.value[0]).toMatchObject({ status: 'passed', cases: 12 });
  });

  test('with a cell that no row is for is an error that names the cell', async () => {
    const { exitCode, result } = await runTests(`  - name: holes
    matrix: { user: [joni.sherman@contoso.com], from: [hq, cafe], path: [direct] }
    expect: [{ when: { from: hq }, outcome: granted }]
`);
    expect(exitCode).toBe(4);
    expect(result().problems).toEqual([
      {
        line: 15,
        column: 5,
        message: 'no row of `expect` is for the cell user: joni.sherman@contoso.com, from: cafe, path: direct',
        hint: 'add a row; `when: {}` at the end is for every cell that is left',
      },
    ]);
  });

  test('with an unknown name among its values points at the value', async () => {
    const { result } = await runTests(`  - name: who
    matrix: { user: [joni.sherman@contoso.com, lee.gu@contso.com], from: [hq], path: [direct] }
    expect: { outcome: granted }
`);
    expect(result().problems).toMatchObject([{ line: 15, column: 48, hint: 'did you mean `lee.gu@contoso.com`?' }]);
  });
});

/** What the printed line of `gsa whatif` says when it is typed. */
async function typed(place: Workplace, failure: TestFailure | undefined) {
  const words = failure?.reproduce.at(-1)?.match(/'[^']*'|\S+/g) ?? [];
  const { json } = await place.gsa([...words.slice(1).map((word) => word.replaceAll("'", '')), '-o', 'json']);
  return json();
}

describe('`gsa whatif` supposes what the test says, and nothing that it leaves open:', () => {
  const policy = (displayName: string, conditions: object, grantControls: object) => ({
    id: '20000000-0000-4000-8000-0000000000ff',
    displayName,
    state: 'enabled',
    conditions: { users: { includeUsers: ['All'] }, applications: { includeApplications: ['All'] }, ...conditions },
    grantControls: { operator: 'OR', ...grantControls },
  });
  const block = { builtInControls: ['block'] };

  test.each([
    ['the client app', policy('client', { clientAppTypes: ['other'] }, block), '', '--client-app-type unknown'],
    ['the sign-in risk', policy('risk', { signInRiskLevels: ['high'] }, block), '', '--sign-in-risk unknown'],
    ['the user risk', policy('risk', { userRiskLevels: ['high'] }, block), '', '--user-risk unknown'],
    ['the insider risk', policy('risk', { insiderRiskLevels: 'elevated' }, block), '', '--insider-risk unknown'],
    [
      'the flow',
      policy('flow', { authenticationFlows: { transferMethods: 'deviceCodeFlow' } }, block),
      '',
      '--flow unknown',
    ],
    [
      'the device',
      policy('device', { devices: { deviceFilter: { mode: 'include', rule: 'device.model -eq "X"' } } }, block),
      '',
      '--device unknown',
    ],
    [
      'what the session proves',
      policy('MFA', {}, { builtInControls: ['mfa'] }),
      ', satisfied: {}',
      '--satisfied unknown',
    ],
    [
      'a risk that is known',
      policy('risk', { userRiskLevels: ['high'] }, block),
      ', userRiskLevel: high',
      '--user-risk high',
    ],
  ])('%s', async (_, only, said, option) => {
    const place = workplace();
    await place.gsa('init');
    writeFileSync(join(place.folder, 'one.json'), JSON.stringify({ value: [only] }));
    expect(await place.gsa(['import', join(place.folder, 'one.json'), '--replace'])).toMatchObject({ exitCode: 0 });
    const { result } = await runIn(
      place,
      `suite: demo\ntests:\n  - name: one\n    signIn: { user: joni.sherman@contoso.com, app: All, path: direct${said} }\n    expect: { outcome: denied }\n`,
    );
    const [failure] = result().failures;
    expect(failure?.reproduce.at(-1)).toContain(` ${option} `);
    expect(await typed(place, failure)).toMatchObject({
      outcome: failure?.mismatches[0]?.got,
      policies: [{ displayName: only.displayName }],
    });
  });
});

describe('an invariant', () => {
  test('that holds was looked at for every kind of sign-in there is', async () => {
    const { report } = await runTests(`  - name: break-glass accounts are never locked out
    invariant: { for: { users: { group: Emergency Access }, addresses: any, paths: any, signaling: any }, never: { outcome: [blocked, denied] } }
`);
    expect(report.value[0]).toMatchObject({ status: 'passed' });
    expect(report.value[0]?.cases).toBeGreaterThan(400);
  });

  test('that does not hold shows one concrete sign-in, and `gsa whatif` agrees', async () => {
    const place = workplace();
    await place.gsa('init');
    const { exitCode, result } = await runIn(
      place,
      `${HEAD}  - name: Finance is never blocked
    invariant: { for: { users: { group: Finance } }, never: { outcome: blocked } }
`,
    );
    expect(exitCode).toBe(1);
    const [first] = result().failures;
    expect(first?.subject).toMatch(
      /^user: joni\.sherman@contoso\.com .*from: [\d.]+ in [A-Z]{2}, path: direct, signaling: enabled$/,
    );
    expect(await typed(place, first)).toMatchObject({ outcome: 'blocked' });
  });

  test('that many sign-ins break shows the most telling of them, and counts the others', async () => {
    const place = workplace();
    await place.gsa('init');
    const text = `${HEAD}  - name: nobody is blocked\n    invariant: { for: { users: any }, never: { outcome: blocked } }\n`;
    const { result } = await runIn(place, text);
    const [first, ...others] = result().failures;
    const count = others.reduce((sum, { alike }) => sum + 1 + alike, 0);
    expect(others.length).toBeGreaterThan(0);
    expect(first?.status).toBe('failed');
    const { stdout } = await place.gsa('test');
    expect(stdout.match(/^sign-in/gm)).toHaveLength(1);
    expect(stdout).toContain(`… and ${count} more sign-ins of others, or decided by others`);
    expect((await place.gsa('test -o junit')).stdout.match(/sign-in: /g)).toHaveLength(1);
  });

  test('cannot be about the account of an agent, and says so at its place', async () => {
    const place = workplace();
    await place.gsa('init');
    const path = join(place.folder, 'tenant.json');
    const file = JSON.parse(readFileSync(path, 'utf8'));
    const [first] = file.tenant.users;
    first['@odata.type'] = '#microsoft.graph.agentUser';
    writeFileSync(path, JSON.stringify(file));
    const text = `${HEAD}  - name: x\n    invariant: { for: { users: [${first.userPrincipalName}] }, never: { outcome: blocked } }\n`;
    const { exitCode } = await runIn(place, text);
    expect(exitCode).toBe(4);
    expect((await place.gsa('test')).stdout).toContain('is the account of an agent');
  });

  test('holds whatever is not said, because what is not said is left open', async () => {
    const { report } = await runTests(`  - name: nobody from headquarters is ever blocked on the way out of a browser
    signIn: { clientAppUsed: Browser }
    invariant: { for: { users: any, addresses: [hq], paths: [direct] }, never: { outcome: blocked } }
  - name: everybody from headquarters is let in
    signIn: { clientAppUsed: Browser }
    invariant: { for: { users: any, addresses: [hq], paths: [direct] }, always: { outcome: granted } }
`);
    const statuses = report.value.map(({ status }) => status);
    expect(statuses[0]).toBe('passed');
    // Administrators need MFA: one who has not proven it is not let in, and is shown.
    expect(statuses[1]).toBe('failed');
    const [first] = report.value[1]?.failures ?? [];
    expect(first?.mismatches).toEqual([{ member: 'outcome', expected: 'granted', got: 'interrupted' }]);
  });
});

describe('a change', () => {
  const signIn = (id: string, user: string, more: object) => ({
    id,
    createdDateTime: '2026-01-10T09:00:00Z',
    userPrincipalName: user,
    resourceId: '00000002-0000-0ff1-ce00-000000000000',
    resourceDisplayName: 'Office 365 Exchange Online',
    clientAppUsed: 'Browser',
    isThroughGlobalSecureAccess: true,
    globalSecureAccessIpAddress: '151.206.0.10',
    ipAddress: '203.0.113.10',
    location: { countryOrRegion: 'NL' },
    status: { errorCode: 0 },
    ...more,
  });

  test('counts what becomes of recorded sign-ins and names examples', async () => {
    const place = workplace();
    await place.gsa('init');
    writeFileSync(
      join(place.folder, 'signins.ndjson'),
      [
        signIn('one', 'joni.sherman@contoso.com', {}),
        signIn('two', 'lee.gu@contoso.com', { authenticationRequirement: 'multiFactorAuthentication' }),
        signIn('three', 'joni.sherman@contoso.com', {
          isThroughGlobalSecureAccess: false,
          globalSecureAccessIpAddress: '',
          location: { countryOrRegion: 'NL' },
        }),
      ]
        .map((record) => JSON.stringify(record))
        .join('\n'),
    );
    const { result } = await runIn(
      place,
      `${HEAD}  - name: Finance is not blocked
    change: { signaling: disabled }
    signIns: signins.ndjson
    where: { group: Finance }
    expect: { total: 2, newlyBlocked: 0, unchanged: { atLeast: 1 }, unknown: 0 }
`,
    );
    expect(result()).toMatchObject({
      status: 'failed',
      cases: 2,
      failures: [
        {
          subject: '1 of 2 sign-ins are newlyBlocked',
          mismatches: [{ member: 'newlyBlocked', expected: '0', got: '1' }],
          because: [
            expect.stringMatching(
              /^joni\.sherman@contoso\.com on Office 365 Exchange Online \(one\): granted → blocked by /,
            ),
          ],
        },
      ],
    });
  });

  test('that nobody can judge is unknown, even where unknown is not mentioned', async () => {
    const place = workplace();
    await place.gsa('init');
    const record = signIn('one', 'lee.gu@contoso.com', { location: {} });
    writeFileSync(join(place.folder, 'signins.ndjson'), JSON.stringify(record));
    const { exitCode, result } = await runIn(
      place,
      `${HEAD}  - name: nobody is blocked\n    change: { signaling: disabled }\n    signIns: signins.ndjson\n    expect: { newlyBlocked: 0 }\n`,
    );
    expect({ exitCode, status: result().status }).toEqual({ exitCode: 1, status: 'unknown' });
  });

  test('takes the country of the proxy from what the test assumes, and says so', async () => {
    const place = workplace();
    await place.gsa('init');
    const record = signIn('one', 'lee.gu@contoso.com', { authenticationRequirement: 'multiFactorAuthentication' });
    writeFileSync(join(place.folder, 'signins.ndjson'), JSON.stringify(record));
    const text = (assume: string) =>
      `${HEAD}  - name: nobody is blocked\n    change: { signaling: disabled }\n    signIns: signins.ndjson\n${assume}    expect: { newlyBlocked: 0 }\n`;
    const open = await runIn(place, text(''));
    expect(open.result()).toMatchObject({ status: 'unknown', assumed: [] });
    expect(open.result().failures[0]?.hint).toContain('assume: { proxyCountry: NL }');
    const assuming = await runIn(place, text('    assume: { proxyCountry: nl }\n'));
    expect(assuming.result()).toMatchObject({
      status: 'passed',
      assumed: [expect.stringContaining('are in NL where')],
    });
    expect((await place.gsa('test')).stdout).toMatch(
      /assumed, not known: the addresses of Global Secure Access are in NL/,
    );
  });

  test('of which no record tells the proxy’s address are judged as `gsa impact` judges them', async () => {
    const place = workplace();
    await place.gsa('init');
    const { globalSecureAccessIpAddress: _, ...untold } = signIn('one', 'joni.sherman@contoso.com', {});
    writeFileSync(join(place.folder, 'signins.ndjson'), JSON.stringify(untold));
    const { result } = await runIn(
      place,
      `${HEAD}  - name: nobody in Finance is blocked\n    change: { signaling: disabled }\n    signIns: signins.ndjson\n    assume: { proxyCountry: NL }\n    expect: { newlyBlocked: 0 }\n`,
    );
    expect(result().failures[0]?.mismatches).toEqual([{ member: 'newlyBlocked', expected: '0', got: '1' }]);
    const impact = await place.gsa([
      'impact',
      join(place.folder, 'signins.ndjson'),
      '--proxy-country',
      'NL',
      '--query',
      '[standIn, outcomes]',
    ]);
    expect(JSON.parse(impact.stdout)).toEqual(['used', [{ before: 'granted', after: 'blocked', signIns: 1 }]]);
  });

  test('that nothing is left of is an error, not a pass', async () => {
    const place = workplace();
    await place.gsa('init');
    writeFileSync(join(place.folder, 'signins.ndjson'), JSON.stringify(signIn('one', 'lee.gu@contoso.com', {})));
    const { exitCode, result } = await runIn(
      place,
      `${HEAD}  - name: nobody\n    change: { signaling: disabled }\n    signIns: signins.ndjson\n    where: { group: Finance }\n    expect: { newlyBlocked: 0 }\n`,
    );
    expect(exitCode).toBe(4);
    expect(result().problems[0]?.message).toBe('no sign-in is left to judge');
  });
});

describe('dependencies and commands', () => {
  test('the policies that hang on signaling are named', async () => {
    const { result } = await runTests(`  - name: too few
    dependencies: { of: signaling, equal: [CA003 Block Finance outside trusted locations] }
  - name: some of them
    dependencies: { of: signaling, contains: [CA003 Block Finance outside trusted locations], excludes: [CA011 Require MFA for guests] }
  - name: a location
    dependencies: { of: Visitor network, equal: [CA010 Block Finance from the visitor network] }
`);
    expect(result('some of them').status).toBe('passed');
    expect(result('a location').status).toBe('passed');
    expect(result('too few').failures[0]?.because).toContain('CA004 Require MFA outside trusted locations hangs on it');
  });

  test('a command runs on a copy: the tenant of the user stays as it was', async () => {
    const place = workplace();
    await place.gsa('init');
    const before = place.bytes();
    const { report } = await runIn(
      place,
      `${HEAD}  - name: refused while they enforce
    command: [signaling, disable, --no-input]
    expect: { exit: 3, tenant: unchanged, stderr: --report-only-policies }
  - name: done when told what to do with them
    command: [signaling, disable, --report-only-policies]
    expect: { exit: 0, tenant: changed, stdout: Signaling is now disabled }
  - name: wrong on purpose
    command: [signaling, status]
    expect: { exit: 3, tenant: changed, stdout: nonsense }
    expectFailure: a status changes nothing
`,
    );
    expect(report.value.map(({ status }) => status)).toEqual(['passed', 'passed', 'passed']);
    expect(place.bytes()).toBe(before);
  });
});

test('a command and dependencies judge no sign-in: none is counted, and a command that fails is shown under its own name', async () => {
  const place = workplace();
  await place.gsa('init');
  const { report } = await runIn(
    place,
    `${HEAD}  - name: who hangs on it
    dependencies: { of: signaling, contains: [CA003 Block Finance outside trusted locations] }
  - name: a status
    command: [signaling, status]
    expect: { exit: 3 }
`,
  );
  expect(report.summary).toMatchObject({ tests: 2, passed: 1, failed: 1, cases: 0 });
  const { stdout } = await place.gsa('test -o table');
  expect(stdout).toMatch(/^command +gsa signaling status$/m);
  expect(stdout).toContain('gsa test: FAILED, 1 passed, 1 failed; 0 sign-ins judged.');
});

describe('skips and expected failures', () => {
  const skip = (until: string) => `  - name: branch over IPv6
    skip: { reason: waiting for the range, owner: netops, until: ${until} }
    signIn: { ${FINANCE} }
    expect: { outcome: denied }
`;

  test('a skip holds through its last day', async () => {
    const { exitCode, result } = await runTests(skip('2026-01-15'));
    expect({ exitCode, status: result().status }).toEqual({ exitCode: 0, status: 'skipped' });
  });

  test('a skip whose day is past is a failure that names its owner', async () => {
    const { exitCode, result } = await runTests(skip('2026-01-14'));
    expect(exitCode).toBe(1);
    expect(result()).toMatchObject({
      status: 'failed',
      failures: [{ because: ['netops skipped it: waiting for the range'], hint: expect.stringContaining('netops') }],
    });
  });

  test('the clock of the file decides, not that of the machine', async () => {
    const place = workplace();
    await place.gsa('init');
    const { result } = await runIn(place, `now: 2026-02-01T00:00:00Z\n${HEAD}${skip('2026-01-15')}`);
    expect(result().status).toBe('failed');
  });

  test('an expected failure passes while it fails, and fails when it passes', async () => {
    const { result } = await runTests(`  - name: known
    signIn: { ${FINANCE} }
    expect: { outcome: denied }
    expectFailure: issue 12
  - name: mended
    signaling: enabled
    signIn: { ${FINANCE} }
    expect: { outcome: granted }
    expectFailure: issue 13
`);
    expect(result('known').status).toBe('passed');
    expect(result('mended')).toMatchObject({
      status: 'failed',
      failures: [{ because: ['it was expected to fail: issue 13'] }],
    });
  });
});

describe('what is run', () => {
  const two = `  - name: first
    tags: [critical]
    signaling: enabled
    signIn: { ${FINANCE} }
    expect: { outcome: granted }
  - name: second
    signaling: enabled
    signIn: { ${FINANCE} }
    expect: { outcome: granted }
`;

  test('--run and --tag choose tests', async () => {
    expect((await runTests(two, '--run', 'SEC')).report.value.map(({ name }) => name)).toEqual(['second']);
    expect((await runTests(two, '--tag', 'critical,other')).report.value.map(({ name }) => name)).toEqual(['first']);
  });

  test('no test at all is exit 4', async () => {
    const none = await runTests(two, '--run', 'third');
    expect([none.exitCode, none.stderr]).toEqual([4, expect.stringContaining('no test matches --run')]);
    const place = workplace();
    await place.gsa('init');
    const { exitCode, stderr } = await place.gsa('test');
    expect([exitCode, stderr]).toEqual([4, expect.stringContaining('no test files in `.`')]);
  });

  test('a broken file hides neither itself nor the others', async () => {
    const place = workplace();
    await place.gsa('init');
    writeFileSync(join(place.folder, 'broken.gsatest.yaml'), 'suite: x\n');
    const { exitCode, report } = await runIn(place, `${HEAD}${two}`);
    expect(exitCode).toBe(4);
    expect(report.summary).toMatchObject({ passed: 2, error: 1, files: 2, tests: 2 });
  });

  test('coverage names the branches that no test has decided, and a threshold is a gate', async () => {
    const { exitCode, report } = await runTests(two, '--coverage', '--threshold', '90');
    expect(exitCode).toBe(1);
    expect(report.coverage?.tenants[0]?.uncovered).toContainEqual(
      expect.objectContaining({ displayName: 'CA003 Block Finance outside trusted locations', branch: 'applies' }),
    );
    expect(report.coverage?.tenants[0]?.uncovered).not.toContainEqual(
      expect.objectContaining({ displayName: 'Headquarters' }),
    );
    expect((await runTests(two, '--coverage', '--threshold', '5')).exitCode).toBe(0);
  });

  test('coverage of a file that is not valid is nothing, not everything', async () => {
    const place = workplace();
    await place.gsa('init');
    writeFileSync(join(place.folder, 'broken.gsatest.yaml'), 'suite: x\n');
    const { exitCode, stdout } = await place.gsa('test --coverage --threshold 80');
    expect(exitCode).toBe(4);
    expect(stdout).toContain('Coverage: nothing was covered, because a file is not valid.');
    expect(stdout).not.toContain('%');
  });

  test('a tenant in place stands by itself, and what it does not say is not known', async () => {
    const place = workplace();
    const { report } = await runIn(
      place,
      `suite: in place
policies: [{ displayName: MFA, conditions: { users: { includeUsers: [All] }, applications: { includeApplications: [All] } }, grantControls: { operator: OR, builtInControls: [mfa] } }]
tests:
  - name: asked for MFA
    signIn: { user: anybody@example.com, app: All, path: direct }
    expect: { outcome: interrupted, controls: [mfa], decidedBy: MFA }
  - name: with MFA
    signIn: { user: anybody@example.com, app: All, path: direct, satisfied: [mfa] }
    expect: { outcome: granted }
  - name: nobody knows
    signIn: { user: anybody@example.com, app: All, path: direct, satisfied: {} }
    expect: { outcome: unknown, missing: [mfa] }
`,
    );
    expect(report.value.map(({ status, failures }) => [status, failures])).toEqual([
      ['passed', []],
      ['passed', []],
      ['passed', []],
    ]);
  });
});
