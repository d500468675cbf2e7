import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { generateSignIns, signIns } from '../../../support/generate-sign-ins.ts';
import { readAll, source, sourceInPieces } from '../../../support/read-all-sign-ins.ts';
import { azureMonitor, writeRoad } from '../../../support/sign-in-roads.ts';

const three = signIns(3);
const ids = three.map(({ id }) => id);
const ndjson = writeRoad('graphNdjson', three);

async function idsOf(...sources: Parameters<typeof readAll>[0]) {
  const { signIns: found, skipped } = await readAll(sources);
  expect(skipped).toEqual([]);
  return found.map(({ record }) => record.id);
}

function folder(files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = mkdtempSync(join(tmpdir(), 'gsa-sign-ins-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(root, name, '..'), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  return root;
}

describe('sign-ins are read from', () => {
  test.each([
    ['one object', JSON.stringify(three[0]), 1],
    ['a list', writeRoad('graphList', three), 3],
    [
      'pages one after the other',
      writeRoad('graphList', three.slice(0, 2)) + writeRoad('graphList', three.slice(2)),
      3,
    ],
    [
      'pages on a line each',
      `{"value":${JSON.stringify(three.slice(0, 2))}}\n{"value":${JSON.stringify(three.slice(2))}}\n`,
      3,
    ],
    ['a bare array', JSON.stringify(three), 3],
    ['a pretty array', JSON.stringify(three, null, 2), 3],
    ['NDJSON', ndjson, 3],
    ['NDJSON without a last line end', ndjson.trimEnd(), 3],
    ['NDJSON with empty lines', `\n\n${ndjson}\n\n`, 3],
    ['CRLF', ndjson.replaceAll('\n', '\r\n'), 3],
    ['a byte order mark', `\ufeff${ndjson}`, 3],
    ['an array of diagnostic records', JSON.stringify(three.map(azureMonitor)), 3],
    [
      'records in several batches of an event hub',
      JSON.stringify([{ records: three.slice(0, 1).map(azureMonitor) }, { records: three.slice(1).map(azureMonitor) }]),
      3,
    ],
    ["text inside a collector's record", JSON.stringify({ message: JSON.stringify(three[0]) }), 1],
    ['quoted CSV in another order of columns', reordered(writeRoad('portalCsv', three)), 3],
    ['rows of a query as objects', JSON.stringify([rowObject(writeRoad('logAnalyticsTables', three))]), 1],
  ])('%s', async (_name, text, count) => {
    expect(await idsOf(source(text))).toEqual(ids.slice(0, count));
    expect(await idsOf(sourceInPieces(text, 11))).toEqual(ids.slice(0, count));
  });

  test('UTF-16LE, gzip, and both', async () => {
    const utf16 = Buffer.from(`\ufeff${ndjson}`, 'utf16le');
    for (const bytes of [
      utf16,
      gzipSync(ndjson),
      gzipSync(utf16),
      Buffer.concat([gzipSync(ndjson.slice(0, 50)), gzipSync(ndjson.slice(50))]),
    ]) {
      expect(await idsOf(source(bytes))).toEqual(ids);
    }
  });

  test('folders, by path, with everything below them', async () => {
    const root = folder({
      'b.json': JSON.stringify(three[2]),
      'a/2.json': JSON.stringify(three[1]),
      'a/1.json.gz': gzipSync(JSON.stringify(three[0])),
      '.hidden': 'x',
    });
    expect(await idsOf(root)).toEqual(ids);
  });

  test('a mixture in which only the content says what is what', async () => {
    const root = folder({ 'x.csv': ndjson, 'y.json': writeRoad('portalCsv', three) });
    expect(await idsOf(join(root, 'x.csv'), join(root, 'y.json'))).toEqual([...ids, ...ids]);
  });
});

/** The columns of a CSV the other way round, every cell quoted. */
function reordered(csv: string): string {
  const rows = csv.replace('\ufeff', '').trimEnd().split('\r\n');
  const cells = (row: string) =>
    [...row.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell = '']) => cell).slice(0, -1);
  const quoted = (cell: string) => (cell.startsWith('"') ? cell : `"${cell}"`);
  return rows.map((row) => cells(row).map(quoted).reverse().join(',')).join('\n');
}

/** The first row of a query result as an object with JSON text in it, as `az monitor log-analytics query` prints it. */
function rowObject(tables: string): object {
  const [table] = (JSON.parse(tables) as { tables: { columns: { name: string }[]; rows: string[][] }[] }).tables;
  return Object.fromEntries(table?.columns.map(({ name }, at) => [name, table.rows[0]?.[at]]) ?? []);
}

