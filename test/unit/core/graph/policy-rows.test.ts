import { describe, expect, test } from 'vitest';
import { checkedPolicy } from '../../../../src/core/check/checked-policy.ts';
import { checkedTenant } from '../../../../src/core/check/checked-tenant.ts';
import { unknownIds, unknownWords } from '../../../../src/core/check/known-values.ts';
import { settingsOf } from '../../../../src/core/check/settings.ts';
import { CONDITION_NAMES, isLogged } from '../../../../src/core/graph/conditions.ts';
import { CONDITIONS } from '../../../../src/core/graph/policy-members.ts';
import { ID_LISTS, logConditionsOf, MODELLED_MEMBERS, WORD_MEMBERS } from '../../../../src/core/graph/policy-rows.ts';
import { LEVELS } from '../../../../src/core/graph/sign-in-facts.ts';
import { locationCatalog } from '../../../../src/core/tenant/location-references.ts';
import { valueAt } from '../../../../src/core/values/value-at.ts';
import { importing, POLICY } from '../../intake/import/importing.ts';
import { NOW, tenant } from '../check/tenants.ts';

/** The usual policy with this value at a place. */
function policyWith(pointer: string, value: unknown) {
  const [top = '', ...steps] = pointer.split('/').slice(1);
  // Home tenants that are enumerated come with their list, and guests with their kinds.
  const content = steps.reduceRight<unknown>(
    (inner, name) => ({ [name]: Object.hasOwn(BESIDE, name) ? { ...BESIDE[name], ...(inner as object) } : inner }),
    value,
  );
  // Controls of which none arrives were lost on the way.
  if (top === 'grantControls')
    return { ...POLICY, grantControls: { builtInControls: ['mfa'], ...(content as object) } };
  if (top !== 'conditions') return { ...POLICY, [top]: content };
  const conditions = content as Readonly<Record<string, unknown>>;
  const whole = Object.entries(conditions).map(([name, said]) => [name, withIncludes(name, said)]);
  return {
    ...POLICY,
    conditions: { users: INCLUDES['users'], applications: INCLUDES['applications'], ...Object.fromEntries(whole) },
  };
}

const BESIDE: Readonly<Record<string, object>> = {
  externalTenants: { members: [] },
  includeGuestsOrExternalUsers: { guestOrExternalUserTypes: 'internalGuest' },
  excludeGuestsOrExternalUsers: { guestOrExternalUserTypes: 'internalGuest' },
};

/** A policy of which the export lost whom or what it includes is refused: it would reach nobody. */
const INCLUDES: Readonly<Record<string, object>> = {
  users: { includeUsers: ['All'] },
  applications: { includeApplications: ['All'] },
  clientApplications: { includeServicePrincipals: ['ServicePrincipalsInMyTenant'] },
  platforms: { includePlatforms: ['all'] },
  locations: { includeLocations: ['All'] },
};

function withIncludes(name: string, said: unknown): unknown {
  return typeof said === 'object' && said !== null && !Array.isArray(said) ? { ...INCLUDES[name], ...said } : said;
}

/** What import says of it, and what check does not know. */
function remarks(pointer: string, value: unknown) {
  const { policies, problems } = importing({ 'p.json': policyWith(pointer, value) });
  const checked = policies.map(({ value: policy }) => checkedPolicy(policy, locationCatalog([])));
  const against = checkedTenant(tenant(), settingsOf({ now: NOW }));
  return {
    imported: problems.map(({ code }) => code),
    checked: checked.flatMap((policy) => [...unknownIds(against, policy), ...unknownWords(policy)]),
  };
}

describe('import and check know the same', () => {
  const words = ID_LISTS.flatMap(({ pointer, words: known }) => known.map((word) => [pointer, word] as const));

  test.each(words)('at %s `%s` is a word of Graph, in any case', (pointer, word) => {
    expect(remarks(pointer, [word])).toEqual({ imported: [], checked: [] });
    expect(remarks(pointer, [word.toUpperCase()])).toEqual({ imported: [], checked: [] });
  });

  test.each(ID_LISTS.filter(({ of }) => of !== 'authenticationContexts'))(
    'at $pointer a name is no id',
    ({ pointer }) => {
      const { imported, checked } = remarks(pointer, ['Adele Vance']);
      expect([imported, checked.map(({ value }) => value)]).toEqual([['placeholder'], ['Adele Vance']]);
    },
  );

  test.each(WORD_MEMBERS)(
    'the words at $pointer are known to both, and another is to neither',
    ({ pointer, vocabulary }) => {
      const isList = !pointer.endsWith('operator') && !pointer.endsWith('Kind');
      for (const word of vocabulary.words) {
        expect(remarks(pointer, isList ? [word] : word)).toEqual({ imported: [], checked: [] });
      }
      const { imported, checked } = remarks(pointer, isList ? ['strange'] : 'strange');
      expect(imported).toEqual([pointer.endsWith('Controls') ? 'inventedControl' : 'unknownValue']);
      expect(checked.map(({ value }) => value)).toEqual(['strange']);
    },
  );
});

describe('the rows of a policy', () => {
  test('name conditions of the log, and every condition of the log that a policy can set has a row', () => {
    const named = new Set(Object.keys(CONDITIONS).flatMap((member) => logConditionsOf(member) ?? []));
    // No member of a policy is called so in any export that was seen.
    const unset = ['time'];
    expect([...named].sort()).toEqual(CONDITION_NAMES.filter((name) => !unset.includes(name)).sort());
  });

  test('hold every level that a sign-in has', () => {
    const members = LEVELS.map(({ level }) => valueAt(CONDITIONS, `/${level.member}`));
    expect(members.every((row) => row !== undefined)).toBe(true);
    const logged = LEVELS.flatMap(({ level }) => (isLogged(level.condition) ? [level] : []));
    expect(logged.map(({ member }) => logConditionsOf(member))).toEqual(logged.map(({ condition }) => [condition]));
  });

  test('are all judged', () => {
    expect(MODELLED_MEMBERS['/conditions'].has('agentIdRiskLevels')).toBe(true);
    expect([...MODELLED_MEMBERS['/conditions/platforms']]).toEqual(['includePlatforms', 'excludePlatforms']);
  });
});
