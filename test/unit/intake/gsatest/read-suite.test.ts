import { describe, expect, test } from 'vitest';
import { readSuite } from '../../../../src/intake/gsatest/read-suite.ts';

/** What is wrong with a file, as `line:column message; hint`. */
function problems(text: string, isJson = false): readonly string[] {
  const reading = readSuite(new TextEncoder().encode(text), isJson);
  if (reading.ok) return [];
  return reading.problems.map(
    ({ message, hint, position: { line, column } }) =>
      `${line}:${column} ${message}${hint === undefined ? '' : `; ${hint}`}`,
  );
}

const CASE =
  '    signIn: { user: alice@contoso.com, app: All, from: 203.0.113.10, path: direct }\n    expect: { outcome: granted }\n';
const suite = (tests: string) => `suite: demo\ntests:\n${tests}`;

describe('a test file that was made to be hard to read is refused in bounded time, with few words', () => {
  const many = (count: number, text: (at: number) => string) =>
    Array.from({ length: count }, (_, at) => text(at)).join('');
  test.each<[string, string, string]>([
    ['a list that holds itself', 'suite: s\ntests: &a [*a]\n', 'an alias leads back into what it stands in'],
    ['a test that holds itself', 'suite: s\ntests:\n  - &a { name: n, tags: *a }\n', 'an alias leads back'],
    ['two that hold each other', 'suite: s\ntests: [&a { k: &b [*a] }, *b]\n', 'an alias leads back'],
    ['itself as a key of itself', 'suite: s\ntests: &a { ? { k: *a } : 1 }\n', 'expected a list, found an object'],
    ['a path with a zero byte', 'suite: s\ntenant: "a\\0b"\ntests: [{}]\n', 'holds the character U+0000'],
    [
      'a word of a command with one',
      suite('  - { name: n, command: ["a\\0"], expect: {} }\n'),
      'holds the character U+0000',
    ],
    ['a name of 501 letters', suite(`  - { name: ${'n'.repeat(501)}, command: [x], expect: {} }\n`), 'too big'],
    [
      '5,000 aliases',
      `suite: &a s\n${many(5_000, (at) => `k${at}: *a\n`)}`,
      'has more than 1000 aliases, anchors and tags',
    ],
    ['50,000 brackets', `suite: s\ntests: ${'['.repeat(50_000)}`, 'is nested more than 64 levels deep'],
    ['20,000 braces', `suite: s\ntests: ${'{a: '.repeat(20_000)}`, 'is nested more than 64 levels deep'],
    [
      'a list in a list, 600,000 times',
      `suite: s\ntests:\n${'- '.repeat(600_000)}`,
      'is nested more than 64 levels deep',
    ],
    ['keys of keys', `suite: s\ntests:\n${'? '.repeat(100_000)}`, 'is nested more than 64 levels deep'],
    ['lists in each other by aliases', nestedByAliases(), 'excessive alias count'],
    [
      '600,000 brackets that close nothing',
      `suite: s\n${']'.repeat(600_000)}`,
      'is not valid YAML in more than 50 places',
    ],
    ['600,000 commas', `suite: s\ntests: [${','.repeat(600_000)}`, 'is not valid YAML in more than 50 places'],
    [
      'texts that nothing parts',
      `suite: s\ntests: [${'"a" '.repeat(300_000)}]`,
      'is not valid YAML in more than 50 places',
    ],
    ['600,000 tags', `suite: ${'! '.repeat(600_000)}`, 'has more than 1000 aliases, anchors and tags'],
    ['600,000 anchors', `suite: ${'&a '.repeat(600_000)}`, 'has more than 1000 aliases, anchors and tags'],
    ['30,000 keys', `suite: s\n${many(30_000, (at) => `k${at}: 1\n`)}`, 'unknown key `k0`'],
    ['the same key 30,000 times', `suite: s\n${many(30_000, () => 'k: 1\n')}`, 'the key stands here a second time'],
    ['30,000 tests that are none', suite(many(30_000, () => '  - {}\n')), 'nothing is tested here'],
  ])('%s', (_, text, message) => {
    const told = problems(text);
    expect(told.join('\n')).toContain(message);
    expect(told.length).toBeLessThanOrEqual(51);
    expect(told.join('\n').length).toBeLessThan(40_000);
  });

  test('a key that is a number and the same as text are one key', () => {
    expect(problems('suite: s\nfixtures:\n  addresses: { 1: 203.0.113.1, "1": 203.0.113.2 }\ntests: []\n')).toEqual([
      '3:32 the key stands here a second time',
    ]);
  });
});

