import fc from 'fast-check';
import { describe, test } from 'vitest';
import { readWhatIfRequest } from '../../src/core/conditional-access/what-if/request.ts';
import { readBaseline } from '../../src/intake/baseline/baseline.ts';
import { readSuite } from '../../src/intake/gsatest/read-suite.ts';
import { readFileContents } from '../../src/intake/import/file.ts';
import { readJson } from '../../src/intake/json/read.ts';
import { whatIfRequestOf } from '../../src/intake/what-if-file.ts';
import { readTenantText } from '../../src/store/tenant/format.ts';
import { readAll, source } from '../support/read-all-sign-ins.ts';
import { bent, bytesOf, deep, fuzz, holds, jsonOf, textOf } from './fuzz.ts';

const SIGN_IN = JSON.stringify({
  id: '5b3e1f9a-0000-4000-8000-000000000001',
  createdDateTime: '2026-01-15T09:00:00Z',
  userPrincipalName: 'a@contoso.com',
  userId: '5b3e1f9a-0000-4000-8000-000000000002',
  appId: '00000003-0000-0000-c000-000000000000',
  ipAddress: '203.0.113.7',
  clientAppUsed: 'Browser',
  status: { errorCode: 0 },
  location: { countryOrRegion: 'DE' },
  deviceDetail: { operatingSystem: 'Windows', trustType: 'Azure AD joined' },
  appliedConditionalAccessPolicies: [{ id: 'p', displayName: 'P', result: 'success' }],
});
const CSV = `Date (UTC),Request ID,User,Username,User ID,Application,IP address,Status,Sign-in error code\n2026-01-15T09:00:00Z,r1,"A, B",a@contoso.com,u1,Teams,203.0.113.7,Success,0\n`;
const POLICY = JSON.stringify({
  '@odata.type': '#microsoft.graph.conditionalAccessPolicy',
  id: '5b3e1f9a-0000-4000-8000-000000000003',
  displayName: 'P',
  state: 'enabled',
  conditions: {
    users: { includeUsers: ['All'], excludeUsers: [] },
    applications: { includeApplications: ['All'] },
    clientAppTypes: ['all'],
    locations: { includeLocations: ['All'], excludeLocations: ['AllTrusted'] },
    devices: { deviceFilter: { mode: 'include', rule: 'device.isCompliant -eq True' } },
  },
  grantControls: { operator: 'OR', builtInControls: ['mfa'] },
});
const LOCATION = JSON.stringify({
  value: [
    {
      '@odata.type': '#microsoft.graph.ipNamedLocation',
      id: '5b3e1f9a-0000-4000-8000-000000000004',
      displayName: 'L',
      isTrusted: true,
      ipRanges: [{ '@odata.type': '#microsoft.graph.iPv4CidrRange', cidrAddress: '203.0.113.0/24' }],
    },
  ],
});
const WHAT_IF = JSON.stringify({
  signInIdentity: { '@odata.type': '#microsoft.graph.userSignIn', userId: 'u' },
  signInContext: { '@odata.type': '#microsoft.graph.applicationContext', includeApplications: ['a'] },
  signInConditions: { ipAddress: '203.0.113.7', country: 'DE', deviceInfo: { isCompliant: true } },
});
const SUITE = `suite: S
fixtures: { addresses: { office: 203.0.113.7 } }
policies: [&p { displayName: P, state: enabled }]
tests:
  - name: one
    signIn: { user: a@contoso.com, app: Teams, from: office }
    expect: { result: success }
  - name: two
    matrix: { signaling: [on, off] }
    command: policy list
    expect: { exitCode: 0 }
`;
const BASELINE = `accepted:
  - rule: GSA001
    subject: { policy: P }
    reason: known
    owner: a
    until: 2026-12-31
`;
const TENANT = JSON.stringify({ formatVersion: 1, serial: 1, tenant: { policies: [], namedLocations: [], users: [] } });

const namesIn = (...texts: readonly string[]) => [
  ...new Set(texts.flatMap((text) => [...text.matchAll(/"?([@\w.]+)"?:/g)].map(([, name = '']) => name))),
];
const WORDS = [
  'enabled',
  'All',
  'mfa',
  'DE',
  '203.0.113.7',
  '2026-01-15T09:00:00Z',
  '#microsoft.graph.ipNamedLocation',
];
const YAML_WORDS = [
  ...namesIn(SUITE, BASELINE).map((name) => `\n${name}:`),
  '\n  - ',
  ' ',
  '{',
  '}',
  '[',
  ']',
  ', ',
  '&a ',
  '*a',
  '<<: *a',
  '|\n',
  '? ',
  '---\n',
  '# ',
];

const signInTexts = fc.oneof(
  bent([SIGN_IN, `[${SIGN_IN}]`, `{"value":[${SIGN_IN}]}`, `${SIGN_IN}\n${SIGN_IN}\n`, CSV]),
  jsonOf(namesIn(SIGN_IN), WORDS),
  textOf(['Date (UTC)', 'Request ID', 'IP address', ',', '"', '\n', ';', '\t', 'a', '203.0.113.7']),
);
const importTexts = fc.oneof(
  bent([POLICY, LOCATION, `${POLICY}\n${POLICY}`, `[${POLICY}]`]),
  jsonOf([...namesIn(POLICY, LOCATION), 'members', 'roleTemplateId', 'userPrincipalName', 'signalingStatus'], WORDS),
);

