import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readSignIns } from '../../src/intake/sign-ins/read-sign-ins.ts';
import { alikeLines, RECORD } from '../support/alike-lines.ts';
import { tries } from '../support/tries.ts';

const files = fc.record({
  list: fc.array(alikeLines, { minLength: 2, maxLength: 8 }),
  before: fc.constantFrom('', '\ufeff', '\n', '\r\n'),
  between: fc.constantFrom('\n', '\r\n', '\n\n'),
  isList: fc.boolean(),
  damage: fc.option(fc.record({ at: fc.nat(), byte: fc.constantFrom(0, 0x22, 0x5c, 0x7d, 0x2c, 0x30, 0xc3, 0xff) }), {
    nil: undefined,
    freq: 3,
  }),
});

async function* pieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

async function itemsOf(bytes: Uint8Array, size: number, facts: object) {
  const items: unknown[] = [];
  for await (const item of readSignIns([{ name: 'it', stream: pieces(bytes, size) }], { facts })) {
    if ('skipped' in item) items.push(item);
    else {
      const { id, createdDateTime, record, attempt, marks, place } = item.signIn;
      items.push({ id, createdDateTime, record, attempt, marks, place });
    }
  }
  return items;
}

/** With a traffic log every record is read whole; this one knows nothing. */
const WHOLE = { sourceOf: () => undefined };

test('records that are nearly like the one before are each read as what they are', async () => {
  await fc.assert(
    fc.asyncProperty(
      files,
      fc.constantFrom(900, 4000, 1 << 20),
      async ({ list, before, between, isList, damage }, size) => {
        const text = isList ? `[${list.join(',')}]` : list.join(between);
        const bytes = Buffer.from(before + text);
        if (damage !== undefined) bytes[damage.at % bytes.length] = damage.byte;
        expect(await itemsOf(bytes, size, {})).toEqual(await itemsOf(bytes, size, WHOLE));
      },
    ),
    { numRuns: tries(500) },
  );
});

test('a line that breaks off leaves nothing of its own to the line behind it', async () => {
  const line = (device: string) =>
    `{${RECORD.map(([name, value]) => `"${name}":${value.replace('Windows10', device)}`).join(',')}}`;
  const [windows, linux] = [line('Windows10'), line('Linux')];
  const bytes = Buffer.from([windows, linux, windows, linux.slice(0, -9), windows, linux].join('\n'));
  const whole = await itemsOf(bytes, 1 << 20, WHOLE);
  expect(whole).toHaveLength(6);
  expect(await itemsOf(bytes, 1 << 20, {})).toEqual(whole);
});