/** Each list holds the one before, sixty levels further down. */
function nestedByAliases(): string {
  const lists = Array.from({ length: 450 }, (_, at) => {
    const inner = at === 0 ? '1' : `*a${at - 1}`;
    return `k${at}: &a${at} ${'['.repeat(60)}${inner}${']'.repeat(60)}\n`;
  });
  return `suite: s\n${lists.join('')}`;
}

describe('a test file that is not valid says where and what to write instead', () => {
  test.each([
    [
      'an unknown key of the file',
      'suit: demo\nsuite: demo\ntests: [{}]\n',
      '1:1 unknown key `suit`; did you mean `suite`?',
    ],
    [
      'an unknown key of a test',
      suite(`  - name: one\n    tgas: [critical]\n${CASE}`),
      '4:5 unknown key `tgas`; did you mean `tags`?',
    ],
    [
      'an unknown member of a sign-in',
      suite('  - name: one\n    signIn: { usr: alice@contoso.com }\n    expect: { outcome: granted }\n'),
      '4:15 unknown key `usr`; did you mean `user`?',
    ],
    ...(
      [
        ['countryOrRegion', 'country'],
        ['ip', 'from'],
        ['application', 'app'],
        ['appDisplayName', 'app'],
      ] as const
    ).map(([tried, meant]): [string, string, string] => [
      `\`${tried}\`, which people try for \`${meant}\``,
      suite(`  - name: one\n    signIn: { ${tried}: x }\n    expect: { outcome: granted }\n`),
      `4:15 unknown key \`${tried}\`; did you mean \`${meant}\`?`,
    ]),
    [
      'an unknown outcome',
      suite('  - name: one\n    signIn: { user: a }\n    expect: { outcome: grantd }\n'),
      '5:15 `grantd` is not one of the words here; did you mean `granted`?',
    ],
    [
      'an unknown result of a policy',
      suite('  - name: one\n    signIn: { user: a }\n    expect: { policies: { MFA: succes } }\n'),
      '5:27 `succes` is not one of the words here; did you mean `success`?',
    ],
    [
      'an unknown client app',
      suite('  - name: one\n    signIn: { user: a, clientAppUsed: Brwser }\n    expect: { outcome: granted }\n'),
      '4:24 `Brwser` is not one of the words here; did you mean `Browser`?',
    ],
    [
      'an assumption that there is not',
      suite(
        '  - name: one\n    change: { signaling: disabled }\n    signIns: a.json\n    assume: { proxyContry: CH }\n    expect: { newlyBlocked: 0 }\n',
      ),
      '6:15 unknown key `proxyContry`; did you mean `proxyCountry`?',
    ],
    ['an empty suite', 'suite: demo\ntests: []\n', '2:1 the suite is empty: it has no tests'],
    ['no tests at all', 'suite: demo\n', '1:1 `tests` is missing'],
    [
      'two tests of one name',
      suite(`  - name: one\n${CASE}  - name: one\n${CASE}`),
      '6:5 a test of the name `one` stands in line 3 already; names are unique in a file',
    ],
    ['a key that stands twice', 'suite: demo\nsuite: again\ntests: [{}]\n', '2:1 the key stands here a second time'],
    [
      'a number where text is wanted',
      suite('  - name: 12\n    command: [status]\n    expect: { exit: 0 }\n'),
      '3:5 expected text, found a number; put it in quotes: "12"',
    ],
    [
      'a day that does not exist',
      suite(`  - name: one\n    skip: { reason: r, owner: o, until: 2026-02-30 }\n${CASE}`),
      '4:34 expected a day such as `2026-03-01`',
    ],
    [
      'a time without a zone',
      `now: 2026-01-15T09:00:00\n${suite(`  - name: one\n${CASE}`)}`,
      '1:1 expected a time with a zone, such as `2026-01-15T09:00:00Z`',
    ],
    [
      'a skip without an owner',
      suite(`  - name: one\n    skip: { reason: r, until: 2026-03-01 }\n${CASE}`),
      '4:5 `owner` is missing',
    ],
    [
      'an expectation that says nothing',
      suite('  - name: one\n    signIn: { user: a }\n    expect: {}\n'),
      '5:5 expects nothing: say at least an `outcome`',
    ],
    [
      'results of no policy',
      suite('  - name: one\n    signIn: { user: a }\n    expect: { policies: {} }\n'),
      '5:15 expects nothing: name a policy and its result',
    ],
    ['no reason', suite('  - name: one\n    signIn: { user: a }\n    expect: { because: [] }\n'), '5:15 is empty'],
    [
      'a count of anything',
      suite(
        '  - name: one\n    change: { signaling: disabled }\n    signIns: s.json\n    expect: { newlyBlocked: {} }\n',
      ),
      '6:15 expects nothing: say `atLeast` or `atMost`',
    ],
    [
      'dependencies on nothing',
      suite('  - name: one\n    dependencies: { of: signaling, contains: [] }\n'),
      '4:36 is empty',
    ],
    [
      'nothing that must not depend',
      suite('  - name: one\n    dependencies: { of: signaling, excludes: [] }\n'),
      '4:36 is empty',
    ],
    [
      'a test that tests nothing',
      suite('  - name: one\n    sigIn: { user: a }\n'),
      '3:5 nothing is tested here; did you mean `signIn`?',
    ],
    [
      'a dimension that is not in the matrix',
      suite('  - name: one\n    matrix: { user: [a, b] }\n    expect: [{ when: { usr: a }, outcome: granted }]\n'),
      '5:24 `usr` is not in the matrix; did you mean `user`?',
    ],
    [
      'a value that is not in the matrix',
      suite(
        '  - name: one\n    matrix: { user: [alice, bob] }\n    expect: [{ when: { user: alce }, outcome: granted }]\n',
      ),
      '5:24 `alce` is no `user` of the matrix; did you mean `alice`?',
    ],
    [
      'an address that is none',
      `fixtures: { addresses: { hq: 010.0.0.1 } }\n${suite(`  - name: one\n${CASE}`)}`,
      '1:26 `010.0.0.1` is not an IP address; write one address, without a prefix',
    ],
    [
      'a statement that is both never and always',
      suite('  - name: one\n    invariant: { for: {}, never: { outcome: blocked }, always: { outcome: granted } }\n'),
      '4:5 wants either `never` or `always`',
    ],
    [
      'a name that JavaScript hides',
      suite('  - name: one\n    signIn: { user: a }\n    expect: { policies: { __proto__: success } }\n'),
      '5:27 `__proto__` cannot be a key here; name it by its id',
    ],
    [
      'a policy in two places',
      `tenant: { policies: [] }\npolicies: []\n${suite(`  - name: one\n${CASE}`)}`,
      '2:1 `policies` stands here and under `tenant`; write the tenant in one place',
    ],
    ['several documents', 'suite: a\n---\nsuite: b\n', '2:1 holds several YAML documents; one file is one'],
  ])('%s', (_, text, expected) => {
    expect(problems(text)).toContain(expected);
  });

  test('everything that is wrong is told at once, in the order of the file', () => {
    const text = suite(
      `  - name: one\n    signIn: { usr: a }\n    expect: { outcome: grantd }\n  - name: two\n    tgas: []\n${CASE}`,
    );
    expect(problems(text).map((line) => line.split(' ')[0])).toEqual(['4:15', '5:15', '7:5']);
  });

  test('JSON is read as strictly, with places too', () => {
    expect(problems('{\n  "suite": "demo",\n  "tests": [\n    { "name": "one", "sigIn": {} }\n  ]\n}', true)).toEqual([
      '4:5 nothing is tested here; did you mean `signIn`?',
    ]);
    expect(problems('{ "suite": "demo", "suite": "demo" }', true)).toEqual([
      '1:20 the member `suite` stands here a second time',
    ]);
  });

  test.each([
    ['a tab where none may be', 'suite: demo\ntests:\n\t- name: x\n'],
    ['nothing', ''],
    ['a list', '- 1\n'],
    ['binary', '\u0000\u0001\u0002'],
    ['ten thousand levels', `suite: ${'['.repeat(10_000)}`],
    [
      'a bomb of aliases',
      `suite: x\na: &a [x]\n${Array.from({ length: 30 }, (_, at) => `b${at}: &b${at} [${`*${at === 0 ? 'a' : `b${at - 1}`},`.repeat(9)}]`).join('\n')}\n`,
    ],
  ])('%s is told as a problem and throws nothing', (_, text) => {
    expect(problems(text).length).toBeGreaterThan(0);
  });
});

