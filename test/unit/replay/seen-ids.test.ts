import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bitsOfAsciiId, bitsOfId } from '../../../src/core/values/id-bits.ts';
import { SeenIds } from '../../../src/replay/seen-ids.ts';
import { signIns } from '../../support/generate-sign-ins.ts';
import { tries } from '../../support/tries.ts';

describe('the ids that were seen in a run', () => {
  test('an id is new once, whatever was seen between, as in a set of them all', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.uuid(), fc.string(), fc.constantFrom('', 'a', 'b'))), (ids) => {
        const [seen, all] = [new SeenIds(), new Set<string>()];
        for (const id of ids) {
          const isNew = !all.has(id.toLowerCase());
          all.add(id.toLowerCase());
          expect(seen.see({ id }, 7)).toBe(isNew ? 'new' : 'repeated');
        }
      }),
    );
  });

  test('a hundred thousand ids that are nearly alike are told apart while it grows, and all are known afterwards', () => {
    const seen = new SeenIds();
    const ids = Array.from({ length: 100_000 }, (_, n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`);
    expect(ids.filter((id) => seen.see({ id }, 7) !== 'new')).toEqual([]);
    expect(ids.filter((id) => seen.see({ id }, 7) !== 'repeated')).toEqual([]);
  });

  test('what comes with an id is new once, in any order and whatever comes between', () => {
    const pairs = fc.array(fc.tuple(fc.constantFrom('', 'a', 'A', 'b'), fc.nat({ max: 3 })));
    fc.assert(
      fc.property(pairs, (records) => {
        const [seen, ids, all] = [new SeenIds(), new Set<string>(), new Set<string>()];
        for (const [id, content] of records) {
          const [key, pair] = [id.toLowerCase(), `${id.toLowerCase()} ${content}`];
          expect(seen.see({ id }, content)).toBe(!ids.has(key) ? 'new' : all.has(pair) ? 'repeated' : 'other');
          ids.add(key);
          all.add(pair);
        }
      }),
    );
  });

  test('the same holds where only some are held in memory and the others wait in a file, or no file can be made', () => {
    const nowhere = join(tmpdir(), 'gsa-no-such-folder');
    const ids = fc.oneof(fc.uuid(), fc.nat({ max: 60 }).map(String), fc.constantFrom('', 'a', 'A', 'b'));
    const records = fc.array(fc.tuple(ids, fc.nat({ max: 2 })), { maxLength: 300 });
    fc.assert(
      fc.property(records, fc.integer({ min: 1, max: 40 }), fc.boolean(), (all, most, hasFolder) => {
        const [few, every] = [new SeenIds({ most, folder: hasFolder ? tmpdir() : nowhere }), new SeenIds()];
        for (const [id, content] of all) expect(few.see({ id }, content)).toBe(every.see({ id }, content));
        few.end();
      }),
      { numRuns: tries(300) },
    );
  });

  test('thirty thousand ids in some dozen runs are all known, each with what came with it first', () => {
    const seen = new SeenIds({ most: 2500 });
    const ids = Array.from({ length: 30_000 }, (_, n) => `id-${n}`);
    expect(ids.filter((id, n) => seen.see({ id }, n) !== 'new')).toEqual([]);
    expect(ids.filter((id, n) => seen.see({ id }, n) !== 'repeated')).toEqual([]);
    expect(ids.filter((id) => seen.see({ id }, -1 >>> 0) !== 'other')).toEqual([]);
    seen.end();
  });

  test('memory stays flat, and the folder for temporary files shows nothing', () => {
    const folder = mkdtempSync(join(tmpdir(), 'gsa-seen-'));
    const seen = new SeenIds({ most: 10_000, folder });
    let most = 0;
    for (let n = 1; n <= 100_000; n++) {
      expect(seen.see({ id: `id-${n}` }, n)).toBe('new');
      most = Math.max(most, seen.bytes);
    }
    expect(most).toBeLessThan(10_000 * 25);
    expect(readdirSync(folder)).toEqual([]);
    seen.end();
    rmSync(folder, { recursive: true });
  });

  test('letter case does not count, as in the log', () => {
    const seen = new SeenIds();
    for (const { id } of signIns(100))
      expect([seen.see({ id }, 7), seen.see({ id: id.toUpperCase() }, 7)]).toEqual(['new', 'repeated']);
  });

  test('an id whose bits were found with it is the one that its text tells', () => {
    const seen = new SeenIds();
    const ids = fc.stringMatching(/^[ -~]+$/);
    fc.assert(
      fc.property(ids, (id) => {
        const bytes = Buffer.from(`"${id}"`);
        expect(bitsOfAsciiId(bytes, 1, bytes.length - 1)).toEqual(bitsOfId(id));
        seen.see({ id }, 7);
        expect(seen.see({ id: 'another', idBits: bitsOfAsciiId(bytes, 1, bytes.length - 1) }, 7)).toBe('repeated');
      }),
    );
  });

  test('an id takes 20 bytes or less, however many there are', () => {
    const seen = new SeenIds();
    let most = 0;
    for (let n = 1; n <= 200_000; n++) {
      seen.see({ id: `id-${n}` }, n);
      if (n >= 10_000) most = Math.max(most, seen.bytes / n);
    }
    expect(most).toBeGreaterThan(12);
    expect(most).toBeLessThanOrEqual(20);
  });
});
