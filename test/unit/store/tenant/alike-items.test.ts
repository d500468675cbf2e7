import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readJson } from '../../../../src/store/tenant/json-bytes.ts';
import { readItemsOf } from '../../../../src/store/tenant/list-bytes.ts';

const readUsers = (text: string) => readJson(Buffer.from(`{"tenant": {"users": ${text}}}`));

/** What is read of the list, and what stands in the file where each item is said to stand. */
function usersRead(text: string) {
  const reading = readUsers(text);
  if ('problem' in reading) throw new Error(reading.problem.message);
  const { users } = (reading.value as { tenant: { users: readonly unknown[] } }).tenant;
  const readAt = readItemsOf(users);
  const standing = users.map((_, index) => {
    const [start, end] = readAt(index)?.list.placeOf(index) ?? [0, 0];
    return JSON.parse(readAt(index)?.list.bytes.toString('utf8', start, end) ?? '');
  });
  return { users, standing };
}

const values = fc.oneof(
  { weight: 6, arbitrary: fc.string({ unit: 'grapheme' }) },
  fc.constantFrom<unknown>(true, false, null, 'true', '', 'Zoë\u2028', 'a"b', '\n', 7, 1.5, [], {}, ['x'], { id: '1' }),
);
const names = fc.uniqueArray(fc.constantFrom('id', 'displayName', 'mail', '__proto__', '1', 'Größe', 'a"b'), {
  minLength: 1,
});

describe('items that are like the one before', () => {
  test('are read as what they say, and known by where they stand, whatever is in one of them', () => {
    const lists = names.chain((kept) =>
      fc.array(
        fc.oneof(
          { weight: 5, arbitrary: fc.tuple(...kept.map((name) => values.map((value) => [name, value] as const))) },
          fc.array(fc.tuple(fc.constantFrom('id', 'x'), values), { maxLength: 1 }),
        ),
      ),
    );
    fc.assert(
      fc.property(lists, fc.constantFrom(undefined, 1, 2, '\t'), (items, indent) => {
        const text = JSON.stringify(
          items.map((item) => Object.fromEntries(item)),
          null,
          indent,
        );
        const { users, standing } = usersRead(text);
        expect(users).toEqual(JSON.parse(text));
        expect(standing).toEqual(JSON.parse(text));
        expect(users.map((user) => Object.keys(user as object))).toEqual(
          (JSON.parse(text) as object[]).map((user) => Object.keys(user)),
        );
      }),
    );
  });

  test('are read in pieces where there are many', () => {
    const people = Array.from({ length: 5000 }, (_, at) => ({
      id: `id ${at}`,
      displayName: at % 3 === 0 ? null : `Zoë ${at}`,
    }));
    const { users, standing } = usersRead(JSON.stringify(people, null, 2));
    expect(users).toEqual(people);
    expect(standing).toEqual(people);
  });

  const one = '{"id": "1", "name": "a"}';
  test.each([
    ['a member that stands twice', `[${one}, {"id": "1", "id": "2"}]`],
    ['a text that is cut', `[${one}, {"id": "1", "name": "b]`],
    ['a control character', `[${one}, {"id": "1", "name": "\n"}]`],
    ['an escape that is none', `[${one}, {"id": "1", "name": "\\x"}]`],
    ['a word that is none', `[${one}, {"id": "1", "name": nul}]`],
    ['a word that goes on', `[${one}, {"id": "1", "name": nulll}]`],
    ['a comma too many', `[${one}, ${one},]`],
    ['a comma too few', `[${one}, ${one} ${one}]`],
    ['no end', `[${one}, ${one}`],
    ['the end of an object too few', `[${one}, {"id": "1", "name": "a"`],
  ])('are refused with %s', (_, text) => {
    expect(readUsers(text)).toHaveProperty('problem');
  });
});
