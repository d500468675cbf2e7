import { describe, expect, test } from 'vitest';
import type { SignInColumn } from '../../../../src/core/sign-in-log/columns.ts';
import { SIGN_IN_COLUMN_NAMES } from '../../../../src/core/sign-in-log/columns.ts';
import type { ColumnOperator, SignInCondition } from '../../../../src/core/sign-in-log/condition.ts';
import { holds } from '../../../../src/core/sign-in-log/holds.ts';
import { loggedSignIn } from '../../../support/store-samples.ts';

const SIGN_IN = loggedSignIn(
  {
    createdDateTime: '2026-01-14T08:00:00.1234567Z',
    userPrincipalName: 'Joni.Sherman@contoso.com',
    ipAddress: '2001:DB8:0:0::1',
    sourceIpAddress: '::ffff:203.0.113.8',
    correlationId: '5D295068-919B-4017-85D8-44BE2F5F5483',
    isThroughGlobalSecureAccess: true,
    signInEventTypes: ['interactiveUser', 'nonInteractiveUser'],
    status: { errorCode: 53003 },
  },
  { decidedBy: ['p1', 'p2'] },
);

type Value = string | number | boolean | null;

describe('a condition on a sign-in', () => {
  test.each<[SignInColumn, ColumnOperator, Value, boolean]>([
    ['userPrincipalName', 'eq', 'joni.sherman@CONTOSO.com', true],
    ['userPrincipalName', 'ne', 'joni.sherman@CONTOSO.com', false],
    ['userPrincipalName', 'startsWith', 'JONI', true],
    ['userPrincipalName', 'contains', '@contoso', true],
    ['userPrincipalName', 'lt', 'k', true],
    ['ipAddress', 'eq', '2001:db8::1', true],
    ['ipAddress', 'startsWith', '2001:db8::', true],
    ['ipAddress', 'gt', '203.0.113.8', true],
    ['sourceIpAddress', 'eq', '203.0.113.8', true],
    ['sourceIpAddress', 'lt', '203.0.113.9', true],
    ['globalSecureAccessIpAddress', 'eq', null, true],
    ['globalSecureAccessIpAddress', 'ne', '203.0.113.8', true],
    ['globalSecureAccessIpAddress', 'lt', '203.0.113.8', false],
    ['correlationId', 'eq', '5d295068-919b-4017-85d8-44be2f5f5483', true],
    ['createdDateTime', 'eq', '2026-01-14T09:00:00.123456+01:00', true],
    ['createdDateTime', 'lt', '2026-01-14T08:00:00.124Z', true],
    ['createdDateTime', 'ge', '2026-01-14T08:00:00.1235Z', false],
    ['createdDateTime', 'lt', 'tomorrow', false],
    ['errorCode', 'ge', 53003, true],
    ['errorCode', 'contains', '530', false],
    ['isThroughGlobalSecureAccess', 'eq', true, true],
    ['isThroughGlobalSecureAccess', 'eq', 'true', false],
    ['decidedBy', 'contains', 'p2', true],
    ['signInEventType', 'startsWith', 'interactiveUser,', true],
  ])('%s %s %s: %s', (column, operator, value, expected) => {
    expect(holds({ column, operator, value }, SIGN_IN)).toBe(expected);
    expect(holds({ not: { column, operator, value } }, SIGN_IN)).toBe(!expected);
  });

  test('on a range holds for addresses of its own version, and for no range at all never', () => {
    const inRange = (range: string) => holds({ column: 'sourceIpAddress', operator: 'inRange', range }, SIGN_IN);
    expect(['203.0.113.0/24', '203.0.113.8', '203.0.114.0/24', '::/0', 'office'].map(inRange)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  test('on every column equals the value that the sign-in has there', () => {
    for (const column of SIGN_IN_COLUMN_NAMES) {
      const isNull: SignInCondition = { column, operator: 'eq', value: null };
      const isSomething: SignInCondition = { column, operator: 'ne', value: null };
      expect(holds(isNull, SIGN_IN)).toBe(!holds(isSomething, SIGN_IN));
    }
  });
});