const readSignInBytes = (bytes: Uint8Array | string) => readAll([source(bytes, 'fuzz')]);
const bytesOfText = (text: string) => new TextEncoder().encode(text);
const importBytes = (bytes: Uint8Array) => readFileContents({ file: 'fuzz.json', isNamed: true }, bytes, {});
function askWhatIf(text: string): void {
  const reading = readJson(text);
  if (reading.ok) readWhatIfRequest(whatIfRequestOf(reading.document, 'fuzz.json'));
}

/** Valid YAML most of the time, whose anchors and aliases lead anywhere: into what they stand in, to nothing, to each other. */
const anchoredYaml: fc.Arbitrary<string> = fc.letrec<{ node: string; list: string; map: string }>((tie) => ({
  list: fc.array(tie('node'), { maxLength: 4 }).map((items) => `[${items.join(', ')}]`),
  map: fc
    .array(fc.tuple(fc.constantFrom(...namesIn(SUITE), 'tests', 'accepted', '<<', '*a '), tie('node')), {
      maxLength: 4,
    })
    .map((members) => `{${members.map(([key, value]) => `${key}: ${value}`).join(', ')}}`),
  node: fc
    .tuple(
      fc.constantFrom('', '', '&a ', '&b ', '!!str ', '!!set '),
      fc.oneof({ maxDepth: 4 }, fc.constantFrom('*a', '*b', 'x', '1', 'null', '"\\0"'), tie('list'), tie('map')),
    )
    .map(([mark, value]) => (value.startsWith('*') ? value : mark + value)),
})).node;

describe('any bytes in the place of a file are read or refused', () => {
  test('sign-ins as JSON, CSV or lines of JSON', () =>
    fuzz('sign-ins', bytesOf(signInTexts), (bytes) => holds(() => readSignInBytes(bytes)), { share: 0.4 }));

  test('files to import', () => fuzz('import', bytesOf(importTexts), (bytes) => holds(() => importBytes(bytes))));

  test('test files in YAML', () =>
    fuzz('test files in YAML', bytesOf(fc.oneof(bent([SUITE]), textOf(YAML_WORDS), anchoredYaml)), (bytes) =>
      holds(() => readSuite(bytes, false)),
    ));

  test('test files in JSON', () =>
    fuzz('test files in JSON', bytesOf(jsonOf([...namesIn(SUITE), ...namesIn(POLICY)], WORDS)), (bytes) =>
      holds(() => readSuite(bytes, true)),
    ));

  test('a baseline', () =>
    fuzz('baseline', fc.oneof(bent([BASELINE]), textOf(YAML_WORDS), anchoredYaml), (text) =>
      holds(() => readBaseline(text, 'b.yaml')),
    ));

  test('a body of what-if', () =>
    fuzz('what-if', fc.oneof(bent([WHAT_IF]), jsonOf(namesIn(WHAT_IF), WORDS)), (text) =>
      holds(() => askWhatIf(text)),
    ));

  test('a tenant file', () =>
    fuzz('tenant file', fc.oneof(bent([TENANT]), jsonOf(namesIn(TENANT, POLICY, LOCATION), WORDS)), (text) =>
      holds(() => readTenantText(text, 't.json')),
    ));
});

const DEEP_TEXTS: readonly (readonly [string, string])[] = [
  ['open brackets', deep('[')],
  ['closed brackets', deep('[', ']')],
  ['objects', deep('{"a":', '}', '1')],
  ['objects of a policy', `{"conditions":${deep('{"users":', '}', '1')}}`],
  ['braces', deep('{')],
  ['quotes', deep('"')],
  ['backslashes', `"${deep('\\')}`],
  ['comments', deep('/*')],
  ['commas', deep(',')],
  ['zeros', deep('0')],
];

const DEEP_YAML: readonly (readonly [string, string])[] = [
  ...DEEP_TEXTS,
  ['50,000 brackets', deep('[', ']', '', 50_000)],
  ['questions', deep('? ', '', '', 20_000)],
  ['dashes', deep('- ', '', '', 20_000)],
  ['keys on a line', deep('a: ', '', '', 20_000)],
  ['tags', deep('!a ', '', '', 20_000)],
  ['anchors', deep('&a ', '', '', 20_000)],
  ['brackets as a key', `${deep('[', ']', '', 900)}: 1`],
  ['brackets that the parser survives', `a: ${deep('[', ']', '', 1_500)}`],
  ['brackets under tests', `suite: S\ntests: ${deep('[', ']', '', 1_500)}`],
  ['brackets under accepted', `accepted: ${deep('[', ']', '', 1_500)}`],
];

describe('depth ends in a refusal, not in the end of the stack', () => {
  test.each(DEEP_TEXTS)('sign-ins of 100,000 %s', (_, text) => holds(() => readSignInBytes(text)));
  test.each(DEEP_TEXTS)('a file to import of 100,000 %s', (_, text) => holds(() => importBytes(bytesOfText(text))));
  test.each(DEEP_TEXTS)('a body of what-if of 100,000 %s', (_, text) => holds(() => askWhatIf(text)));
  test.each(DEEP_TEXTS)('a tenant file of 100,000 %s', (_, text) => holds(() => readTenantText(text, 't.json')));
  test.each(DEEP_TEXTS)('a test file in JSON of 100,000 %s', (_, text) =>
    holds(() => readSuite(bytesOfText(text), true)),
  );
  test.each(DEEP_YAML)('a test file in YAML of %s', (_, text) => holds(() => readSuite(bytesOfText(text), false)));
  test.each(DEEP_YAML)('a baseline of %s', (_, text) => holds(() => readBaseline(text, 'b.yaml')));
});