describe('a file without sign-ins is named for what it is', () => {
  test.each([
    ['', 'is empty'],
    [' \n\t ', 'is empty'],
    ['[]', 'holds an empty list'],
    ['{"value":[]}', 'holds an empty list'],
    ['<!doctype html><title>Sign in</title>', 'is an HTML page, as a browser saves it when a download has failed'],
    [
      '{"value":[{"displayName":"x","state":"enabled","conditions":{}}]}',
      'holds Conditional Access policies, not sign-ins: `gsa import` reads them',
    ],
    ['{"error":{"code":"Forbidden","message":"\\u001b[2J"}}', 'holds an error response of Graph instead of data'],
    [
      '{"value":[{"trafficType":"internet","deviceCategory":"client","sourceIp":"203.0.113.1","createdDateTime":"2026-01-01T00:00:00Z"}]}',
      'holds a Global Secure Access traffic log: give it with --gsa-traffic',
    ],
    [
      'StartTime [UTC],EndTime [UTC],IPAddress,Type\n1,2,3,SigninLogs\n',
      'is the result of an alert or a summary, not the sign-ins that it is about',
    ],
    [
      'TimeGenerated [UTC],Operation,UserId\n1,2,3\n',
      'holds an audit log, not a sign-in log: export the sign-in log instead',
    ],
    [
      'AnalysisType: rule\nRuleID: x\nTests:\n  - Name: y\n',
      'is a detection rule in YAML, with sample records at most: it is no sign-in log',
    ],
    [
      'title: x\ndetection:\n  selection: y\n',
      'is a detection rule in YAML, with sample records at most: it is no sign-in log',
    ],
    ['value:\n - id: 1', 'is YAML: export sign-ins as JSON or CSV'],
    ['# Read me\n', 'is a Markdown text'],
    ['"x"', 'is neither JSON nor CSV with the columns of a sign-in log'],
    ['PK\u0003\u0004', 'is a zip archive or an Excel workbook: unpack it, or save the sheet as CSV'],
  ])('%j', async (text, message) => {
    const { signIns: found, skipped } = await readAll([source(text, 'file')]);
    expect(found).toEqual([]);
    expect(skipped).toEqual([
      { reason: expect.any(String), message, place: expect.objectContaining({ file: 'file' }) },
    ]);
  });

  test('a path that is not there stops before anything is read', async () => {
    await expect(readAll(['test/nowhere.json'])).rejects.toMatchObject({
      kind: 'invalid',
      message: 'there is no `test/nowhere.json`',
    });
  });
});

describe('a record that cannot be used is skipped with its reason and place', () => {
  const si = {
    id: 's',
    createdDateTime: '2026-01-01T00:00:00Z',
    userPrincipalName: 'a@contoso.com',
    ipAddress: '203.0.113.5',
  };

  test.each([
    [`${JSON.stringify(si)}\n{bad\n${JSON.stringify(si)}\n`, 2, 'invalidJson', { file: 'f', line: 2, column: 2 }],
    [`[${JSON.stringify(si)},{"a":01}]`, 1, 'invalidJson', { file: 'f', line: 1, pointer: '/1' }],
    [JSON.stringify(si).slice(0, -9), 0, 'truncated', { file: 'f', line: 1 }],
    [`{"value":[${JSON.stringify(si)},\n{"id":`, 1, 'truncated', { file: 'f', line: 2, pointer: '/value/1' }],
    [
      JSON.stringify([si, { ...si, createdDateTime: '2026-02-30T00:00:00Z' }]),
      1,
      'noTime',
      { file: 'f', line: 1, pointer: '/1' },
    ],
    [JSON.stringify([si, { ...si, createdDateTime: null }]), 1, 'noTime', { file: 'f', line: 1, pointer: '/1' }],
    [JSON.stringify([si, { x: 1 }]), 1, 'notASignIn', { file: 'f', line: 1, pointer: '/1' }],
    [JSON.stringify([si, null]), 1, 'notASignIn', { file: 'f', line: 1, pointer: '/1' }],
    [`${JSON.stringify([si])}\n<html>`, 1, 'invalidJson', { file: 'f', line: 2 }],
  ])('%s', async (text, used, reason, place) => {
    const { signIns: found, skipped } = await readAll([source(text, 'f')]);
    expect(found).toHaveLength(used);
    expect(skipped).toEqual([{ reason, message: expect.any(String), place }]);
  });

  test('CSV that is cut off, or has a row of another length', async () => {
    const csv = writeRoad('logAnalyticsCsv', three);
    const cut = await readAll([source(csv.slice(0, csv.lastIndexOf('"') - 5), 'f')]);
    expect(cut.signIns).toHaveLength(2);
    expect(cut.skipped).toMatchObject([{ reason: 'truncated', place: { file: 'f', line: 4 } }]);
    const short = await readAll([source(`${csv}a,b\r\n`, 'f')]);
    expect(short.signIns).toHaveLength(3);
    expect(short.skipped).toMatchObject([{ reason: 'columnCount', place: { file: 'f', line: 5 } }]);
  });

  test('gzip that is cut off keeps what was whole', async () => {
    const text = writeRoad('graphNdjson', signIns(2000));
    const { signIns: found, skipped } = await readAll([source(gzipSync(text).subarray(0, -2000), 'f')]);
    expect(found.length).toBeGreaterThan(500);
    expect(skipped).toMatchObject([{ reason: 'truncated', message: 'is cut off: its gzip data ends too early' }]);
  });

  test('a member of the wrong type is kept where it deceives nobody', async () => {
    const { signIns: found } = await readAll([source(JSON.stringify({ ...si, ipAddress: ['1.2.3.4'] }))]);
    expect(found[0]?.record).toMatchObject({ exportEnvelope: { ipAddress: ['1.2.3.4'] } });
    expect(found[0]?.record.ipAddress).toBeUndefined();
    expect(found[0]?.attempt.network.source.address).toBeUndefined();
  });

  test('a member called __proto__ is an ordinary member', async () => {
    const text = JSON.stringify(si).replace('{', '{"__proto__":{"ipAddress":"198.51.100.1"},');
    const { signIns: found } = await readAll([source(text.replace('"ipAddress":"203.0.113.5"', '"x":1'))]);
    expect(found[0]?.record.ipAddress).toBeUndefined();
    expect(Object.keys(found[0]?.record ?? {})).toContain('__proto__');
  });
});

