import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { WORDS_WIDTH } from '../../src/core/signaling/numbered-attempt.ts';
import { compiledScanner } from '../../src/intake/sign-ins/scan/compiled-scanner.ts';
import { KnownValues } from '../../src/intake/sign-ins/scan/known-values.ts';
import type { ScannedLines } from '../../src/intake/sign-ins/scan/line-scanner.ts';
import { LINE, LINE_WIDTH } from '../../src/intake/sign-ins/scan/line-scanner.ts';
import { READ_MEMBERS } from '../../src/intake/sign-ins/scan/read-members.ts';
import { SlotScanner } from '../../src/intake/sign-ins/scan/scan-blocks.ts';
import { LARGEST_BLOCK, SLOTS } from '../../src/intake/sign-ins/scan/scanner-code.ts';
import { alikeLines, RECORD } from '../support/alike-lines.ts';
import { generateSignIns } from '../support/generate-sign-ins.ts';
import { recordTexts } from '../support/record-texts.ts';
import { tries } from '../support/tries.ts';

/** One of the two ways to scan, and the values that it has numbered so far. */
class Way {
  readonly #scanner: SlotScanner;
  readonly #values = new KnownValues();
  #turn = 0;
  forgotten = 0;
  forgottenParts = 0;

  constructor(isCompiled: boolean, window?: number) {
    const compiled = isCompiled ? compiledScanner(window) : null;
    if (isCompiled && compiled === null) throw new Error('nothing compiled runs here');
    this.#scanner = new SlotScanner(compiled, window);
  }

  /** What is told of each line of a block, with the values themselves for their numbers. */
  told(block: Uint8Array, isInside = false): unknown {
    const slot = this.#turn++ % SLOTS;
    const bytes = this.#scanner.room(slot, block.length);
    bytes.set(block);
    bytes[block.length] = 0;
    const lines = this.#scanner.scan(slot, bytes, block.length, isInside);
    if (lines.isAnew) {
      this.#values.clear();
      this.forgotten++;
    }
    if (lines.arePartsAnew) this.forgottenParts++;
    this.#values.add(lines.fresh);
    const rows = Array.from({ length: lines.count }, (_, at) => this.#row(lines, at));
    return { rows, lineFeeds: lines.lineFeeds, length: lines.length };
  }

  #row({ rows, words, bytes }: ScannedLines, row: number): unknown {
    const offset = row * LINE_WIDTH;
    const isLeft = rows[offset + LINE.idFrom] === -1;
    const places = Array.from(rows.subarray(offset, offset + (isLeft ? LINE.idTo : LINE.values)));
    // Where there is no correlation id, nobody asks where it ends.
    if (!isLeft && places[LINE.correlationFrom] === -1) places[LINE.correlationTo] = -1;
    if (isLeft) return places;
    const values = READ_MEMBERS.map((name, at) => [
      name,
      this.#values.value(rows[offset + LINE.values + at] as number, bytes),
    ]);
    const first = offset + LINE.values + READ_MEMBERS.length;
    return {
      places,
      values: values.filter(([, value]) => value !== undefined),
      parts: Array.from(rows.subarray(first, offset + LINE_WIDTH)),
      addresses: Array.from(words.subarray(row * WORDS_WIDTH, (row + 1) * WORDS_WIDTH)),
    };
  }
}

/** For two that forget at different times, as each has room of its own. */
function withoutParts(told: unknown): unknown {
  return JSON.parse(JSON.stringify(told, (name, value: unknown) => (name === 'parts' ? undefined : value)));
}

function expectAlike(blocks: readonly Uint8Array[], window?: number): void {
  const [compiled, other] = [new Way(true, window), new Way(false, window)];
  for (const block of blocks) expect(compiled.told(block)).toEqual(other.told(block));
}

