import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSignIns } from '../../src/intake/sign-ins/read-sign-ins.ts';
import { recordTexts } from '../support/record-texts.ts';
import { tries } from '../support/tries.ts';

/** One change of a byte, or none. */
const damages = fc.option(
  fc.record({ at: fc.nat(), byte: fc.constantFrom(0, 0x22, 0x5c, 0x7d, 0x2c, 0x30, 0xc3, 0x0a) }),
  {
    nil: undefined,
    freq: 3,
  },
);

const frames = {
  lines: (list: readonly string[]) => list.map((text) => text.replace(/\n/g, ' ')).join('\n'),
  list: (list: readonly string[]) => `[${list.join(',\n')}]`,
  page: (list: readonly string[]) => `{"@odata.context":"x",\n"value":[${list.join(',')}],"@odata.nextLink":"y"}`,
  documents: (list: readonly string[]) => list.join(' '),
};

async function* pieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

async function itemsOf(bytes: Uint8Array, size: number, facts: object) {
  const items: unknown[] = [];
  for await (const item of readSignIns([{ name: 'it', stream: pieces(bytes, size) }], { facts })) {
    if ('skipped' in item) items.push(item);
    else {
      const { id, createdDateTime, record, attempt, format, marks, place } = item.signIn;
      items.push({ id, createdDateTime, record, attempt, format, marks, place });
      if (item.signIn.time !== undefined) expect(item.signIn.time).toBe(Date.parse(createdDateTime));
    }
  }
  return items;
}

/** With a traffic log every record is read whole; this one knows nothing. */
const WHOLE = { sourceOf: () => undefined };

describe('a sign-in that is read for what it is judged by', () => {
  test('is what the whole record says, in every form of file, whatever stands in it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(recordTexts, { minLength: 1, maxLength: 6 }),
        fc.constantFrom(...(['lines', 'list', 'page', 'documents'] as const)),
        fc.constantFrom(7, 300, 1 << 20),
        damages,
        async (list, frame, size, damage) => {
          const bytes = Buffer.from(frames[frame](list));
          if (damage !== undefined) bytes[damage.at % bytes.length] = damage.byte;
          expect(await itemsOf(bytes, size, {})).toEqual(await itemsOf(bytes, size, WHOLE));
        },
      ),
      { numRuns: tries(300) },
    );
  });

  test('is told whole when it is asked for, until the next is read', async () => {
    const text = '{"id":"1","createdDateTime":"2026-01-15T09:00:00.50Z","userId":"u","riskState":"none"}';
    const told: unknown[] = [];
    for await (const item of readSignIns([{ name: 'it', stream: pieces(Buffer.from(`\n${text}\n`), 1 << 20) }])) {
      if ('signIn' in item) {
        const { id, createdDateTime, place, record } = item.signIn;
        told.push({ id, createdDateTime, place, record, isMadeOnce: record === item.signIn.record });
      }
    }
    const createdDateTime = '2026-01-15T09:00:00.5Z';
    const record = { id: '1', createdDateTime, userId: 'u', riskState: 'none' };
    expect(told).toEqual([{ id: '1', createdDateTime, place: { file: 'it', line: 2 }, record, isMadeOnce: true }]);
  });
});
