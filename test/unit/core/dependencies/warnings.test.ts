import { describe, expect, test } from 'vitest';
import { analyseDependencies } from '../../../../src/core/dependencies/analyse.ts';
import type { Tenant } from '../../../../src/core/tenant/tenant.ts';
import {
  BLOCK,
  BRANCH,
  BREAK_GLASS,
  compliantNetwork,
  countryLocation,
  ipLocation,
  MFA,
  OFFICE,
  PROXY,
  policyWith,
  tenantWith,
} from './contoso.ts';

const CN = compliantNetwork().id;
const blockOutsideOffice = policyWith({ id: 'block outside the office', include: ['All'], exclude: ['office'] });

/** What is warned of: code and message of each warning, without the codes that the test is not about. */
function warned(tenant: Partial<Tenant>, ...unrelated: readonly string[]) {
  return analyseDependencies(tenantWith({ users: [BREAK_GLASS], ...tenant }))
    .warnings.filter(({ code }) => !unrelated.includes(code))
    .map(({ code, message }) => `${code}: ${message}`);
}

describe('warnings of the dependency analysis', () => {
  const quiet = policyWith({ id: 'quiet', include: ['All'], exclude: ['both'], grant: MFA });
  const both = ipLocation('both', ['203.0.113.0/24', '2001:db8::/32'], true);

  test('a tenant without trouble has none', () => {
    expect(warned({ policies: [quiet], namedLocations: [both] })).toEqual([]);
  });

  test('a trusted location that overlaps the egress of Global Secure Access is named, with its ranges, used or not', () => {
    const location = ipLocation(
      'head office',
      ['203.0.113.0/24', '151.206.7.0/24', '128.0.0.0/8', '2001:db8::/32'],
      true,
    );
    expect(warned({ namedLocations: [location] })).toEqual([
      'trustedLocationHoldsProxy: trusted location `head office` holds egress addresses of Global Secure Access, which all tenants share: `151.206.7.0/24`, `128.0.0.0/8`',
    ]);
  });

  test('a location that holds the egress and is not trusted is named where a policy uses it', () => {
    const policy = policyWith({ include: ['All'], exclude: ['proxy'], grant: MFA });
    const namedLocations = [PROXY];
    expect(warned({ namedLocations })).toEqual([]);
    expect(warned({ namedLocations, policies: [policy] }, 'ipv4OnlyLocation')).toEqual([
      'locationHoldsProxy: location `proxy` holds egress addresses of Global Secure Access, which all tenants share: `128.94.0.0/19`, `151.206.0.0/16`',
    ]);
  });

  test('MFA trusted IPs that hold the egress are named', () => {
    expect(warned({ mfaTrustedIps: ['128.94.1.0/24', '203.0.113.0/24'] })).toEqual([
      'trustedLocationHoldsProxy: the MFA trusted IPs hold egress addresses of Global Secure Access, which all tenants share: `128.94.1.0/24`',
    ]);
  });

  test('locations that list IPv4 only are named where a policy enforces them, by name or as trusted', () => {
    const policies = [
      policyWith({ id: 'one', include: ['All'], exclude: ['branch'], grant: MFA }),
      policyWith({ id: 'two', include: ['All'], exclude: ['AllTrusted'], grant: MFA }),
      policyWith({ id: 'three', include: ['All'], exclude: ['lab'], state: 'enabledForReportingButNotEnforced' }),
    ];
    const namedLocations = [BRANCH, OFFICE, both, ipLocation('lab', ['192.0.2.0/24'])];
    expect(warned({ policies, namedLocations })).toEqual([
      'ipv4OnlyLocation: IPv6 sign-ins go past the tunnel and are never in `branch`, `office`, which list IPv4 ranges only',
    ]);
  });

  test('an id that no location has is named once, with every policy that names it', () => {
    const policies = [
      policyWith({ id: 'one', include: ['All'], exclude: ['gone'] }),
      policyWith({ id: 'two', include: ['gone'], exclude: ['GONE'] }),
      policyWith({ id: 'three', include: ['gone'], state: 'disabled' }),
    ];
    expect(warned({ policies }, 'unknownEffect')).toEqual([
      'danglingLocation: location `GONE` is not in the tenant, so which addresses it holds is not known, but `two` names it',
      'danglingLocation: location `gone` is not in the tenant, so which addresses it holds is not known, but `one`, `two` name it',
    ]);
  });

  test('ranges that cannot be read are named where a policy uses them', () => {
    const location = ipLocation('typo', ['203.0.113.0/240', '2001:db8::/32']);
    const policies = [policyWith({ include: ['All'], exclude: ['typo'], grant: MFA })];
    expect(warned({ policies, namedLocations: [location] }, 'unknownEffect')).toEqual([
      'unreadableRange: location `typo` has ranges that cannot be read, so which addresses it holds is not known: `203.0.113.0/240` needs a prefix length from 0 to 32',
    ]);
  });

  test('MFA trusted IPs that are not known leave the effect open, and the policies that ask for them are named', () => {
    const { mfaTrustedIps: _, ...rest } = tenantWith({
      policies: [policyWith({ id: 'trusted only', include: ['All'], exclude: ['AllTrusted'], grant: MFA })],
      namedLocations: [both],
      users: [BREAK_GLASS],
    });
    expect(analyseDependencies(rest).warnings.map(({ message }) => message)).toEqual([
      'the MFA trusted IPs are not known, but `trusted only` asks for them',
      "what a switch does to `trusted only` is not known: Entra ID sees the proxy's address instead of the user's own: people are prompted, it may apply or cease to; not known: mfaTrustedIps",
    ]);
  });

  test('strict location enforcement is warned of together with Global Secure Access', () => {
    const session = { continuousAccessEvaluation: { mode: 'strictLocation' } };
    expect(warned({ policies: [policyWith({ id: 'strict', grant: null, session })] })).toEqual([
      "strictLocation: `strict` enforces locations strictly: people behind Global Secure Access are blocked at resources that see the proxy's address, even from an allowed one",
    ]);
  });

  test('a policy of which nobody can say what a switch does is named', () => {
    const policies = [{ ...blockOutsideOffice, state: 'partiallyEnabled' }];
    expect(warned({ policies, namedLocations: [OFFICE] })).toEqual([
      'unknownEffect: what a switch does to `block outside the office` is not known: the state `partiallyEnabled` is documented nowhere',
    ]);
  });
});

