import { describe, expect, test } from 'vitest';
import {
  findApplication,
  nameOfApplication,
} from '../../../../../src/core/conditional-access/facts/application-names.ts';
import { EXCHANGE, PAYROLL, ROBOT, tenant } from '../../../../support/contoso.ts';

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
    [
      'not by a suite that policies name, which Mail is in here',
      'office 365',
      {
        isNone: {
          message: expect.stringContaining('`Office365` is a suite'),
          hint: 'name one of its applications, such as `Mail`, `Office 365 SharePoint Online`, `Skype for Business Online`',
        },
      },
    ],
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
