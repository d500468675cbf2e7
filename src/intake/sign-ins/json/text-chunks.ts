import { createGunzip } from 'node:zlib';
import { through } from '../through.ts';

/**
 * The bytes of a file as UTF-8 without a byte order mark, whatever they were: gzip is opened on the way, UTF-16LE (what `>`
 * writes in Windows PowerShell 5.1) is re-encoded. Nothing is kept: a compressed bomb is as long as it is, and costs no memory.
 */

/** A file that holds no text for us, in words that follow its name. */
export interface UnreadableBytes {
  readonly reason: string;
  readonly message: string;
}

export type TextChunks =
  | {
      readonly ok: true;
      readonly chunks: AsyncIterable<Uint8Array>;
      readonly gzip: boolean;
      /** Where the text begins in the bytes as they are; absent: it is not in them as it is. */
      readonly plainFrom?: number;
    }
  | { readonly ok: false; readonly why: UnreadableBytes };

const SIGNATURES: readonly { readonly bytes: readonly number[]; readonly why: UnreadableBytes }[] = [
  {
    bytes: [0x50, 0x4b, 0x03, 0x04],
    why: { reason: 'archive', message: 'is a zip archive or an Excel workbook: unpack it, or save the sheet as CSV' },
  },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], why: { reason: 'archive', message: 'is compressed with zstd: unpack it first' } },
  { bytes: [0x42, 0x5a, 0x68], why: { reason: 'archive', message: 'is compressed with bzip2: unpack it first' } },
  {
    bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a],
    why: { reason: 'archive', message: 'is compressed with xz: unpack it first' },
  },
  { bytes: [0x25, 0x50, 0x44, 0x46], why: { reason: 'binary', message: 'is a PDF' } },
  { bytes: [0x50, 0x41, 0x52, 0x31], why: { reason: 'binary', message: 'is a Parquet file' } },
  {
    bytes: [...'SQLite format 3'].map((character) => character.charCodeAt(0)),
    why: { reason: 'binary', message: 'is an SQLite database' },
  },
  { bytes: [0xff, 0xfe, 0, 0], why: { reason: 'encoding', message: 'is UTF-32: save it as UTF-8' } },
  { bytes: [0, 0, 0xfe, 0xff], why: { reason: 'encoding', message: 'is UTF-32: save it as UTF-8' } },
  { bytes: [0xfe, 0xff], why: { reason: 'encoding', message: 'is UTF-16BE: save it as UTF-8 or UTF-16LE' } },
];

const GZIP = [0x1f, 0x8b];
const UTF8_MARK = [0xef, 0xbb, 0xbf];
const UTF16LE_MARK = [0xff, 0xfe];

/** Looks at the first bytes and says how the rest is to be read. */
export async function textChunks(bytes: AsyncIterable<Uint8Array>, insideGzip = false): Promise<TextChunks> {
  const { head, chunks } = await peek(bytes, 64);
  if (startsWith(head, GZIP) && !insideGzip) {
    const inside = await textChunks(through(chunks, createGunzip()), true);
    return inside.ok ? { ok: true, chunks: inside.chunks, gzip: true } : inside;
  }
  const signature = SIGNATURES.find((candidate) => startsWith(head, candidate.bytes));
  if (signature !== undefined) return { ok: false, why: signature.why };
  if (startsWith(head, UTF8_MARK)) {
    return { ok: true, chunks: skip(chunks, UTF8_MARK.length), gzip: insideGzip, plainFrom: UTF8_MARK.length };
  }
  if (startsWith(head, UTF16LE_MARK)) return { ok: true, chunks: fromUtf16le(chunks), gzip: insideGzip };
  if (looksLikeUtf16(head)) {
    const message = 'looks like UTF-16 without a byte order mark: save it as UTF-8, or as UTF-16 with the mark';
    return { ok: false, why: { reason: 'encoding', message } };
  }
  const zero = head.indexOf(0);
  if (zero !== -1) return { ok: false, why: { reason: 'binary', message: 'is not a text file' } };
  return { ok: true, chunks, gzip: insideGzip, plainFrom: 0 };
}

/** What is read from bytes; where they come from is closed when no more of it is wanted, however little was read. */
export async function* closingAfter<T>(
  bytes: AsyncIterable<Uint8Array>,
  read: (bytes: AsyncIterable<Uint8Array>) => AsyncIterable<T>,
): AsyncGenerator<T> {
  const iterator = bytes[Symbol.asyncIterator]();
  try {
    yield* read({ [Symbol.asyncIterator]: () => iterator });
  } finally {
    await iterator.return?.();
  }
}

/** What is said of compressed data that ends or breaks in the middle; `undefined` for any other error. */
export function brokenGzip(error: unknown): UnreadableBytes | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'Z_BUF_ERROR') return { reason: 'truncated', message: 'is cut off: its gzip data ends too early' };
  return code.startsWith('Z_') ? { reason: 'damaged', message: 'has damaged gzip data' } : undefined;
}

/** The first bytes, at least `wanted` of them if there are so many, and the whole stream including them. */
export async function peek(
  bytes: AsyncIterable<Uint8Array>,
  wanted: number,
): Promise<{ readonly head: Uint8Array; readonly chunks: AsyncIterable<Uint8Array>; readonly complete: boolean }> {
  const iterator = bytes[Symbol.asyncIterator]();
  const parts: Uint8Array[] = [];
  let size = 0;
  let complete = false;
  while (size < wanted && !complete) {
    const next = await iterator.next();
    if (next.done === true) complete = true;
    else {
      parts.push(next.value);
      size += next.value.length;
    }
  }
  const head = parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
  return { head, chunks: again(head, iterator, complete), complete };
}

async function* again(
  head: Uint8Array,
  iterator: AsyncIterator<Uint8Array>,
  complete: boolean,
): AsyncGenerator<Uint8Array> {
  try {
    yield head;
    if (complete) return;
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
  } finally {
    await iterator.return?.();
  }
}

async function* skip(chunks: AsyncIterable<Uint8Array>, count: number): AsyncGenerator<Uint8Array> {
  let left = count;
  for await (const chunk of chunks) {
    yield left === 0 ? chunk : chunk.subarray(left);
    left = 0;
  }
}

async function* fromUtf16le(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder('utf-16le');
  for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
}

/** ASCII written as UTF-16 has a zero in every second byte, which no UTF-8 text has. */
function looksLikeUtf16(head: Uint8Array): boolean {
  const start = head.subarray(0, Math.min(head.length, 16) & ~1);
  if (start.length < 4) return false;
  const zeros = (parity: number) => start.every((byte, at) => (byte === 0) === (at % 2 === parity));
  return zeros(0) || zeros(1);
}

function startsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  return bytes.length >= mark.length && mark.every((byte, at) => bytes[at] === byte);
}
