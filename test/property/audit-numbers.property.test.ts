import fc from 'fast-check';
import { expect, test } from 'vitest';
import { writtenNumber } from '../../src/core/values/written-number.ts';
import { chained, chainProblems, entryOf, lineOf, NO_HASH } from '../../src/store/audit/chain.ts';
import type { AuditEntry } from '../../src/store/types.ts';

/** Numbers as people and programs write them: of any length, with points and exponents. */
const numbers = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.bigInt({ min: 1n, max: 10n ** 40n }),
    fc.constantFrom('', '.5', '.123456789012345678901', 'e5', 'E-7'),
  )
  .map((parts) => parts.join(''));

test('an entry of a journal is read as it was written, whatever numbers stand in it, and its chain holds', () => {
  fc.assert(
    fc.property(fc.array(fc.array(numbers, { maxLength: 5 }), { minLength: 1, maxLength: 4 }), (written) => {
      let head = NO_HASH;
      const lines = written.map((texts, at) => {
        const after = { z: texts.map(writtenNumber), a: 1 };
        const change = { list: 'policies', id: `${at}`, before: null, after };
        const draft = { id: `t_${at}`, gsa: { serialBefore: at, serialAfter: at + 1, changes: [change] } };
        const entry = chained(draft as unknown as AuditEntry, head);
        head = entry.gsa.hash;
        return lineOf(entry).slice(0, -1);
      });
      for (const line of lines) {
        const entry = entryOf(line);
        expect(entry === undefined ? undefined : lineOf(entry)).toBe(`${line}\n`);
      }
      const bytes = lines.reduce((sum, line) => sum + line.length + 1, 0);
      expect(chainProblems(lines, { head, length: lines.length, bytes })).toEqual([]);
    }),
  );
});
