import { describe, expect, test } from 'vitest';
import { COMPLIANT_NETWORK_LOCATION_ID } from '../../../../../src/core/graph/location-words.ts';
import type { Audience, Target } from '../../../../../src/core/signaling/attempt.ts';
import type { ConditionSet } from '../../../../../src/core/tenant/policy.ts';
import type { Tenant } from '../../../../../src/core/tenant/tenant.ts';
import { attempt, EXCHANGE, HQ, judgeOne, lacking, observation, PAYROLL, policy } from '../../../../support/contoso.ts';

type ApplicationsCondition = NonNullable<ConditionSet['applications']>;

const OTHER = 'e0000000-0000-4000-8000-000000000002';
const AZURE_PORTAL = 'c44b4083-3bb0-49c1-b47d-974e53cbdf3c';
const SERVICE_MANAGEMENT = '797f4846-ba00-4fd7-ba43-dac1f8f63013';

const asking = (...audiences: (string | Audience)[]): Target => ({
  kind: 'application',
  audiences: audiences.map((audience) => (typeof audience === 'string' ? { appId: audience } : audience)),
  authenticationContexts: [],
});

function judge(
  applications: ApplicationsCondition | object,
  target: Target = asking(PAYROLL),
  changes: Partial<Tenant> = {},
) {
  return judgeOne(policy({ applications }), attempt({ target }), observation(), changes);
}

describe('names in the place of ids of applications', () => {
  test.each<[ApplicationsCondition, string]>([
    [{ includeApplications: ['Office 365 Exchange Online'] }, 'Office 365 Exchange Online'],
    [{ includeApplications: ['Office 365'] }, 'Office 365'],
    [{ includeApplications: ['All'], excludeApplications: ['Payroll'] }, 'Payroll'],
    [{ includeApplications: [OTHER, '<PayrollAppId>'] }, '<PayrollAppId>'],
  ])('may be any resource, also where one alone is called so: %j', (applications, name) => {
    for (const target of [asking(PAYROLL), asking(EXCHANGE)]) {
      const judged = judge(applications, target);
      expect([judged.applies, lacking(judged)]).toEqual(['unknown', [`meaning of applications ${name}`]]);
    }
    const action: Target = { kind: 'userAction', userAction: 'urn:user:registerdevice' };
    expect(judge({ includeApplications: ['Payroll'] }, action).applies).toBe(false);
  });

  test('an authentication context by its display name may be any of them, and is no resource', () => {
    const named = { includeAuthenticationContextClassReferences: ['Secret documents'] };
    const context: Target = { kind: 'authenticationContext', authenticationContext: 'c1', audiences: [] };
    const judged = judge(named, context);
    expect([judged.applies, lacking(judged)]).toEqual([
      'unknown',
      ['meaning of authentication contexts Secret documents'],
    ]);
    expect(judge(named).applies).toBe(false);
    expect(judge({ includeAuthenticationContextClassReferences: ['c2'] }, context).applies).toBe(false);
  });
});

