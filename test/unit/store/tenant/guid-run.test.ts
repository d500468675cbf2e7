import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Group } from '../../../../src/core/tenant/directory.ts';
import { areMembersKnown, membersByGuid } from '../../../../src/core/tenant/group-members.ts';
import { indexGroups, transitiveGroups } from '../../../../src/core/tenant/membership.ts';
import { readJson } from '../../../../src/store/tenant/json-bytes.ts';

const someone = '0f8fad5b-d9cb-469f-a165-70867728950e';
const nobody = '00000000-0000-0000-0000-000000000000';

/** The group as it is read from a tenant file. */
function groupRead(members: string): Group {
  const reading = readJson(
    Buffer.from(`{ "tenant": { "groups": [{ "id": "g", "members": ${members}, "mail": 1 }] } }`),
  );
  if ('problem' in reading) throw new Error(reading.problem.message);
  return (reading.value as { tenant: { groups: readonly [Group] } }).tenant.groups[0];
}

const guids = fc.oneof(fc.uuid(), fc.constantFrom(someone, nobody));
const ids = fc.oneof(
  { weight: 20, arbitrary: guids },
  guids.map((id) => id.toUpperCase()),
  fc.constantFrom('', 'somebody', `${someone}0`, someone.replace('-', '0'), someone.replace('f', 'g'), 'ä'.repeat(36)),
);

describe('a list of members that are GUIDs', () => {
  test('is read as what it says, however it stands there, and whatever else is in it', () => {
    fc.assert(
      fc.property(fc.array(ids), fc.constantFrom(undefined, 1, 2, '\t'), (members, indent) => {
        const group = groupRead(JSON.stringify(members, null, indent));
        expect(group).toEqual({ id: 'g', members, mail: 1 });
        expect(Object.keys(group)).toEqual(['id', 'members', 'mail']);
      }),
    );
  });

  test('makes no text of any until somebody looks', () => {
    const group = groupRead(JSON.stringify([someone, nobody]));
    expect(Object.getOwnPropertyDescriptor(group, 'members')?.get).toBeDefined();
    expect(membersByGuid(group)).toEqual(Uint32Array.of(0x0f8fad5b, 0xd9cb469f, 0xa1657086, 0x7728950e, 0, 0, 0, 0));
    expect(areMembersKnown(group)).toBe(true);
    expect(group.members).toBe(group.members);
    expect(group.members).toEqual([someone, nobody]);
  });

  test.each([
    ['cut', `["${someone}"`],
    ['cut inside', `["${someone.slice(0, 30)}`],
    ['with a comma too many', `["${someone}",]`],
    ['with a comma too few', `["${someone}" "${someone}"]`],
    ['with a control character', `["${someone.replace('a', '\n')}"]`],
  ])('is refused %s', (_, members) => {
    expect(() => groupRead(members)).toThrow();
  });

  test('holds whom the same texts hold', () => {
    const few = fc.constantFrom(someone, nobody, someone.toUpperCase(), 'b', 'B', 'c', `${nobody.slice(0, 35)}1`);
    const groups = fc.uniqueArray(fc.record({ id: few, members: fc.array(few, { maxLength: 4 }) }), {
      selector: ({ id }) => id.toLowerCase(),
    });
    fc.assert(
      fc.property(groups, (given) => {
        const read = given.map(({ id, members }) =>
          Object.defineProperty(groupRead(JSON.stringify(members)), 'id', { value: id }),
        );
        for (const id of [someone, nobody, 'b', 'c', `${nobody.slice(0, 35)}1`, 'nowhere']) {
          expect([...transitiveGroups(indexGroups({ groups: read }), id)]).toEqual([
            ...transitiveGroups(indexGroups({ groups: given }), id),
          ]);
          expect(transitiveGroups(indexGroups({ groups: read }), id)).toEqual(holders(given, id));
        }
      }),
    );
  });
});

/** The groups that hold somebody, asked of every group again and again. */
function holders(
  groups: readonly { readonly id: string; readonly members: readonly string[] }[],
  id: string,
): Set<string> {
  const found = new Set<string>();
  for (let size = -1; size < found.size; ) {
    size = found.size;
    for (const group of groups) {
      const members = group.members.map((member) => member.toLowerCase());
      if (members.some((member) => member === id || found.has(member))) found.add(group.id.toLowerCase());
    }
  }
  return found;
}