describe('a warning names the policies and the locations that it is about', () => {
  const MFA_TRUSTED_IPS = '00000000-0000-0000-0000-000000000000';
  const two = (exclude: string, more: object = {}) => [
    policyWith({ id: 'one', include: ['All'], exclude: [exclude], grant: MFA, ...more }),
    policyWith({ id: 'two', include: ['All'], exclude: [exclude], grant: MFA, ...more }),
    policyWith({ id: 'off', include: ['All'], exclude: [exclude], state: 'disabled', ...more }),
  ];
  const home = countryLocation('home', ['NL']);
  const { mfaTrustedIps: _, ...withoutTrustedIps } = tenantWith({ users: [BREAK_GLASS] });
  const strict = { session: { continuousAccessEvaluation: { mode: 'strictLocation' } } };
  const both = ipLocation('both', ['203.0.113.0/24', '2001:db8::/32']);

  test.each<[string, readonly string[], readonly string[], Partial<Tenant>]>([
    ['locationHoldsProxy', ['one', 'two'], ['proxy'], { policies: two('proxy'), namedLocations: [PROXY, home] }],
    ['trustedLocationHoldsProxy', [], [MFA_TRUSTED_IPS], { mfaTrustedIps: ['151.206.0.0/16'] }],
    ['ipv4OnlyLocation', ['one', 'two'], ['branch'], { policies: two('branch'), namedLocations: [home, BRANCH] }],
    ['danglingLocation', ['one', 'two'], ['gone'], { policies: two('gone') }],
    [
      'unreadableRange',
      ['one', 'two'],
      ['typo'],
      { policies: two('typo'), namedLocations: [ipLocation('typo', ['203.0.113.0/240', '2001:db8::/32'])] },
    ],
    ['strictLocation', ['one', 'two'], [], { policies: two('both', strict), namedLocations: [both] }],
  ])('%s', (code, policyIds, locationIds, tenant) => {
    const { warnings } = analyseDependencies(tenantWith({ users: [BREAK_GLASS], ...tenant }));
    expect(warnings.filter((each) => each.code === code)).toEqual([
      { code, message: expect.any(String), policyIds, locationIds },
    ]);
  });

  test('an effect that is not known, policy by policy', () => {
    const policies = two('office').map((policy) => ({ ...policy, state: 'partiallyEnabled' }));
    const { warnings } = analyseDependencies(tenantWith({ users: [BREAK_GLASS], policies, namedLocations: [OFFICE] }));
    const open = warnings.filter(({ code }) => code === 'unknownEffect');
    expect(open.map(({ policyIds }) => policyIds)).toEqual([['off'], ['one'], ['two']]);
  });

  test('lists that nobody has seen, with the policies that ask for them', () => {
    const policies = [...two('AllTrusted'), policyWith({ id: 'by name', include: ['All'], exclude: ['office'] })];
    const tenant = { ...withoutTrustedIps, policies, namedLocations: [OFFICE], namedLocationsKnown: false };
    const { warnings } = analyseDependencies(tenant);
    expect(warnings.filter(({ code }) => code.endsWith('Unknown'))).toEqual([
      {
        code: 'mfaTrustedIpsUnknown',
        message: 'the MFA trusted IPs are not known, but `one`, `two` ask for them',
        policyIds: ['one', 'two'],
        locationIds: [],
      },
      {
        code: 'namedLocationsUnknown',
        message: 'the trusted named locations are not known, but `one`, `two` ask for them',
        policyIds: ['one', 'two'],
        locationIds: [],
      },
    ]);
  });

  test('one that is off or reports only is not among those that enforce beside IPv6', () => {
    const policies = [
      policyWith({ id: 'reports', include: ['All'], exclude: ['branch'], state: 'enabledForReportingButNotEnforced' }),
      policyWith({ id: 'enforces', include: ['All'], exclude: ['branch'], grant: MFA }),
    ];
    const { warnings } = analyseDependencies(tenantWith({ users: [BREAK_GLASS], policies, namedLocations: [BRANCH] }));
    expect(warnings.filter(({ code }) => code === 'ipv4OnlyLocation')).toEqual([
      {
        code: 'ipv4OnlyLocation',
        message: 'IPv6 sign-ins go past the tunnel and are never in `branch`, which lists IPv4 ranges only',
        policyIds: ['enforces'],
        locationIds: ['branch'],
      },
    ]);
  });

  test('a location without any range is none that lists IPv4 only', () => {
    const policies = [policyWith({ include: ['All'], exclude: ['empty'], grant: MFA })];
    expect(warned({ policies, namedLocations: [ipLocation('empty', [])] })).toEqual([]);
  });

  test('several that enforce strictly, in one warning; none where they are off', () => {
    const [one, two_, off] = two('both', strict);
    if (one === undefined || two_ === undefined || off === undefined) throw new Error('three policies');
    expect(warned({ policies: [one, two_], namedLocations: [both] }, 'unknownEffect')).toEqual([
      "strictLocation: `one`, `two` enforce locations strictly: people behind Global Secure Access are blocked at resources that see the proxy's address, even from an allowed one",
    ]);
    expect(warned({ policies: [off], namedLocations: [both] })).toEqual([]);
  });
});

