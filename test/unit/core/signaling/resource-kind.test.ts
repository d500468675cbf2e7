import { describe, expect, test } from 'vitest';
import { resourceKindsOf } from '../../../../src/core/signaling/resource-kind.ts';

const GRAPH = { appId: '00000003-0000-0000-c000-000000000000' };
const EXCHANGE = { appId: '00000002-0000-0FF1-CE00-000000000000' };
const OWN = { appId: '7e6c8a1f-2b54-4c53-9a1b-3f1f2f0e9d11', displayName: 'Microsoft Graph' };

describe('the kind of what a sign-in asks for', () => {
  test('is Entra’s for a user action, which no other endpoint sees', () => {
    expect(resourceKindsOf({ kind: 'userAction', userAction: 'urn:user:registerdevice' })).toEqual(['entraId']);
  });

  test('is one for each resource, in their order, by the id in any letters', () => {
    expect(resourceKindsOf({ kind: 'application', audiences: [GRAPH, EXCHANGE] })).toEqual([
      'microsoftGraph',
      'sharePointOrExchange',
    ]);
  });

  test('is that of the resource where an authentication context is asked for', () => {
    const target = { kind: 'authenticationContext', authenticationContext: 'c1', audiences: [GRAPH] } as const;
    expect(resourceKindsOf(target)).toEqual(['microsoftGraph']);
  });

  test('is not known of a resource that no list has, whatever its name', () => {
    expect(resourceKindsOf({ kind: 'application', audiences: [OWN, GRAPH] })).toEqual([undefined, 'microsoftGraph']);
  });

  test.each([undefined, []])('is one that is not known where the resources are %j', (audiences) => {
    expect(resourceKindsOf({ kind: 'application', audiences })).toEqual([undefined]);
  });
});