/** Lines in blocks of a few each, some bytes of them changed. */
const blocks = fc
  .record({
    lines: fc.array(fc.oneof(alikeLines, recordTexts), { minLength: 1, maxLength: 12 }),
    between: fc.constantFrom('\n', '\r\n', '\n\n', '\n \t\n'),
    perBlock: fc.integer({ min: 1, max: 5 }),
    damages: fc.array(
      fc.record({ at: fc.nat(), byte: fc.oneof(fc.constantFrom(0, 0x22, 0x5c, 0x7d, 0x2c, 0x0a), fc.nat(255)) }),
      { maxLength: 3 },
    ),
  })
  .map(({ lines, between, perBlock, damages }) => {
    const made: Buffer[] = [];
    for (let at = 0; at < lines.length; at += perBlock) {
      const last = at + perBlock >= lines.length;
      made.push(Buffer.from(lines.slice(at, at + perBlock).join(between) + (last ? '' : '\n')));
    }
    for (const { at, byte } of damages) {
      const block = made[at % made.length];
      if (block !== undefined) block[at % block.length] = byte;
    }
    return made;
  });

/** A line that is a sign-in as far as the value of its last member is JSON. */
function lineWith(value: string): string {
  return `{"id":"1","createdDateTime":"2026-01-15T09:00:00Z","userId":"u","riskState":${value}}`;
}

const tokens = fc
  .array(
    fc.constantFrom(
      ...['{', '}', '[', ']', ',', ':', '"', '"a"', '"a":', '\\', '\\u', '\\n', '\\"', '00e9', '0', '1', '-', '+', '.'],
      ...[
        'e',
        'E',
        'true',
        'false',
        'null',
        'nul',
        'tru',
        ' ',
        '\t',
        '\r',
        'a',
        'é',
        '\u0001',
        '\u007f',
        '-0',
        '1.5e+3',
      ],
    ),
    { maxLength: 8 },
  )
  .map((list) => list.join(''));

const ADDRESSES = [
  'ipAddress',
  'globalSecureAccessIpAddress',
  'sourceIpAddress',
  'ipAddressFromResourceProvider',
] as const;

/** Addresses in many spellings, and what is nearly one. */
const addressTexts = fc.oneof(
  fc.ipV4(),
  fc.ipV6(),
  fc.constantFrom('', '::', '::1', '::ffff:203.0.113.5', '::ffff:cb00:7105', '1.2.3', '01.2.3.4', '203.0.113.5:443'),
  fc
    .array(fc.constantFrom('0', '1', '9', '25', '256', 'a', 'F', 'ffff', '.', '.', ':', ':', '::', '%', ' ', 'g'), {
      maxLength: 12,
    })
    .map((list) => list.join('')),
  fc.tuple(fc.ipV6(), fc.nat(), fc.constantFrom(':', '', '0', '::', 'x')).map(([text, at, other]) => {
    const place = at % text.length;
    return `${text.slice(0, place)}${other}${text.slice(place + 1)}`;
  }),
);
const addresses = fc.oneof(
  { weight: 6, arbitrary: addressTexts.map((text) => JSON.stringify(text)) },
  { weight: 1, arbitrary: fc.constantFrom('null', '5', 'true', '{}', '["1.2.3.4"]', '"\\u0031.2.3.4"', '"é"') },
);

const KNOWN_DEVICES = ['0b6f0f5e-3a50-4c0c-9a54-6a6d3f1c2b7e', '5d1f8a02-91c7-4a8e-8f0b-2e7c4d9a6b13'];

/** Devices that differ in their ids, some of which come again, and in their names or what is behind them. */
const devices = fc
  .tuple(
    fc.oneof(fc.uuid(), fc.constantFrom('', 'x y', 'é', ...KNOWN_DEVICES)),
    fc.constantFrom('', ',"displayName":"PC"', ',"displayName":"a}b"', ',"displayName":null', ', "displayName":"PC"'),
    fc.constantFrom('', ',"isCompliant":true', ',"browser":"}"', ',"browser":{}', ',"trustType":"Azure AD joined"'),
    fc.constantFrom('', ',"tokenProtectionStatusDetails":{"signInSessionStatus":"bound"}'),
  )
  .map(([id, name, rest, protection]) => `{"deviceId":"${id}"${name}${rest}}${protection}`);

/** Lines with the members that are given, each about another sign-in. */
function linesWith(members: readonly string[]): Buffer {
  const lines = members.map((text, at) => {
    const id = at.toString(16).padStart(12, '0');
    return `{"id":"${id}","createdDateTime":"2026-01-15T09:00:00Z","userId":"u",${text}}`;
  });
  return Buffer.from(lines.join('\n'));
}