describe('the resources of a policy', () => {
  test.each<[string, ApplicationsCondition, Target, boolean | 'unknown']>([
    ['All is every resource', { includeApplications: ['All'] }, asking(OTHER), true],
    ['None is none', { includeApplications: ['None'] }, asking(PAYROLL), false],
    ['a policy that includes nothing matches nothing', { includeApplications: [] }, asking(PAYROLL), false],
    ['an id, in any case', { includeApplications: [PAYROLL.toUpperCase()] }, asking(PAYROLL), true],
    ['another id', { includeApplications: [OTHER] }, asking(PAYROLL), false],
    [
      'the client that asks is no resource',
      { includeApplications: [OTHER] },
      { ...asking(PAYROLL), clientAppId: OTHER } as Target,
      false,
    ],
    ['an excluded resource', { includeApplications: ['All'], excludeApplications: [PAYROLL] }, asking(PAYROLL), false],
    ['any of several audiences', { includeApplications: [OTHER] }, asking(PAYROLL, OTHER), true],
    [
      'an audience that is not excluded keeps the policy',
      { includeApplications: ['All'], excludeApplications: [PAYROLL] },
      asking(PAYROLL, OTHER),
      true,
    ],
    [
      'every audience excluded',
      { includeApplications: ['All'], excludeApplications: [PAYROLL, OTHER] },
      asking(PAYROLL, OTHER),
      false,
    ],
    [
      'a resource that is not known is in All',
      { includeApplications: ['All'] },
      { kind: 'application', audiences: undefined },
      true,
    ],
    ['and may be any other', { includeApplications: [PAYROLL] }, { kind: 'application', audiences: [] }, 'unknown'],
    [
      'and may be the excluded one',
      { includeApplications: ['All'], excludeApplications: [PAYROLL] },
      { kind: 'application', audiences: undefined },
      'unknown',
    ],
    [
      'the service management API covers the Azure portal',
      { includeApplications: [SERVICE_MANAGEMENT] },
      asking(AZURE_PORTAL),
      true,
    ],
    ['but not every application', { includeApplications: [SERVICE_MANAGEMENT] }, asking(PAYROLL), false],
    [
      'the admin portals hold the Azure portal',
      { includeApplications: ['MicrosoftAdminPortals'] },
      asking(AZURE_PORTAL),
      true,
    ],
    ['and not Exchange', { includeApplications: ['MicrosoftAdminPortals'] }, asking(EXCHANGE), false],
    ['a word that is no id is unknown', { includeApplications: ['AllNewResources'] }, asking(PAYROLL), 'unknown'],
    [
      'no ordinary application is an agent resource',
      { includeApplications: ['AllAgentIdResources'] },
      asking(PAYROLL),
      false,
    ],
  ])('%s', (_, applications, target, expected) => {
    expect(judge(applications, target).applies).toBe(expected);
  });

  test('the service management API covers the services bound to the Azure portal, and nothing the other way round', () => {
    const bound = [
      AZURE_PORTAL,
      'e9f49c6b-5ce5-44c8-925d-015017e9f7ad', // Azure Data Lake
      'f5c26e74-f226-4ae8-85f0-b4af0080ac9e', // Application Insights API
      'ca7f3f0b-7d91-482c-8e09-c5d840d0eac5', // Log Analytics API
    ];
    for (const id of bound) {
      const included = judge({ includeApplications: [SERVICE_MANAGEMENT.toUpperCase()] }, asking(id.toUpperCase()));
      const excluded = judge({ includeApplications: ['All'], excludeApplications: [SERVICE_MANAGEMENT] }, asking(id));
      const reverse = judge({ includeApplications: [id] }, asking(SERVICE_MANAGEMENT));
      // The portal asks for other services at sign-in, which the exclusion does not take out.
      const isExcluded = id === AZURE_PORTAL ? 'unknown' : false;
      expect([id, included.applies, excluded.applies, reverse.applies]).toEqual([id, true, isExcluded, false]);
    }
  });

  test.each<[string, Audience, boolean | 'unknown']>([
    ['by a well-known id', { appId: EXCHANGE }, true],
    ['by the name in the record', { appId: OTHER, displayName: 'Microsoft Teams Services' }, true],
    ['not by another name', { appId: OTHER, displayName: 'Payroll' }, false],
    ['by the name that the tenant has', { appId: PAYROLL }, false],
    ['not where the id is known to be something else', { appId: '00000003-0000-0000-c000-000000000000' }, false],
    ['and is unknown by a bare id', { appId: OTHER }, 'unknown'],
  ])('Office 365 is recognised %s', (_, audience, expected) => {
    const judged = judge({ includeApplications: ['Office365'] }, asking(audience));
    expect(judged.applies).toBe(expected);
    expect(lacking(judged)).toEqual(expected === 'unknown' ? [`name of application ${OTHER}`] : []);
  });

  test('an application of somebody else is not in Office 365, whatever its name', () => {
    const servicePrincipals = [
      {
        id: OTHER,
        appId: OTHER,
        displayName: 'Microsoft Teams',
        appOwnerOrganizationId: '33333333-3333-4333-8333-333333333333',
      },
    ];
    expect(judge({ includeApplications: ['Office365'] }, asking(OTHER), { servicePrincipals }).applies).toBe(false);
    const ofMicrosoft = [
      { ...servicePrincipals[0], id: OTHER, appOwnerOrganizationId: 'f8cdef31-a31e-4b4a-93e4-5f571e91255a' },
    ];
    expect(
      judge({ includeApplications: ['Office365'] }, asking(OTHER), { servicePrincipals: ofMicrosoft }).applies,
    ).toBe(true);
  });

  test('the tenant’s own table replaces the built-in one', () => {
    const applicationGroups = { Office365: [PAYROLL] };
    expect(judge({ includeApplications: ['Office365'] }, asking(PAYROLL), { applicationGroups }).applies).toBe(true);
    expect(judge({ includeApplications: ['Office365'] }, asking(EXCHANGE), { applicationGroups }).applies).toBe(false);
  });

  test('an unknown audience does not hide one that matches', () => {
    expect(judge({ includeApplications: ['Office365'] }, asking(OTHER, EXCHANGE)).applies).toBe(true);
    expect(judge({ includeApplications: ['Office365'] }, asking(PAYROLL, OTHER)).applies).toBe('unknown');
  });

  test('preview members are unknown by name where they are set', () => {
    const judged = judge({ includeApplications: ['None'], networkAccess: { profile: 'm365' } });
    expect([judged.applies, lacking(judged)]).toEqual(['unknown', ['meaning of applications.networkAccess']]);
    expect(judge({ includeApplications: ['All'], globalSecureAccess: null, networkAccess: {} }).applies).toBe(true);
    expect(judge({ includeApplications: ['All'], excludeNew: ['x'] }).applies).toBe('unknown');
  });
});

