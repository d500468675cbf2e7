import { closeSync, mkdtempSync, openSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readSignIns } from '../../../../src/intake/sign-ins/read-sign-ins.ts';
import { lineBlocks } from '../../../../src/intake/sign-ins/scan/line-blocks.ts';
import { GsaError } from '../../../../src/trouble/error.ts';

const folder = mkdtempSync(join(tmpdir(), 'gsa-shortened-'));
const path = join(folder, 'signins');

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** As long as most sign-ins of Graph's are. */
const PADDING = 'x'.repeat(4_000);

function line(at: number): string {
  const record = { id: `a${at}`, createdDateTime: '2026-06-15T09:56:49Z', userId: 'u', ipAddress: '203.0.113.7' };
  return `${JSON.stringify({ ...record, userAgent: PADDING })}\n`;
}

const lines = (bytes: number) => Array.from({ length: Math.ceil(bytes / PADDING.length) }, (_, at) => line(at));
const table = (bytes: number) =>
  lines(bytes).map((_, at) =>
    at === 0
      ? 'Id,CreatedDateTime,UserId,UserPrincipalName,IPAddress,UserAgent,ResultType,Category\n'
      : `a${at},2026-06-15T09:56:49Z,u,joni@contoso.com,203.0.113.7,${PADDING},0,SignInLogs\n`,
  );

/** Reads the file, and shortens it to so many bytes as soon as the first sign-in is there. */
async function readWhileShortened(to: number, threads: number): Promise<readonly [signIns: number, error: unknown]> {
  let signIns = 0;
  try {
    for await (const item of readSignIns([path], { threads })) {
      if (!('signIn' in item)) continue;
      if (signIns++ === 0) truncateSync(path, to);
    }
  } catch (error) {
    return [signIns, error];
  }
  return [signIns, undefined];
}

test.each([
  { what: 'lines that are scanned here', content: lines(5_000_000), threads: 0 },
  { what: 'lines that a thread scans', content: lines(20_000_000), threads: 1 },
  { what: 'lines that two threads scan', content: lines(20_000_000), threads: 2 },
  { what: 'a table', content: table(5_000_000), threads: 0 },
])(
  '$what never pass for whole where the file is emptied, or cut at the end of a line',
  async ({ content, threads }) => {
    const cut = Buffer.byteLength(content.slice(0, 3).join(''));
    for (const to of [0, cut]) {
      writeFileSync(path, content.join(''));
      const [signIns, error] = await readWhileShortened(to, threads);
      expect(signIns).toBeGreaterThan(0);
      expect(signIns).toBeLessThan(content.length - 1);
      expect(error).toBeInstanceOf(GsaError);
      expect(error).toMatchObject({
        kind: 'invalid',
        message: expect.stringContaining('became shorter while it was read'),
      });
    }
  },
);

test('what is appended while a file is read does not matter', async () => {
  writeFileSync(path, lines(5_000_000).join(''));
  let signIns = 0;
  for await (const item of readSignIns([path], { threads: 0 })) {
    if ('signIn' in item && signIns++ === 0) writeFileSync(path, line(-1), { flag: 'a' });
  }
  expect(signIns).toBe(lines(5_000_000).length);
});

test('no room is made for bytes that a file had and has no longer', () => {
  writeFileSync(path, lines(100_000).join(''));
  const descriptor = openSync(path, 'r');
  try {
    const sizes = [...lineBlocks(descriptor, 0, 2 ** 28)].map(({ from, to }) => to - from);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(2 ** 20);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(2 ** 28);
  } finally {
    closeSync(descriptor);
  }
});