describe('the compiled scanner', () => {
  test('reads addresses as the other one does, and leaves the same ones to others', () => {
    const line = fc
      .tuple(...ADDRESSES.map((name) => addresses.map((text) => `"${name}":${text}`)))
      .map((members) => members.join(','));
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 20 }), (lines) => expectAlike([linesWith(lines)])),
      { numRuns: tries(500) },
    );
  });

  test('takes for instants what the other one does, on each last day of a month', () => {
    const two = (number: number) => String(number).padStart(2, '0');
    const days = [1900, 2000, 2023, 2024, 2100].flatMap((year) =>
      Array.from({ length: 14 }, (_, month) => [0, 1, 28, 29, 30, 31, 32].map((day) => [year, two(month), two(day)])),
    );
    const lines = days.flat().map((day, at) => {
      return `{"id":"${at}","createdDateTime":"${day.join('-')}T09:00:00Z","userId":"u"}`;
    });
    expectAlike([Buffer.from(lines.join('\n'))]);
  });

  test('finds the same rest of devices that differ in their ids', () => {
    const line = devices.map((device) => `"deviceDetail":${device}`);
    fc.assert(
      fc.property(fc.array(fc.array(line, { minLength: 3, maxLength: 9 }), { minLength: 3, maxLength: 6 }), (list) =>
        expectAlike(list.map(linesWith), 2),
      ),
      { numRuns: tries(300) },
    );
  });

  test('numbers no more rests of devices than the other one', () => {
    const rests = Array.from({ length: 14 }, (_, block) =>
      linesWith(
        Array.from({ length: 400 }, (_, at) => {
          const [id, rest] = [(block * 400 + at).toString(16), (block % 12) * 400 + at];
          return `"deviceDetail":{"deviceId":"${id}","operatingSystem":"${rest}"}`;
        }),
      ),
    );
    expectAlike(rests, 2);
  });

  /** A value of its own for each line, with so many bytes in it. */
  const own = (number: number, length: number) => `${number} ${'x'.repeat(length)}`;
  test.each<[string, (number: number) => string]>([
    ['rests of devices', (number) => `"deviceDetail":{"deviceId":"1","browser":"${own(number, 1_800)}"}`],
    ['rests of devices that it numbers', (number) => `"deviceDetail":{"deviceId":"1","browser":"${own(number, 900)}"}`],
    ['names of members', (number) => `"${own(number, 1_800)}":1`],
    ['texts', (number) => `"appDisplayName":"${own(number, 5_000)}"`],
    ['policies of lists', (number) => `"appliedConditionalAccessPolicies":[{"id":"${own(number, 5_000)}"}]`],
    [
      'lists of policies',
      (number) =>
        `"appliedConditionalAccessPolicies":[${Array.from({ length: 600 }, (_, at) => (number + at) % 10).join()},${number}]`,
    ],
    [
      'steps',
      (number) =>
        `"authenticationDetails":[{"authenticationStepDateTime":"1","authenticationMethod":"${own(number, 2_000)}"}]`,
    ],
    [
      'lists of steps',
      (number) =>
        `"authenticationDetails":[${Array.from({ length: 300 }, (_, at) => `{"authenticationStepDateTime":"1","a":${(number * at) % 10}}`).join()}]`,
    ],
  ])('has room for %s, however long all of them are', (_, member) => {
    const lines = 4_500;
    const perBlock = Math.floor((LARGEST_BLOCK - 100_000) / (member(lines).length + 100));
    // Values of no member are left at their places: all of them ask for a number.
    const [compiled, other] = [new Way(true, 1_000_000), new Way(false, 1_000_000)];
    for (let from = 0; from < lines; from += perBlock) {
      const count = Math.min(perBlock, lines - from);
      const block = linesWith(Array.from({ length: count }, (_, at) => member(from + at)));
      expect(withoutParts(compiled.told(block))).toEqual(withoutParts(other.told(block)));
    }
  });

  test('numbers parts anew when there are too many, and knows the values themselves all the time', () => {
    const [compiled, other] = [new Way(true, 1_000_000), new Way(false, 1_000_000)];
    for (let block = 0; block < 140; block++) {
      const members = Array.from({ length: 500 }, (_, at) => {
        const number = block * 500 + at;
        return `"userPrincipalName":"${number % 300}","userType":"${Math.floor(number / 300)}"`;
      });
      const bytes = linesWith(members);
      expect(compiled.told(bytes)).toEqual(other.told(bytes));
    }
    expect([compiled.forgottenParts, other.forgottenParts]).toEqual([1, 1]);
    expect([compiled.forgotten, other.forgotten]).toEqual([0, 0]);
  });

  test('tells of every line what the other one tells, whatever stands in it and was there before', () => {
    fc.assert(
      fc.property(blocks, fc.constantFrom(undefined, 2), (list, window) => expectAlike(list, window)),
      { numRuns: tries(400) },
    );
  });

  test('takes for JSON what JSON.parse does', () => {
    const way = new Way(true);
    fc.assert(
      fc.property(fc.oneof(tokens, fc.json()), (value) => {
        const line = lineWith(value);
        let isJson = true;
        try {
          // A value that ends the record early, and brings members of its own, is another line.
          isJson = Object.keys(JSON.parse(line) as object).length === 4;
        } catch {
          isJson = false;
        }
        const { rows } = way.told(Buffer.from(line)) as { rows: unknown[] };
        expect(Array.isArray(rows[0])).toBe(!isJson);
      }),
      { numRuns: tries(3_000) },
    );
  });

  test.each([60, 61, 62, 63])('leaves what nests deeper to others as the other one does: %d levels', (depth) => {
    const lists = lineWith('['.repeat(depth) + ']'.repeat(depth));
    const objects = lineWith(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`);
    expectAlike([Buffer.from(`${lists}\n${objects}`)]);
  });

  test('tells the same of a company’s sign-ins, and of every text that tests and examples have', () => {
    const files = ['test', 'examples'].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((path) => /\.(ndjson|jsonl|json|csv|md|ya?ml)$/.test(path))
        .map((path) => readFileSync(join(folder, path))),
    );
    expect(files.length).toBeGreaterThan(30);
    const company = generateSignIns({ users: 50 });
    const lines = Array.from({ length: 2_000 }, () => JSON.stringify(company.next().value));
    const some = Array.from({ length: 10 }, (_, at) => Buffer.from(lines.slice(at * 200, at * 200 + 200).join('\n')));
    expectAlike([...some, ...files, ...some]);
  });

  test('leaves lines to others that are too long for it, and those that begin in the middle', () => {
    const line = `{${RECORD.map(([name, value]) => `"${name}":${value}`).join(',')}}\n`;
    const [compiled, other] = [new Way(true), new Way(false)];
    const long = Buffer.from(`${line}{"id":"${'x'.repeat(LARGEST_BLOCK)}"}\n`);
    const { rows } = compiled.told(long) as { rows: unknown[] };
    expect(rows).toHaveLength(2);
    expect(rows.every((row) => Array.isArray(row))).toBe(true);
    expect(compiled.told(Buffer.from(`x\n${line}`), true)).toMatchObject({
      lineFeeds: 2,
      rows: [
        [0, 1, 0, -1],
        [2, 1 + Buffer.byteLength(line), 1, -1],
      ],
    });
    expect(compiled.told(Buffer.from(line))).toEqual(other.told(Buffer.from(line)));
  });

  test('finds its way through more lines than it tells of at once', () => {
    expectAlike([Buffer.from(`${lineWith('1')}\n{}\n\n`.repeat(2_000))]);
  });

  test('forgets in time, and knows afterwards only what came again', () => {
    const [compiled, other] = [new Way(true, 1_000_000), new Way(false, 1_000_000)];
    for (let block = 0; block < 36; block++) {
      const lines = Array.from({ length: 1_000 }, (_, at) => {
        const id = (block * 1_000 + at).toString(16).padStart(12, '0');
        const values = READ_MEMBERS.slice(0, 12).map((name, column) => `"${name}":"${id}${column}"`);
        return `{"id":"${id}","createdDateTime":"2026-01-15T09:00:00Z",${values.join(',')}}`;
      });
      const bytes = Buffer.from(lines.join('\n'));
      expect(compiled.told(bytes)).toEqual(other.told(bytes));
    }
    expect([compiled.forgotten, other.forgotten]).toEqual([1, 1]);
  });
});
