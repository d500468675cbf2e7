import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BUILT_IN_ROLES } from '../../../src/core/tenant/roles/built-in-roles.ts';

const SOURCE = join(import.meta.dirname, '../../../src');
const GUID = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi;

/** Files whose ids are made up, or stand for an example: nobody else has them. */
const MADE_UP = [
  'core/tenant/sample/',
  'core/certificate/',
  'core/proof/',
  'core/dependencies/supposed-sign-ins.ts',
  'core/dependencies/emergency-stops.ts',
  'core/gsatest/scene.ts',
  'intake/gsatest/read-suite.ts',
  'commands/demo/',
  'commands/logs/show.ts',
  'serve/token.ts',
];

type Row = readonly [name: string, ...sources: string[]];
/** What each id stands for, and the public files that were found to have it, independent of each other. */
const TABLE = JSON.parse(readFileSync(join(import.meta.dirname, 'well-known-ids.json'), 'utf8')) as Record<string, Row>;

/** Stand for something that has no id, such as any other application. */
const OURS = 'ffffffff-ffff-4fff-';

const idsOfSource = (): Map<string, string> => {
  const files = globSync(join('**', '*.ts'), { cwd: SOURCE }).map((file) => file.replaceAll('\\', '/'));
  const found = new Map<string, string>();
  for (const file of files.filter((each) => !MADE_UP.some((room) => each.startsWith(room)))) {
    for (const [id] of readFileSync(join(SOURCE, file), 'utf8').matchAll(GUID))
      if (!id.startsWith(OURS)) found.set(id, file);
  }
  return found;
};

/** Ids that one public file has, or none: newer than the other files, or retired. Nothing may be added without a look. */
const NOT_TWICE = 9;

describe('well-known ids', () => {
  test('every one of the source stands in the table, in small letters, and every one of the table in the source', () => {
    const ids = [...idsOfSource()];
    expect(ids.filter(([id]) => TABLE[id] === undefined)).toEqual([]);
    expect(Object.keys(TABLE).filter((id) => !ids.some(([each]) => each === id))).toEqual([]);
  });

  test('each has a name, and no source twice', () => {
    const wrong = Object.entries(TABLE).filter(
      ([, [name, one, other]]) => name === '' || (one !== undefined && one === other),
    );
    expect(wrong).toEqual([]);
  });

  test('those that two public files do not have are counted, and no more become so', () => {
    const few = Object.entries(TABLE).filter(([, [, ...sources]]) => sources.length < 2);
    expect(few.length).toBe(NOT_TWICE);
    // None of those that decide what a switch does is among them.
    const deciding = [
      '3d46dbda-8382-466a-856d-eb00cbc6b910',
      '00000000-0000-0000-0000-000000000000',
      '5dc48733-b5df-475c-a49b-fa307ef00853',
    ];
    expect(few.filter(([id]) => deciding.includes(id))).toEqual([]);
  });

  test('roles are called as the public files call them', () => {
    expect(BUILT_IN_ROLES.filter(({ templateId, displayName }) => TABLE[templateId]?.[0] !== displayName)).toEqual([]);
  });
});
