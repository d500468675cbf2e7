import { describe, expect, test } from 'vitest';
import { readSignIns } from '../../../../../src/intake/sign-ins/read-sign-ins.ts';
import { compiledScanner } from '../../../../../src/intake/sign-ins/scan/compiled-scanner.ts';
import type { ScannedBy } from '../../../../../src/intake/sign-ins/scan/line-records.ts';
import { lineRecords, Memories } from '../../../../../src/intake/sign-ins/scan/line-records.ts';
import { LINE, LINE_WIDTH, LineScanner } from '../../../../../src/intake/sign-ins/scan/line-scanner.ts';
import { READ_MEMBERS } from '../../../../../src/intake/sign-ins/scan/read-members.ts';
import { SlotScanner } from '../../../../../src/intake/sign-ins/scan/scan-blocks.ts';
import { SeldomRepeated } from '../../../../../src/intake/sign-ins/scan/seldom-repeated.ts';
import { PLACED, PLACED_MEMBERS } from '../../../../../src/intake/sign-ins/scan/value-places.ts';

/** Lines in which devices and addresses are others each time, and of a length, so that they stand at the same places. */
function line(at: number, isManaged: boolean): string {
  const id = at.toString(16).padStart(12, '0');
  return JSON.stringify({
    id: `b5f1b2d0-0000-4000-8000-${id}`,
    createdDateTime: `2026-01-15T09:00:00.${100 + (at % 900)}Z`,
    userPrincipalName: `zoë${at % 3}@contoso.example`,
    userId: `a0000000-0000-4000-8000-00000000000${at % 3}`,
    appId: '00000002-0000-0ff1-ce00-000000000000',
    resourceId: '00000003-0000-0ff1-ce00-000000000000',
    clientAppUsed: 'Browser',
    ipAddress: `203.0.113.${100 + (at % 100)}`,
    isThroughGlobalSecureAccess: true,
    globalSecureAccessIpAddress: `198.51.100.${100 + ((at * 7) % 100)}`,
    crossTenantAccessType: 'none',
    deviceDetail: {
      deviceId: `d0000000-0000-4000-8000-${id}`,
      displayName: 'Büro',
      operatingSystem: at % 2 === 0 ? 'Windows10' : 'MacOs 14',
      isCompliant: isManaged,
    },
  });
}

const LINES = Array.from({ length: 300 }, (_, at) => line(at, at % 5 === 0));

/** The lines as they are scanned a few at a time; after so many values of a member it shows whether they repeat. */
function* scanned(window: number): Generator<ScannedBy> {
  const scanner = new LineScanner(window);
  for (let at = 0; at < LINES.length; at += 7) {
    const text = Buffer.from(LINES.slice(at, at + 7).join('\n'));
    const bytes = new Uint8Array(text.length + 1);
    bytes.set(text);
    yield { ...scanner.scan(bytes, text.length, false), scanner };
  }
}

/** Members whose values are left where they stand, with nothing in them. */
const PLACED_NAMES = [...PLACED_MEMBERS];
const EMPTY = PLACED_NAMES.map((name, at) => `"${name}":${at % 2 === 0 ? 'null' : '""'}`).join();

async function* later<Item>(items: Iterable<Item>): AsyncGenerator<Item> {
  yield* items;
}

async function attempts(window: number): Promise<unknown[]> {
  const read: unknown[] = [];
  for await (const batch of lineRecords(later(scanned(window)), 'it', new Memories({})))
    for (const raw of batch) if (raw.kind === 'quick') read.push([raw.signIn.attempt, raw.signIn.found]);
  return read;
}

async function readWhole(): Promise<unknown[]> {
  const read: unknown[] = [];
  const file = { name: 'it', stream: later([Buffer.from(LINES.join('\n'))]) };
  for await (const item of readSignIns([file], { facts: { sourceOf: () => undefined } }))
    if ('signIn' in item) read.push([item.signIn.attempt, expect.objectContaining({ id: item.signIn.id })]);
  return read;
}

describe('a value that is not worth a number', () => {
  test('is read where it stands, and never taken for the one that stood there before', async () => {
    const whole = await readWhole();
    expect(whole).toHaveLength(LINES.length);
    expect(await attempts(10)).toEqual(whole);
    expect(await attempts(1_000_000)).toEqual(whole);
  });

  test('takes no room: after some lines only what repeats has a number', () => {
    const placed = [...scanned(10)].map(({ rows, count, fresh }) => ({
      placed: rows.filter((number, at) => at % LINE_WIDTH >= LINE.values && number >= PLACED).length / count,
      kept: fresh.texts.ends.length,
    }));
    // The two addresses from the first line on, the devices once it shows.
    expect(placed.at(0)?.placed).toBe(2);
    expect(placed.at(3)).toEqual({ placed: 3, kept: 0 });
  });

  test('is none that is empty: nothing and the empty text have one number each, wherever they stand', () => {
    const text = Buffer.from(
      [1, 22].map((id) => `{"id":"${id}","userId":"u","createdDateTime":"2026-01-15T09:00:00Z",${EMPTY}}`).join('\n'),
    );
    for (const compiled of [compiledScanner(), null]) {
      const scanner = new SlotScanner(compiled);
      const bytes = scanner.room(0, text.length);
      bytes.set([...text, 0]);
      const { rows } = scanner.scan(0, bytes, text.length, false);
      const numbers = [0, LINE_WIDTH].map((row) =>
        PLACED_NAMES.map((name) => rows[row + LINE.values + READ_MEMBERS.indexOf(name)]),
      );
      expect(numbers[0]).toEqual(numbers[1]);
      expect(numbers.flat().filter((number = PLACED) => number <= 0 || number >= PLACED)).toEqual([]);
      expect(new Set(numbers[0]).size).toBe(2);
    }
  });

  test('is looked at again, as the next file may be another company’s', () => {
    const seldom = new SeldomRepeated(1, 4);
    const rests = Array.from({ length: 40 }, (_, at) => {
      const rest = seldom.see(0);
      if (!rest && at < 8) seldom.isNew(0);
      return rest;
    });
    expect(rests.indexOf(true)).toBe(4);
    expect(rests.lastIndexOf(true)).toBe(4 + 8 * 4 - 1);
  });
});
