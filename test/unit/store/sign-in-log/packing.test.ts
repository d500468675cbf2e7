import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { beginPacking } from '../../../../src/store/sign-in-log/begin-packing.ts';
import type { Packing } from '../../../../src/store/sign-in-log/packing.ts';
import { PackingElsewhere, PackingHere, packingMemory } from '../../../../src/store/sign-in-log/packing.ts';
import { unpack } from '../../../../src/store/sign-in-log/zstd.ts';

const MEGABYTE = 1024 * 1024;
const short = Buffer.from('one sign-in\n'.repeat(1_000));
const other = Buffer.from('another sign-in\n'.repeat(50_000));
/** Neither fits: the one is too long to be handed over, the other comes out longer than it went in. */
const long = Buffer.alloc(3 * MEGABYTE, 'a record that is longer than any block');
const dense = randomBytes(2 * MEGABYTE);

/** A text as blocks are put together: where they are packed from, or wherever it lies. */
function placed(packing: Packing, text: Buffer, isInRoom: boolean): Uint8Array {
  if (!isInRoom) return text;
  const room = packing.room(text.length);
  text.copy(room, 0);
  return room.subarray(0, text.length);
}

function packed(packing: Packing, text: Buffer, isInRoom = true): Buffer {
  packing.begin(placed(packing, text, isInRoom));
  return unpack(packing.take(), text.length);
}

async function withThread(work: (packing: Packing) => void): Promise<void> {
  const thread = beginPacking();
  try {
    work(new PackingElsewhere(thread.memory));
  } finally {
    await thread.end();
  }
}

describe('blocks are packed', () => {
  const texts = { short, other, long, dense, empty: Buffer.alloc(0) };

  test.each(Object.entries(texts))('here: a text that is %s comes back', (_, text) => {
    for (const isInRoom of [true, false]) expect(packed(new PackingHere(), text, isInRoom).equals(text)).toBe(true);
  });

  test('by another thread: each text comes back, whichever was packed before', () =>
    withThread((packing) => {
      for (const text of [...Object.values(texts), ...Object.values(texts).reverse()]) {
        for (const isInRoom of [true, false]) expect(packed(packing, text, isInRoom).equals(text)).toBe(true);
      }
    }));

  test('by another thread: the next text is put together meanwhile, and what nobody took is forgotten', () =>
    withThread((packing) => {
      packing.begin(placed(packing, dense, true));
      packing.begin(placed(packing, other, true));
      placed(packing, short, true);
      expect(unpack(packing.take(), other.length).equals(other)).toBe(true);
    }));

  test('here, where the other thread does not answer any more', () => {
    const packing = new PackingElsewhere(packingMemory(), 1);
    packing.begin(placed(packing, short, true));
    placed(packing, other, true);
    expect(unpack(packing.take(), short.length).equals(short)).toBe(true);
    for (const text of Object.values(texts)) expect(packed(packing, text).equals(text)).toBe(true);
  });
});
