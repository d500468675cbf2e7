import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, readFileSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, describe, expect, test } from 'vitest';
import { StandardOutput } from '../../../src/shell/standard-output.ts';

const folder = mkdtempSync(join(tmpdir(), 'gsa-output-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A stream that keeps what it is given, and how often it was opened. */
function kept() {
  const pieces: Buffer[] = [];
  let opened = 0;
  const open = () => {
    opened += 1;
    return new Writable({
      write: (piece: Buffer, _, done) => {
        pieces.push(piece);
        done();
      },
    });
  };
  return { open, bytes: () => Buffer.concat(pieces), opened: () => opened };
}

describe.skipIf(process.platform === 'win32')('what a process writes', () => {
  test('goes to a file without a stream while it is short, and no terminal is seen in it', async () => {
    const path = join(folder, 'file');
    const file = openSync(path, 'w');
    const stream = kept();
    const output = new StandardOutput(file, stream.open);
    await output.write('one ’\n');
    await output.write('');
    await output.write('two\n');
    closeSync(file);
    expect([output.isTTY, output.columns]).toEqual([false, undefined]);
    expect([readFileSync(path, 'utf8'), stream.opened()]).toEqual(['one ’\ntwo\n', 0]);
  });

  test('goes to the stream from the first piece on that a pipe may not hold', async () => {
    const file = openSync(join(folder, 'long'), 'w');
    const stream = kept();
    const output = new StandardOutput(file, stream.open);
    for (const text of ['a'.repeat(65_000), 'b'.repeat(1000), 'c']) await output.write(text);
    closeSync(file);
    expect(readFileSync(join(folder, 'long'), 'utf8')).toBe('a'.repeat(65_000));
    expect([stream.bytes().toString(), stream.opened()]).toEqual([`${'b'.repeat(1000)}c`, 1]);
  });

  test('is whole and in order where a pipe is full and does not wait', async () => {
    const path = join(folder, 'pipe');
    execFileSync('mkfifo', [path]);
    const pipe = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
    const stream = kept();
    await new StandardOutput(pipe, kept().open).write('x'.repeat(60_000));
    const output = new StandardOutput(pipe, stream.open);
    const texts = ['’'.repeat(5000), 'y', 'z'.repeat(10)];
    for (const text of texts) await output.write(text);
    const taken = Buffer.alloc(200_000);
    const length = readSync(pipe, taken);
    closeSync(pipe);
    expect([length > 60_000, stream.opened()]).toEqual([true, 1]);
    expect(Buffer.concat([taken.subarray(60_000, length), stream.bytes()]).toString()).toBe(texts.join(''));
  });
});
