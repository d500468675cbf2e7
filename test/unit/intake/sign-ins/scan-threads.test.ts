import { closeSync, copyFileSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readSignIns } from '../../../../src/intake/sign-ins/read-sign-ins.ts';
import { beginThreadFor } from '../../../../src/intake/sign-ins/scan/early-thread.ts';
import { ScanThreads } from '../../../../src/intake/sign-ins/scan/scan-threads.ts';
import { generateSignIns } from '../../../support/generate-sign-ins.ts';

const folder = mkdtempSync(join(tmpdir(), 'gsa-threads-'));
const path = join(folder, 'signins.ndjson');

/** Large enough for threads, with lines in between that nobody can scan: broken, blank, wrapped, and one without an end. */
beforeAll(() => {
  const lines: string[] = [];
  const endless = generateSignIns({ users: 500 });
  for (let bytes = 0; bytes < 17 * 1024 * 1024; ) {
    const record = endless.next().value;
    const text = JSON.stringify(record);
    const at = lines.length % 997;
    lines.push(at === 5 ? text.slice(0, -9) : at === 6 ? '' : at === 7 ? `{"value":[${text}]}` : text);
    bytes += text.length;
  }
  writeFileSync(path, lines.join('\n'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function told(threads: number, ...files: readonly string[]): Promise<readonly string[]> {
  const items: string[] = [];
  for await (const item of readSignIns(files.length > 0 ? files : [path], { threads })) {
    if ('skipped' in item) items.push(JSON.stringify(item.skipped));
    else {
      const { id, attempt, marks, place } = item.signIn;
      items.push(JSON.stringify([id, attempt.identity, attempt.network, attempt.satisfied, marks, place]));
    }
  }
  return items;
}

test('a large file is read alike by any number of threads, in its order, with the places of what is broken', async () => {
  const alone = await told(0);
  expect(alone.length).toBeGreaterThan(5_000);
  expect(alone.filter((item) => item.includes('"reason"')).length).toBeGreaterThan(5);
  for (const threads of [1, 3]) expect(await told(threads)).toEqual(alone);
});

/** What keeps the process from ending, of threads. */
function ports(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length;
}

test('who stops reading in the middle leaves no thread behind', async () => {
  const before = ports();
  let during = 0;
  for await (const item of readSignIns([path], { threads: 2 })) {
    during = ports();
    if ('signIn' in item) break;
  }
  expect([during > before, ports()]).toEqual([true, before]);
});

test('a thread that was begun early is the one that scans, and only a large file of lines begins one', async () => {
  const [small, list] = [join(folder, 'small.ndjson'), join(folder, 'list.json')];
  writeFileSync(small, '{}');
  writeFileSync(list, `[${' '.repeat(17 * 1024 * 1024)}]`);
  let begun = 0;
  const count = () => begun++;
  process.on('worker', count);
  try {
    beginThreadFor([small, list, folder, join(folder, 'missing.ndjson'), { name: 'it', stream: process.stdin }]);
    beginThreadFor([path], 0);
    await setImmediate();
    expect(begun).toBe(0);
    beginThreadFor([small, path], 1);
    await setImmediate();
    expect(begun).toBe(1);
    const early = await told(1);
    expect(begun).toBe(1);
    expect(early).toEqual(await told(0));
  } finally {
    process.off('worker', count);
  }
});

test('a thread that was begun early keeps no process from ending: nobody may come to read', async () => {
  const before = ports();
  beginThreadFor([path], 1);
  expect(ports()).toBe(before);
  for await (const item of readSignIns([path], { threads: 1 })) {
    if ('signIn' in item) break;
  }
});

test('a file that is another one when it is read is scanned anew', async () => {
  const changing = join(folder, 'changing.ndjson');
  copyFileSync(path, changing);
  beginThreadFor([changing], 1);
  // So long that the thread has scanned the first blocks.
  await setTimeout(500);
  const text = readFileSync(changing, 'utf8');
  rmSync(changing);
  writeFileSync(changing, text.replaceAll('"userType":"member"', '"userType":"guest" '));
  expect(await told(1, changing)).toEqual(await told(0, changing));
});

/** The lines of a file in another order, so that what they have in common comes first in other lines. */
function reordered(name: string, from: number, to: number): string {
  const file = join(folder, name);
  writeFileSync(file, readFileSync(path, 'utf8').split('\n').slice(from, to).reverse().join('\n'));
  return file;
}

test('files that are read together are read as each by itself, whoever scans them', async () => {
  const large = [path, reordered('reversed.ndjson', 0, Number.POSITIVE_INFINITY)];
  const small = [reordered('some.ndjson', 0, 300), reordered('others.ndjson', 200, 600)];
  const packed = join(folder, 'packed.ndjson.gz');
  writeFileSync(packed, gzipSync(readFileSync(small[1] ?? '')));
  const list = join(folder, 'some.json');
  const records = readFileSync(small[0] ?? '', 'utf8')
    .split('\n')
    .filter((line) => line.endsWith('}'));
  writeFileSync(list, `{"value":[${records.join()}]}`);
  const files = [...small, ...large, list, packed, path, list];
  const each: string[] = [];
  for (const file of files) each.push(...(await told(0, file)));
  for (const threads of [0, 1, 3]) expect(await told(threads, ...files)).toEqual(each);
});

test('one thread scans all files that are read together', async () => {
  let begun = 0;
  const count = () => begun++;
  process.on('worker', count);
  try {
    await told(1, path, path, path);
    await setImmediate();
    expect(begun).toBe(1);
  } finally {
    process.off('worker', count);
  }
});

test('a file that was scanned early is read from its beginning, also after another one', async () => {
  const [first, second] = [join(folder, 'first.ndjson'), path];
  copyFileSync(path, first);
  beginThreadFor([second], 1);
  expect(await told(1, first)).toEqual(await told(0, first));
  expect(await told(1, second)).toEqual(await told(0, second));
});

test('a thread that cannot read ends the reading with its error', async () => {
  const descriptor = openSync(folder, 'r');
  try {
    const lines = new ScanThreads(2).scan({ descriptor, from: 0, size: 2 ** 25 });
    await expect(lines.next()).rejects.toThrow(/EISDIR/);
  } finally {
    closeSync(descriptor);
  }
});
