import { appendFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect } from 'vitest';
import { GsaError } from '../../src/trouble/error.ts';

const { GSA_FUZZ_RUNS: asked, GSA_FUZZ_COUNTS: counts } = process.env;

/** Runs of each property: few in the suite, as many as asked for in the soak. */
const RUNS = asked === undefined ? 400 : Number(asked);

/** Far more than any reading of these texts takes on a busy machine: it tells what does not end from what is slow. */
const LONGEST_MS = 60_000;

/**
 * The law of every reader: a result or a GsaError, in bounded time. Other classes of errors that the reader states as its
 * own are given in `expected`.
 */
export async function holds(read: () => unknown, expected: (error: unknown) => boolean = () => false): Promise<void> {
  const started = performance.now();
  try {
    await read();
  } catch (error) {
    if (!(error instanceof GsaError) && !expected(error)) throw error;
  }
  const took = performance.now() - started;
  if (took > LONGEST_MS) expect(took).toBeLessThan(LONGEST_MS);
}

/** Tries a reader on texts, and adds to the counts of the soak how often. What goes through a file has a smaller share. */
export async function fuzz<T>(
  name: string,
  texts: fc.Arbitrary<T>,
  law: (text: T) => Promise<void>,
  { share = 1 }: { readonly share?: number } = {},
): Promise<void> {
  const numRuns = Math.ceil(RUNS * share);
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(texts, async (text) => {
      runs += 1;
      await law(text);
    }),
    { numRuns },
  );
  expect(runs).toBeGreaterThanOrEqual(numRuns);
  if (counts !== undefined) appendFileSync(counts, `${JSON.stringify({ name, runs })}\n`);
}

/** Words of a grammar in any order, between them text of any kind. */
export function textOf(words: readonly string[]): fc.Arbitrary<string> {
  const piece = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...words) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) },
    { weight: 1, arbitrary: fc.constantFrom(...ODD) },
  );
  return fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));
}

/** A text that is whole but for some places, where pieces are cut out, doubled or put in. */
export function bent(texts: readonly string[]): fc.Arbitrary<string> {
  const bend = fc.record({ at: fc.nat(), cut: fc.nat(12), put: fc.oneof(fc.constantFrom(...ODD), fc.string()) });
  return fc.tuple(fc.constantFrom(...texts), fc.array(bend, { maxLength: 6 })).map(([text, bends]) =>
    bends.reduce((sofar, { at, cut, put }) => {
      const place = at % (sofar.length + 1);
      return sofar.slice(0, place) + put + sofar.slice(place + cut);
    }, text),
  );
}

/** Bytes of texts, some of them no UTF-8. */
export function bytesOf(texts: fc.Arbitrary<string>): fc.Arbitrary<Uint8Array> {
  const flip = fc.record({ at: fc.nat(), byte: fc.integer({ min: 0, max: 255 }) });
  return fc.oneof(
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) },
    {
      weight: 6,
      arbitrary: fc.tuple(texts, fc.array(flip, { maxLength: 3 })).map(([text, flips]) => {
        const bytes = new TextEncoder().encode(text);
        for (const { at, byte } of flips) if (bytes.length > 0) bytes[at % bytes.length] = byte;
        return bytes;
      }),
    },
  );
}

/** JSON whose members are of these names, with values of every type, nested. */
export function jsonOf(names: readonly string[], words: readonly string[]): fc.Arbitrary<string> {
  const leaf = fc.oneof(
    fc.constantFrom(...words),
    fc.constantFrom(null, true, false, 0, -1, 1.5e300, ''),
    fc.constantFrom(...ODD),
  );
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 6, withCrossShrink: true },
      leaf,
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 8 }),
    ),
  }));
  return value.map((one) => JSON.stringify(one));
}

/** What has undone readers before: names that every object has, ends of ranges, halves of characters. */
const ODD: readonly string[] = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '\u0000',
  '\uFEFF',
  '\uD800',
  '\u2028',
  '\r',
  '\n',
  '\t',
  '-0',
  '1e999',
  '99999999999999999999',
  'NaN',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59.9999999Z',
  '2026-02-30T00:00:00Z',
  '::ffff:1.2.3.4',
  '1.2.3.4/33',
  '"',
  "'",
  '\\',
  '{',
  '}',
  '[',
  ']',
  '(',
  ')',
  ',',
  ':',
  '&a',
  '*a',
  '!!js/function',
  '<<',
];

/** The depth that no recursion survives. */
export const DEEP = 100_000;

/** What is opened and never closed, or closed properly, too deep for any stack. */
export function deep(open: string, close = '', inside = '', times = DEEP): string {
  return open.repeat(times) + inside + close.repeat(times);
}