describe('a condition on resources', () => {
  const high = 'CustomSecurityAttribute.Access_Level -eq "high"';

  test('that a policy does not have matches nothing', () => {
    expect(judgeOne(policy({ applications: null })).applies).toBe(false);
  });

  test('that is not met does not hang on what it leaves out', () => {
    const applicationFilter = { mode: 'exclude', rule: high };
    expect(judge({ includeApplications: ['None'], applicationFilter }, asking(OTHER)).applies).toBe(false);
    expect(judge({ includeApplications: ['None'], excludeNew: ['x'] }).applies).toBe(false);
    expect(judge({ includeApplications: ['All'], includeNew: ['x'] }).applies).toBe(true);
  });

  test('on one application does not cover the Azure portal', () => {
    expect(judge({ includeApplications: [OTHER] }, asking(AZURE_PORTAL)).applies).toBe(false);
  });

  test.each<[string, object, Target, string]>([
    [
      'a preview member',
      { includeApplications: ['All'], excludeNew: ['x'] },
      asking(PAYROLL),
      'meaning of applications.excludeNew',
    ],
    ['a word that is no id', { includeApplications: ['AllNew'] }, asking(PAYROLL), 'meaning of applications AllNew'],
    ['the resource', { includeApplications: [PAYROLL] }, { kind: 'application', audiences: [] }, 'resource'],
    [
      'a user action',
      { includeUserActions: ['urn:user:dance'] },
      { kind: 'userAction', userAction: 'urn:user:registerdevice' },
      'meaning of user action urn:user:dance',
    ],
    [
      'the mode of a filter',
      { applicationFilter: { mode: 'perhaps', rule: high } },
      asking(PAYROLL),
      'meaning of the mode of applicationFilter',
    ],
  ])('names what is missing: %s', (_, applications, target, missing) => {
    expect(lacking(judge(applications, target))).toEqual([missing]);
  });
});

describe('user actions and authentication contexts', () => {
  const registering: Target = { kind: 'userAction', userAction: 'urn:user:registersecurityinfo' };
  const context: Target = {
    kind: 'authenticationContext',
    authenticationContext: 'c1',
    audiences: [{ appId: PAYROLL }],
  };

  test.each<[string, ApplicationsCondition, Target, boolean | 'unknown']>([
    ['a user action', { includeUserActions: ['urn:user:registersecurityinfo'] }, registering, true],
    ['another user action', { includeUserActions: ['urn:user:registerdevice'] }, registering, false],
    [
      'a user action that nobody documents',
      { includeUserActions: ['urn:user:accountrecovery'] },
      registering,
      'unknown',
    ],
    [
      'is no riddle for an ordinary sign-in',
      { includeUserActions: ['urn:user:accountrecovery'] },
      asking(PAYROLL),
      false,
    ],
    ['All covers registering security information', { includeApplications: ['All'] }, registering, true],
    ['a resource does not', { includeApplications: [PAYROLL] }, registering, false],
    [
      'an excluded resource does not take it out',
      { includeApplications: ['All'], excludeApplications: [PAYROLL] },
      registering,
      true,
    ],
    ['an authentication context', { includeAuthenticationContextClassReferences: ['C1'] }, context, true],
    ['another authentication context', { includeAuthenticationContextClassReferences: ['c2'] }, context, false],
    ['a context is asked for together with its resource', { includeApplications: [PAYROLL] }, context, true],
    [
      'what is asked for beside a resource is not known where nothing lists it',
      { includeAuthenticationContextClassReferences: ['c1'] },
      { kind: 'application', audiences: [{ appId: PAYROLL }] },
      'unknown',
    ],
    [
      'a context is no ordinary sign-in',
      { includeAuthenticationContextClassReferences: ['c1'] },
      asking(PAYROLL),
      false,
    ],
  ])('%s', (_, applications, target, expected) => {
    expect(judge(applications, target).applies).toBe(expected);
  });

  test('report-only does not work for user actions', () => {
    const one = policy({ applications: { includeUserActions: ['urn:user:registersecurityinfo'] } }, undefined, {
      state: 'enabledForReportingButNotEnforced',
    });
    expect(judgeOne(one, attempt({ target: registering })).result).toBe('reportOnlyNotApplied');
    const everything = policy({}, undefined, { state: 'enabledForReportingButNotEnforced' });
    expect(judgeOne(everything, attempt({ target: registering })).result).toBe('reportOnlyFailure');
  });
});