test('dates and times are text, and no word turns into a truth value', () => {
  const reading = readSuite(
    new TextEncoder().encode(
      `now: 2026-01-15T09:00:00Z\n${suite('  - name: no\n    signIn: { user: yes, app: All }\n    expect: { outcome: [granted, blocked] }\n')}`,
    ),
    false,
  );
  expect(reading.ok && reading.read.suite).toMatchObject({
    now: '2026-01-15T09:00:00Z',
    tests: [{ name: 'no', signIn: { user: 'yes' }, expect: { outcome: ['granted', 'blocked'] } }],
  });
});

describe('a reason with a colon is read as text', () => {
  const reasonsOf = (expectation: string) => {
    const reading = readSuite(
      new TextEncoder().encode(suite(`  - name: one\n    signIn: { user: a, app: All }\n    expect:\n${expectation}`)),
      false,
    );
    return reading.ok ? reading.read.suite.tests[0] : reading.problems;
  };

  test.each([
    ['in a list of one line, without quotes', '      because: [location excluded: Headquarters]\n'],
    ['in a list of one line, with quotes', '      because: ["location excluded: Headquarters"]\n'],
    ['in a list of lines', '      because:\n        - location excluded: Headquarters\n'],
    ['by itself on the next line', '      because:\n        location excluded: Headquarters\n'],
  ])('%s', (_, text) => {
    expect(reasonsOf(`      outcome: granted\n${text}`)).toMatchObject({
      expect: { because: ['location excluded: Headquarters'] },
    });
  });

  test('and two of them in one map are told apart from one', () => {
    expect(reasonsOf('      because: { location excluded: Headquarters, user included: All }\n')).toMatchObject([
      { message: 'expected one reason; put it in quotes' },
    ]);
  });

  test('in a test of a tunnel from headquarters, with names of addresses and paths', () => {
    const text = `suite: the tunnel keeps the address
tenant: ../tenant.json
now: 2026-01-15T09:00:00Z
fixtures:
  addresses: { hq: 203.0.113.10, hq6: 2001:db8:10::5, cafe: 198.51.100.7, proxy: 151.206.0.10 }
  paths:
    tunnel:   { via: globalSecureAccess, egress: proxy }
    direct:   { via: direct }
    fallback: { via: globalSecureAccess, client: disabled }
tests:
  - name: who is at headquarters stays in while signaling is on
    tags: [critical]
    signaling: enabled
    signIn: { user: alice@contoso.com, app: Office 365 Exchange Online, from: hq, path: tunnel }
    expect:
      outcome: granted
      ipAddress: hq
      locations: [Headquarters]
      policies: { Block outside headquarters: notApplied, Require MFA: success }
      because: [location excluded: Headquarters]
`;
    expect(problems(text)).toEqual([]);
  });
});

test('words of Graph and ours mean the same', () => {
  const read = (signIn: string) => {
    const reading = readSuite(
      new TextEncoder().encode(suite(`  - name: one\n    signIn: ${signIn}\n    expect: { outcome: granted }\n`)),
      false,
    );
    return reading.ok ? reading.read.suite.tests[0] : reading.problems;
  };
  expect(
    read(
      '{ userPrincipalName: a@b.c, resourceDisplayName: X, ipAddress: 192.0.2.1, location: { countryOrRegion: NL }, via: gsa, clientAppUsed: IMAP4, riskLevelDuringSignIn: low, authenticationProtocol: deviceCode, deviceDetail: { operatingSystem: Windows10, deviceId: "" } }',
    ),
  ).toMatchObject({
    signIn: {
      user: 'a@b.c',
      app: 'X',
      from: '192.0.2.1',
      country: 'NL',
      via: 'globalSecureAccess',
      facts: {
        clientAppType: 'other',
        signInRiskLevel: 'low',
        authenticationFlow: 'deviceCodeFlow',
        devicePlatform: 'windows',
        device: null,
      },
    },
  });
});
