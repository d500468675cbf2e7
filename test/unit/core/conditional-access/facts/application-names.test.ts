import { describe, expect, test } from 'vitest';
import { compile } from '../../../../../src/core/conditional-access/compile.ts';
import {
  findApplication,
  nameOfApplication,
} from '../../../../../src/core/conditional-access/facts/application-names.ts';
import { observingOptions } from '../../../../../src/core/conditional-access/observing.ts';
import { addressOwner } from '../../../../../src/core/conditional-access/record/address-owner.ts';
import { EXCHANGE, PAYROLL, policy, ROBOT, tenant } from '../../../../support/contoso.ts';

describe('whose the address is that Entra saw', () => {
  const own = '203.0.113.10';
  const proxy = '128.94.0.10';

  test.each<[string, object, string]>([
    ['the user’s own where it is the original one', { ipAddress: own, sourceIpAddress: own }, 'own'],
    [
      'the user’s own, also where the proxy has the same',
      { ipAddress: own, sourceIpAddress: own, globalSecureAccessIpAddress: own },
      'own',
    ],
    ['the proxy’s', { ipAddress: proxy, sourceIpAddress: own, globalSecureAccessIpAddress: proxy }, 'proxy'],
    ['neither', { ipAddress: '192.0.2.1', sourceIpAddress: own, globalSecureAccessIpAddress: proxy }, 'other'],
    [
      'the user’s own where nothing went through the proxy',
      { ipAddress: own, isThroughGlobalSecureAccess: false },
      'own',
    ],
    ['unknown through a proxy that is not named', { ipAddress: own, isThroughGlobalSecureAccess: true }, 'unknown'],
    ['unknown where the record says nothing', { ipAddress: own }, 'unknown'],
    ['unknown without an address', { sourceIpAddress: own, isThroughGlobalSecureAccess: false }, 'unknown'],
    [
      'unknown with an empty address',
      { ipAddress: '', sourceIpAddress: '', isThroughGlobalSecureAccess: false },
      'unknown',
    ],
    ['unknown with no address', { ipAddress: null, sourceIpAddress: null }, 'unknown'],
  ])('is %s', (_, members, expected) => {
    expect(addressOwner({ id: 'x', createdDateTime: '2026-01-15T09:00:00Z', ...members })).toBe(expected);
  });
});

describe('an application', () => {
  const ours = [
    { id: 'p1', appId: PAYROLL, displayName: 'Payroll' },
    { id: 'p2', appId: EXCHANGE.toUpperCase(), displayName: 'Mail' },
    { id: 'p3', appId: ROBOT, displayName: 'Twin' },
    { id: 'p4', appId: 'f0000000-0000-4000-8000-000000000002', displayName: 'twin' },
    { id: 'p5', displayName: 'Without an id' },
    { id: 'p6', appId: 'f0000000-0000-4000-8000-000000000003' },
  ];
  const contoso = tenant([], { servicePrincipals: ours });
  const graph = { appId: '00000003-0000-0000-c000-000000000000', displayName: 'Microsoft Graph' };

  test.each<[string, string, object]>([
    [
      'by the name that the tenant gives it, in any case',
      ' payROLL ',
      { found: { appId: PAYROLL, displayName: 'Payroll' } },
    ],
    [
      'by its id, with the tenant’s name for it',
      EXCHANGE,
      { found: { appId: EXCHANGE.toUpperCase(), displayName: 'Mail' } },
    ],
    ['by Microsoft’s name, where the tenant has none', 'microsoft graph', { found: graph }],
    [
      'by any id at all',
      ' F0000000-0000-4000-8000-00000000ffff ',
      { found: { appId: 'F0000000-0000-4000-8000-00000000ffff' } },
    ],
    [
      'not by Microsoft’s name where the tenant gives it another',
      'Office 365 Exchange Online',
      { near: [], partly: [] },
    ],
    ['not by a name that two have', 'TWIN', { ambiguous: [ROBOT, 'f0000000-0000-4000-8000-000000000002'] }],
    ['not by what only begins like an id', `${PAYROLL}0`, { near: [], partly: [] }],
    ['not by what only ends like an id', `0${PAYROLL}`, { near: [], partly: [] }],
    ['not by a name of something without an id', 'Without an id', { near: [], partly: [] }],
    ['and a near name is offered', 'Payrlol', { near: ['Payroll'], partly: [] }],
  ])('is found %s', (_, text, expected) => {
    expect(findApplication(contoso, text)).toEqual(expected);
  });

  test('goes by its own name, by the name that somebody gives its id, or by its id', () => {
    expect(nameOfApplication(contoso, { appId: EXCHANGE, displayName: 'Post' })).toBe('Post');
    expect(nameOfApplication(contoso, { appId: EXCHANGE })).toBe('Mail');
    expect(nameOfApplication(contoso, { appId: graph.appId.toUpperCase() })).toBe('Microsoft Graph');
    expect(nameOfApplication(contoso, { appId: 'nobody' })).toBe('nobody');
    const { servicePrincipals: _, ...bare } = contoso;
    expect(nameOfApplication(bare, { appId: EXCHANGE })).toBe('Office 365 Exchange Online');
  });
});

describe('a proxy whose address is not known', () => {
  const strict = (state: string, mode: string) =>
    policy({}, null, { state, sessionControls: { continuousAccessEvaluation: { mode } } });
  const standInOf = (...policies: ReturnType<typeof policy>[]) =>
    observingOptions(compile(tenant(policies))).proxyStandIn;

  test('has a stand-in, unless strict location enforcement compares the addresses themselves', () => {
    expect(standInOf()?.text).toMatch(/^(?:128\.94|151\.206)\./);
    expect(standInOf(strict('enabled', 'strictLocation'))).toBeUndefined();
    expect(standInOf(policy(), strict('enabled', 'strictLocation'))).toBeUndefined();
    expect(standInOf(strict('disabled', 'strictLocation'))).toBeDefined();
    expect(standInOf(strict('enabled', 'disabled'))).toBeDefined();
  });
});