test('a file is reported with its counts, marks and missing pages', async () => {
  const text = JSON.stringify({
    '@odata.nextLink': 'next',
    value: [{ ...three[0], signInEventTypes: ['nonInteractiveUser'] }, { id: 'x' }],
  });
  const { reports } = await readAll([source(text, 'page.json')]);
  expect(reports[0]).toMatchObject({
    ...{ file: 'page.json', format: 'graph', read: 3, used: 1 },
    marked: { inheritedAddress: 1 },
    skipped: [
      { reason: 'morePages', count: 1 },
      { reason: 'notASignIn', count: 1 },
    ],
  });
});

describe('pages of answers', () => {
  const context = 'https://graph.microsoft.com/beta/$metadata#auditLogs/signIns';
  const page = (more: object) => JSON.stringify({ '@odata.context': context, ...more, value: [three[0]] });
  const [first, second, last] = [page({ '@odata.nextLink': 'b' }), page({ '@odata.nextLink': 'c' }), page({})];
  const missing = async (...texts: string[]) => {
    const { skipped } = await readAll(texts.map((text, at) => source(text, `${at}.json`)));
    return skipped.map(({ reason, place }) => `${reason} ${place.file}`);
  };

  test('without the last one are told as missing', async () => {
    expect(await missing(first)).toEqual(['morePages 0.json']);
    expect(await missing(first, second)).toEqual(['morePages 1.json']);
    expect(await missing(`[${first},${second}]`)).toEqual(['morePages 0.json']);
    expect(await missing(`${first}\n${second}\n`)).toEqual(['morePages 0.json']);
  });

  test('with the last one are whole, in one file or in several', async () => {
    expect(await missing(last)).toEqual([]);
    expect(await missing(first, second, last)).toEqual([]);
    expect(await missing(`[${first},${second},${last}]`)).toEqual([]);
    expect(await missing(`${first}\n${last}\n`)).toEqual([]);
  });
});

test('memory does not grow with the file', async () => {
  const records = generateSignIns({ seed: 3 });
  const stream = async function* () {
    const one = Array.from({ length: 100 }, () => `${JSON.stringify(records.next().value)}\n`).join('');
    for (let at = 0; at < 200; at++) yield Buffer.from(one);
  };
  let highest = 0;
  let count = 0;
  const { readSignIns } = await import('../../../../src/intake/sign-ins/read-sign-ins.ts');
  const before = held();
  for await (const _item of readSignIns([{ name: 'pipe', stream: stream() }])) {
    if (++count % 1000 === 0) highest = Math.max(highest, held());
  }
  // About 45 MB of text, and a multiple of that as objects: none of it stays.
  expect(count).toBe(20_000);
  expect(highest - before).toBeLessThan(15e6);
});

/** Bytes of the heap that something still holds: what is garbage is taken away first, whenever V8 would have done so. */
function held(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}