test('where nobody is tunnelled, that is said, because the switch changes nothing', () => {
  const globalSecureAccess = {
    conditionalAccess: { signalingStatus: 'enabled' },
    onboardingStatus: 'offboarded',
  } as const;
  const policies = [{ ...blockOutsideOffice }];
  const { warnings, dependencies } = analyseDependencies(
    tenantWith({ users: [BREAK_GLASS], policies, namedLocations: [OFFICE], globalSecureAccess }),
  );
  expect(warnings.filter(({ code }) => code === 'nobodyTunnelled')).toEqual([
    {
      code: 'nobodyTunnelled',
      message: expect.stringContaining('the switch changes nothing'),
      policyIds: [],
      locationIds: [],
    },
  ]);
  expect(dependencies.map(({ onDisable, onEnable }) => [onDisable.effects, onEnable.effects])).toEqual([
    [['none'], ['none']],
  ]);
});

describe('emergency access accounts', () => {
  const excluding = (users: object) => ({
    ...blockOutsideOffice,
    conditions: { ...blockOutsideOffice.conditions, users: { includeUsers: ['All'], ...users } },
  });
  const namedLocations = [ipLocation('office', ['203.0.113.0/24', '2001:db8::/32'])];

  test('that a switch could lock out are named, with the switch and the policy', () => {
    const { warnings } = analyseDependencies(
      tenantWith({ policies: [blockOutsideOffice], namedLocations, users: [BREAK_GLASS] }),
    );
    expect(warnings).toEqual([
      {
        code: 'emergencyAccessLockedOut',
        message:
          'disabling signaling could lock out the emergency access account `break-glass@contoso.example`: `block outside the office` reaches it',
        policyIds: ['block outside the office'],
        locationIds: [],
        onSwitchTo: 'disabled',
      },
    ]);
  });

  test('that are excluded, themselves or by a group, are not', () => {
    const groups = [{ id: 'emergency', members: [BREAK_GLASS.id] }];
    const policies = [excluding({ excludeUsers: [BREAK_GLASS.id] }), excluding({ excludeGroups: ['emergency'] })];
    expect(warned({ policies, groups, namedLocations })).toEqual([]);
  });

  test('may be reached where the members of an excluded group are not known', () => {
    const policies = [excluding({ excludeGroups: ['emergency'] })];
    expect(warned({ policies, groups: [{ id: 'emergency' }], namedLocations })).toEqual([
      'emergencyAccessLockedOut: disabling signaling could lock out the emergency access account `break-glass@contoso.example`: `block outside the office` may reach it',
    ]);
  });

  test('are warned of when enabling is what locks them out', () => {
    const policies = [policyWith({ id: 'proxy only', include: ['All'], exclude: ['proxy'] })];
    expect(warned({ policies, namedLocations: [PROXY] }, 'ipv4OnlyLocation', 'locationHoldsProxy')).toEqual([
      'emergencyAccessLockedOut: enabling signaling could lock out the emergency access account `break-glass@contoso.example`: `proxy only` reaches it',
    ]);
  });

  test('that a policy reaches are named together, and those that it may reach with them', () => {
    const second = { id: 'second', displayName: 'Second key', isEmergencyAccess: true };
    const third = { id: 'third', isEmergencyAccess: true };
    const groups = [{ id: 'partly', members: [BREAK_GLASS.id] }, { id: 'unseen' }];
    const lockedOut = (users: object) => {
      const policies = [excluding(users)];
      const tenant = tenantWith({ policies, groups, namedLocations, users: [BREAK_GLASS, second, third] });
      const found = analyseDependencies(tenant).warnings.filter(({ code }) => code === 'emergencyAccessLockedOut');
      return found.map(({ message }) => message.split('out the ')[1]);
    };
    expect(lockedOut({})).toEqual([
      'emergency access accounts `break-glass@contoso.example`, `Second key`, `third`: `block outside the office` reaches them',
    ]);
    expect(lockedOut({ excludeGroups: ['partly'] })).toEqual([
      'emergency access accounts `Second key`, `third`: `block outside the office` reaches them',
    ]);
    expect(lockedOut({ excludeGroups: ['unseen'], excludeUsers: ['third'] })).toEqual([
      'emergency access accounts `break-glass@contoso.example`, `Second key`: `block outside the office` may reach them',
    ]);
  });

  test('are asked about by the policies that stop somebody, not by those that prompt', () => {
    const prompts = policyWith({ id: 'prompts', include: ['All'], exclude: ['office'], grant: MFA });
    const { isEmergencyAccess: _, ...unmarked } = BREAK_GLASS;
    const tenant = { policies: [prompts, blockOutsideOffice], namedLocations };
    expect(warned({ ...tenant, users: [unmarked] })).toEqual([
      'noEmergencyAccessMarked: no account is marked as emergency access, so nobody can say whether a switch locks one out by `block outside the office`',
    ]);
    expect(warned({ policies: [prompts], namedLocations, users: [unmarked] })).toEqual([]);
    expect(warned({ policies: [prompts], namedLocations })).toEqual([]);
  });

  test('are not guessed from names: where none is marked, that is said', () => {
    const { isEmergencyAccess: _, ...unmarked } = BREAK_GLASS;
    expect(warned({ policies: [blockOutsideOffice], namedLocations, users: [unmarked] })).toEqual([
      'noEmergencyAccessMarked: no account is marked as emergency access, so nobody can say whether a switch locks one out by `block outside the office`',
    ]);
  });

  test('should be excluded from a policy on the compliant network, because the signal can fail for everyone', () => {
    const policies = [policyWith({ id: 'compliant only', include: ['All'], exclude: [CN], grant: BLOCK })];
    expect(warned({ policies, namedLocations: [compliantNetwork()] })).toEqual([
      'compliantNetworkReachesEmergencyAccess: `compliant only` asks for the compliant network and does not exclude the emergency access account `break-glass@contoso.example`',
      'emergencyAccessLockedOut: disabling signaling could lock out the emergency access account `break-glass@contoso.example`: `compliant only` reaches it',
    ]);
  });

  test('are no matter of a policy on the compliant network that is off', () => {
    const off = policyWith({ id: 'off', include: ['All'], exclude: [CN], state: 'Disabled' });
    expect(warned({ policies: [off], namedLocations: [compliantNetwork()] })).toEqual([]);
  });

  test('and a policy on the compliant network are named by their ids too', () => {
    const policies = [policyWith({ id: 'compliant only', include: ['All'], exclude: [CN, 'office'], grant: MFA })];
    const { warnings } = analyseDependencies(
      tenantWith({ policies, namedLocations: [compliantNetwork(), ...namedLocations], users: [BREAK_GLASS] }),
    );
    expect(warnings).toEqual([
      {
        code: 'compliantNetworkReachesEmergencyAccess',
        message: expect.stringContaining('does not exclude the emergency access account `break-glass@contoso.example`'),
        policyIds: ['compliant only'],
        locationIds: [],
      },
    ]);
  });
});
