import fc from 'fast-check';
import { expect, test } from 'vitest';
import { peopleNamed, rolesByCertainName } from '../../../src/core/tenant/certain-names.ts';
import { findUser } from '../../../src/core/tenant/lookup.ts';
import { rolesOf } from '../../../src/core/tenant/roles/held-roles.ts';
import { tries } from '../../support/tries.ts';

/** Few texts, so that ids and names of several people meet, in any case. */
const TEXTS = ['a', 'A', 'b', 'B', 'a@x', 'A@X', 'b@x', 'ab'];
const text = fc.constantFrom(...TEXTS);

const users = fc.array(
  fc.record(
    { id: text, displayName: text, userPrincipalName: text, accountEnabled: fc.boolean() },
    { requiredKeys: ['id'] },
  ),
  { maxLength: 5 },
);
const groups = fc.array(fc.record({ id: fc.constantFrom('g', 'h'), members: fc.array(text, { maxLength: 3 }) }));
const roleAssignments = fc.array(
  fc.record({
    principalId: fc.constantFrom('a', 'B', 'a@x', 'g', 'h'),
    roleDefinitionId: fc.constantFrom('one', 'Two'),
    directoryScopeId: fc.constantFrom('/', '/administrativeUnits/1'),
    status: fc.constantFrom('active' as const, 'eligible' as const),
  }),
);

test('a certain name finds the one person whom it finds among all, with the roles that they hold there', () => {
  let certain = 0;
  fc.assert(
    fc.property(users, groups, roleAssignments, (people, held, assignments) => {
      const tenant = { users: people, groups: held, roleAssignments: assignments, roleDefinitions: [] };
      for (const [name, roles] of rolesByCertainName(tenant)) {
        certain++;
        const among = findUser(tenant, name.toUpperCase());
        const person = 'found' in among ? among.found : undefined;
        const isDisabled = person?.accountEnabled === false;
        expect([person?.id, person?.userPrincipalName].map((each) => each?.toLowerCase())).toContain(name);
        expect(new Set(roles)).toEqual(isDisabled ? new Set() : rolesOf(tenant, person?.id ?? ''));
        const alone = peopleNamed(new Map([[name, roles]]));
        expect(findUser(alone, name.toUpperCase())).toEqual({ found: { id: name } });
        expect(rolesOf(alone, name)).toEqual(new Set(roles));
      }
    }),
    { numRuns: tries(500) },
  );

  expect(certain).toBeGreaterThan(300);
});

test('an id or a principal name of one person alone is certain', () => {
  fc.assert(
    fc.property(users, (people) => {
      const certain = new Map(rolesByCertainName({ users: people }));
      for (const each of TEXTS) {
        const among = findUser({ users: people }, each);
        const person = 'found' in among ? among.found : undefined;
        const isNamed = [person?.id, person?.userPrincipalName].some(
          (one) => one?.toLowerCase() === each.toLowerCase(),
        );
        expect(certain.has(each.toLowerCase())).toBe(isNamed);
      }
    }),
    { numRuns: tries(500) },
  );
});
