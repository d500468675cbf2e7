import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { JsonPlaces, strictPositions } from '../../../../src/intake/json/places.ts';

const TENANT = {
  displayName: 'Łódź 𝔘nion',
  policies: [
    { id: 'ä', 'naïve ✓': ['Zoë', { state: 'enabled' }] },
    { id: '日本', 'naïve ✓': [] },
  ],
};
const POINTERS = [
  '',
  '/displayName',
  '/policies/0/id',
  '/policies/0/naïve ✓',
  '/policies/0/naïve ✓/1/state',
  '/policies/1/id',
  '/policies/1/naïve ✓/7',
  '/none',
];
const ESCAPED = JSON.stringify(TENANT).replaceAll('ï', '\\u00ef');

describe('places in a file that a strict reader took', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gsa-places-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each([
    ['on one line', JSON.stringify(TENANT)],
    ['indented', JSON.stringify(TENANT, null, 2)],
    ['with line ends of Windows', JSON.stringify(TENANT, null, 2).replaceAll('\n', '\r\n')],
    ['with line ends of old Macs', JSON.stringify(TENANT, null, '\t').replaceAll('\n', '\r')],
    ['behind a byte order mark', `\uFEFF${JSON.stringify(TENANT, null, 2)}`],
    ['with names that are escaped', ESCAPED],
  ])('are those of the text, %s: columns count characters, not bytes', async (name, text) => {
    const file = join(folder, `${name}.json`);
    await writeFile(file, text);
    const positionOf = await strictPositions(file, POINTERS);
    const places = new JsonPlaces();
    for (const pointer of POINTERS)
      expect([pointer, positionOf(pointer)]).toEqual([pointer, await places.positionOf(file, pointer)]);
    expect(positionOf('/policies/1/id')).not.toEqual(positionOf('/policies/0/id'));
  });

  test('are none where the file is no UTF-8 any more', async () => {
    const file = join(folder, 'utf-16.json');
    await writeFile(file, Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('{"a":1}', 'utf16le')]));
    expect((await strictPositions(file, ['/a']))('/a')).toBeUndefined();
  });
});