describe('the application filter', () => {
  const filtered = (mode: string, rule: string, includeApplications: string[] = []) => ({
    includeApplications,
    applicationFilter: { mode, rule },
  });
  const HIGH = 'CustomSecurityAttribute.Access_Level -contains "high"';

  test.each<[string, ApplicationsCondition, boolean | 'unknown']>([
    ['includes an application with the attribute', filtered('include', HIGH), true],
    ['does not include one with another value', filtered('include', HIGH.replace('high', 'low')), false],
    ['does not include one without the attribute', filtered('include', HIGH.replace('Level', 'Other')), false],
    ['finds the attribute in any case', filtered('include', HIGH.toLowerCase()), true],
    ['adds to the applications that are named', filtered('include', HIGH.replace('high', 'low'), [PAYROLL]), true],
    ['takes out of All', filtered('exclude', HIGH, ['All']), false],
    ['leaves the others in All', filtered('exclude', HIGH.replace('high', 'low'), ['All']), true],
    ['is unknown where it cannot be read', filtered('include', 'CustomSecurityAttribute.Access_Level'), 'unknown'],
    ['is unknown where it asks for something else', filtered('include', 'app.name -eq "x"'), 'unknown'],
    ['is unknown in another mode', filtered('sometimes', HIGH), 'unknown'],
    ['is no condition without a rule', filtered('include', '', ['All']), true],
  ])('%s', (_, applications, expected) => {
    expect(judge(applications).applies).toBe(expected);
  });

  test('names the application whose attributes are not known', () => {
    expect(lacking(judge(filtered('include', HIGH), asking(OTHER)))).toEqual([
      `custom security attributes of application ${OTHER}`,
    ]);
  });

  test('says where a rule cannot be read', () => {
    expect(lacking(judge(filtered('include', 'CustomSecurityAttribute.A_B -eq')))).toEqual([
      'readable filter rule: expected a value, not the end at 31',
    ]);
  });

  test('reads an attribute of one text as text', () => {
    const servicePrincipals = [
      { id: PAYROLL, appId: PAYROLL, customSecurityAttributes: { My_Set: { Level: 'very high' } } },
    ];
    const rule = 'CustomSecurityAttribute.My_Set_Level -contains "high"';
    expect(judge(filtered('include', rule), asking(PAYROLL), { servicePrincipals }).applies).toBe(true);
  });
});

describe('resources of Global Secure Access', () => {
  const compliant = { includeLocations: ['All'], excludeLocations: [COMPLIANT_NETWORK_LOCATION_ID] };
  const gsa = attempt({ target: asking({ appId: OTHER, displayName: 'Microsoft apps with Global Secure Access' }) });

  test('are left out of policies that name the compliant network', () => {
    expect(judgeOne(policy({ locations: compliant }), gsa).applies).toBe(false);
    expect(judgeOne(policy({ locations: compliant }), gsa, observation(), { namedLocations: [] }).applies).toBe(false);
    expect(judgeOne(policy({ locations: compliant })).applies).toBe(true);
  });

  test('are in All like any other resource elsewhere', () => {
    const elsewhere = { includeLocations: ['All'], excludeLocations: [HQ] };
    expect(judgeOne(policy({ locations: elsewhere }), gsa, observation('198.51.100.200')).applies).toBe(true);
  });

  test('and a bare id that nothing names is taken for an ordinary resource', () => {
    expect(judgeOne(policy({ locations: compliant }), attempt({ target: asking(OTHER) })).applies).toBe(true);
  });
});
