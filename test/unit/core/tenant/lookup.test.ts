import { describe, expect, test } from 'vitest';
import {
  findDeletedLocation,
  findDeletedPolicy,
  findGroup,
  findLocation,
  findPolicy,
  findUser,
} from '../../../../src/core/tenant/lookup.ts';
import { sampleTenant } from '../../../../src/core/tenant/sample/sample.ts';
import type { Tenant } from '../../../../src/core/tenant/tenant.ts';

const tenant = sampleTenant();

describe('finding one item', () => {
  test('works by id and by display name, without regard to case', () => {
    const location = findLocation(tenant, 'hEADQUARTERS');
    expect(location).toMatchObject({ found: { displayName: 'Headquarters' } });
    const id = 'found' in location ? location.found.id : '';
    expect(findLocation(tenant, id.toUpperCase())).toEqual(location);
    expect(findGroup(tenant, 'finance')).toMatchObject({ found: { displayName: 'Finance' } });
    expect(findPolicy(tenant, 'CA002 block legacy authentication')).toMatchObject({ found: { state: 'enabled' } });
  });

  test('finds a person by user principal name, display name or id', () => {
    const adele = findUser(tenant, 'Adele.Vance@contoso.com');
    expect(adele).toMatchObject({ found: { displayName: 'Adele Vance' } });
    expect(findUser(tenant, 'adele vance')).toEqual(adele);
    expect(findUser(tenant, 'a0000000-0000-4000-8000-000000000002')).toEqual(adele);
  });

  test('names all of several items of one name, and an id still picks one', () => {
    const twins: Tenant = {
      ...tenant,
      groups: [
        { id: 'one', displayName: 'Twins' },
        { id: 'two', displayName: 'twins' },
      ],
    };
    expect(findGroup(twins, 'TWINS')).toEqual({ ambiguous: twins.groups });
    expect(findGroup(twins, 'two')).toEqual({ found: twins.groups?.[1] });
  });

  test('an id wins over the same text as a name', () => {
    const tricky: Tenant = {
      ...tenant,
      groups: [
        { id: 'x', displayName: 'y' },
        { id: 'y', displayName: 'x' },
      ],
    };
    expect(findGroup(tricky, 'y')).toMatchObject({ found: { id: 'y' } });
  });

  test('suggests what is near, nearest first, and nothing where nothing is', () => {
    expect(findLocation(tenant, 'Hedquarters')).toMatchObject({ near: ['Headquarters'], partly: [] });
    expect(findLocation(tenant, 'branch')).toMatchObject({
      near: ['Rotterdam branch office'],
      partly: [{ displayName: 'Rotterdam branch office' }],
    });
    expect(findUser(tenant, 'adele.vanse@contoso.com')).toMatchObject({ near: ['adele.vance@contoso.com'] });
    expect(findGroup(tenant, 'zzzzzzzz')).toEqual({ near: [], partly: [] });
  });

  test('keeps to the deleted ones when asked for these', () => {
    const [policy] = tenant.policies;
    const [location] = tenant.namedLocations;
    if (policy === undefined || location === undefined) throw new Error('the sample has none');
    const deleted: Tenant = {
      ...tenant,
      deletedItems: { policies: [policy], namedLocations: [location] },
      policies: [],
      namedLocations: [],
    };
    expect(findPolicy(deleted, policy.displayName)).toEqual({ near: [], partly: [] });
    expect(findDeletedPolicy(deleted, policy.displayName)).toEqual({ found: policy });
    expect(findDeletedLocation(deleted, location.displayName)).toEqual({ found: location });
  });
});
