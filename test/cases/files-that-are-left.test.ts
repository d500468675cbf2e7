import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readGsaTraffic } from '../../src/intake/gsa-traffic/gsa-traffic.ts';
import { readSignIns } from '../../src/intake/sign-ins/read-sign-ins.ts';
import { tries } from '../support/tries.ts';

const RECORD = { id: 'a', createdDateTime: '2026-06-15T09:56:49Z', userId: 'anna', ipAddress: '192.0.2.1' };
const LINE = `${JSON.stringify(RECORD)}\n`;
const repeated = (text: string, bytes: number) => Buffer.from(text.repeat(Math.ceil(bytes / text.length)));
const noise = (bytes: number) => Uint8Array.from({ length: bytes }, (_, at) => (at * 7919 + (at >> 3)) % 251);
/** Longer than what is looked at to recognise a file. */
const LONG = 1_500_000;

const CONTENTS: Readonly<Record<string, Uint8Array>> = {
  'a zip archive': Buffer.concat([Buffer.from('PK\u0003\u0004'), noise(LONG)]),
  'a PDF': Buffer.concat([Buffer.from('%PDF-1.7\n'), noise(LONG)]),
  noise: Buffer.concat([Buffer.alloc(64), noise(LONG)]),
  'noise in gzip': gzipSync(Buffer.concat([Buffer.alloc(64), noise(LONG)])),
  zstd: zstdCompressSync(noise(LONG)),
  'UTF-16 without a mark': Buffer.from('{"a":1}'.repeat(LONG / 14), 'utf16le'),
  'a policy export': Buffer.from(JSON.stringify({ conditions: {}, pad: 'x'.repeat(LONG) })),
  prose: repeated('Lorem ipsum dolor sit amet.\n', LONG),
  'a table of something else': repeated('a,b,c\n', LONG),
  'JSON that breaks': Buffer.concat([Buffer.from(`[${LINE},{"id":}`), repeated(`,${LINE}`, LONG)]),
  'sign-ins': repeated(LINE, LONG),
  'sign-ins in gzip': gzipSync(repeated(LINE, LONG)),
};

/** Bytes in pieces, and whether somebody said that no more is wanted, or took all. */
function watched(content: Uint8Array, size: number) {
  const state = { isClosed: false };
  const pieces = async function* () {
    try {
      for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size);
    } finally {
      state.isClosed = true;
    }
  };
  return { state, source: { name: 'f', stream: pieces() } };
}

/** The system gives the lowest number that is free: files that stay open raise it. */
function nextDescriptor(folder: string): number {
  const descriptor = openSync(join(folder, '0.zip'), 'r');
  closeSync(descriptor);
  return descriptor;
}

describe('where a file comes from is closed, however little of it was read', () => {
  test.each(Object.entries(CONTENTS))('as %s', async (_, content) => {
    const { state, source } = watched(content, 65_536);
    for await (const _item of readSignIns([source])) {
      // What it is does not matter here.
    }
    expect(state.isClosed).toBe(true);
  });

  test.each(Object.entries(CONTENTS))('as %s for a traffic log', async (_, content) => {
    const { state, source } = watched(content, 65_536);
    await readGsaTraffic([source]).catch(() => undefined);
    expect(state.isClosed).toBe(true);
  });

  test('whatever it is, in pieces of any size, and wherever its reader stops', async () => {
    const contents = fc.constantFrom(...Object.values(CONTENTS));
    await fc.assert(
      fc.asyncProperty(contents, fc.integer({ min: 4096, max: 400_000 }), fc.nat(20), async (content, size, most) => {
        const { state, source } = watched(content, size);
        let left = most;
        for await (const _item of readSignIns([source])) if (left-- === 0) break;
        expect(state.isClosed).toBe(true);
      }),
      { numRuns: tries(40) },
    );
  });

  test('so that a folder may hold any number of files that are none of ours', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gsa-left-'));
    for (let at = 0; at < 40; at++) writeFileSync(join(folder, `${at}.zip`), CONTENTS['a zip archive'] as Uint8Array);
    const before = nextDescriptor(folder);
    let told = 0;
    for await (const item of readSignIns([folder])) if ('skipped' in item) told++;
    expect(told).toBe(40);
    expect(nextDescriptor(folder)).toBeLessThan(before + 10);
    rmSync(folder, { recursive: true });
  });
});
