import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { partOf, plural } from '../../src/core/values/plural.ts';

const ROOT = join(import.meta.dirname, '../..');
const COUNTED =
  'sign-ins|users|people|files|tests|kinds|policies|locations|ranges|entries|records|rows|cells|requests|changes|groups|' +
  'errors|warnings|notes|problems|findings|days|minutes|hours|steps|keys|facts|boxes|accounts|questions|runs|columns|objects';

/** A number before a word that is in the plural whatever the number is. */
const UNASKED = new RegExp(`\\$\\{[^{}]*\\} (?:[a-z-]+ )?(?:${COUNTED})\\b`);
/** A limit, which has a name in capitals and is never 1, stands in the line; or the line asks itself whether it is 1. */
const IS_MANY = /\$\{[A-Z_]+\}|=== 1 \?/;
/** What stands before is no number: a name, or words that are chosen already. */
const NO_NUMBER =
  /\} of sign-ins|\$\{(?:quoted|listed|name\w*|shown|folder|table|path|host|id|this\.|plural|partOf|missing\.join|pair\.join)/;

function unasked(text: string): readonly string[] {
  return text
    .split('\n')
    .filter((line) => !IS_MANY.test(line))
    .filter((line) => UNASKED.test(line) && !NO_NUMBER.test(UNASKED.exec(line)?.[0] ?? ''))
    .map((line) => line.trim());
}

describe('a count is told with the word that fits it', () => {
  test.each<[number | bigint, string]>([
    [0, '0 sign-ins'],
    [1, '1 sign-in'],
    [1n, '1 sign-in'],
    [2, '2 sign-ins'],
    [11, '11 sign-ins'],
  ])('%s', (count, told) => {
    expect(plural(count, 'sign-in')).toBe(told);
    expect(partOf(1, count, 'sign-in')).toBe(`1 of ${told}`);
  });

  test('the search for others finds them', () => {
    const line = (before: string, words: string) => ['`', `$\{${before}}`, ` ${words}`, '`'].join('');
    expect(unasked(line('count', 'sign-ins'))).toHaveLength(1);
    expect(unasked(line('files.length', 'new files'))).toHaveLength(1);
    expect(unasked(line("plural(count, 'sign-in')", 'of others'))).toEqual([]);
    expect(unasked(line('MAXIMUM', 'policies'))).toEqual([]);
  });

  test('no text puts a number before a word that is always in the plural', () => {
    const found = globSync('src/**/*.ts', { cwd: ROOT }).flatMap((file) =>
      unasked(readFileSync(join(ROOT, file), 'utf8')).map((line) => `${file}: ${line}`),
    );
    expect(found).toEqual([]);
  });
});
