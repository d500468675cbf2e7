import fc from 'fast-check';
import type { Device, Identity, PolicyTestimony, SignInAttempt, Target } from '../../../src/core/signaling/attempt.ts';
import type { Observation } from '../../../src/core/signaling/observation.ts';
import { APP_IDS, OTHER_TENANT_ID, PRINCIPAL_IDS, TENANT_ID, USER_IDS } from './directory.ts';
import { addresses, countries } from './network.ts';

const maybe = <T>(arbitrary: fc.Arbitrary<T>, freq = 12) => fc.option(arbitrary, { nil: undefined, freq });

const identities: fc.Arbitrary<Identity> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('user' as const),
      userId: maybe(fc.constantFrom(...USER_IDS, 'a0000000-0000-4000-8000-0000000000ff')),
      userPrincipalName: maybe(fc.constantFrom('user1@contoso.com', 'stranger@fabrikam.com')),
      externalUserType: maybe(fc.constantFrom('none', 'internalGuest', 'b2bCollaborationGuest'), 1),
      isOfThisTenant: maybe(fc.constant(true as const), 1),
      homeTenantId: maybe(fc.constantFrom(TENANT_ID, OTHER_TENANT_ID), 1),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom('servicePrincipal' as const, 'managedIdentity' as const),
      servicePrincipalId: maybe(fc.constantFrom(...PRINCIPAL_IDS)),
      appId: maybe(fc.constantFrom(...PRINCIPAL_IDS), 1),
    }),
  },
);

const audiences = maybe(
  fc.array(
    fc.record({
      appId: fc.constantFrom(...APP_IDS),
      displayName: maybe(fc.constantFrom('Office 365 Exchange Online', 'Payroll', 'ZTNA Policy Service'), 1),
    }),
    { minLength: 1, maxLength: 3 },
  ),
);

const targets: fc.Arbitrary<Target> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('application' as const),
      audiences,
      clientAppId: maybe(fc.constantFrom(...APP_IDS)),
      authenticationContexts: maybe(
        fc.array(
          fc.record({
            id: fc.constantFrom('c1', 'c2', 'c9', 'urn:user:registersecurityinfo'),
            isRequired: fc.constantFrom(true as const, undefined),
          }),
          { maxLength: 2 },
        ),
        1,
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('userAction' as const),
      userAction: fc.constantFrom('urn:user:registersecurityinfo', 'urn:user:registerdevice'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('authenticationContext' as const),
      authenticationContext: fc.constantFrom('c1', 'c2', 'c3'),
      audiences,
    }),
  },
);

const devices: fc.Arbitrary<Device | null> = fc.option(
  fc.record(
    {
      isCompliant: fc.boolean(),
      isManaged: fc.boolean(),
      trustType: fc.constantFrom('AzureAD', 'ServerAD', null),
      displayName: fc.constantFrom('PC-1', 'phone', null),
      model: fc.constantFrom('A', null),
      operatingSystem: fc.constantFrom('Windows', null),
      extensionAttribute1: fc.constantFrom('SAW', null),
      physicalIds: fc.constantFrom(null, ['[ZTDId]'], []),
    },
    { requiredKeys: [] },
  ),
  { nil: null },
);

/** What the session proves; every fact may be missing. */
const satisfied: fc.Arbitrary<SignInAttempt['satisfied']> = fc.record({
  mfa: maybe(fc.boolean()),
  authenticationMethodCombination: maybe(fc.constantFrom('password', 'password,sms', 'sms,password', 'fido2')),
  compliantDevice: maybe(fc.boolean()),
  domainJoinedDevice: maybe(fc.boolean()),
  compliantApplication: maybe(fc.boolean()),
  passwordChange: maybe(fc.boolean()),
  termsOfUseAccepted: maybe(fc.constantFrom<readonly string[]>([], ['20000000-0000-4000-8000-000000000001'])),
  customAuthenticationFactors: maybe(fc.constantFrom<readonly string[]>([], ['factor'])),
});

/** A sign-in of the small world; it goes directly, and what Entra sees of it is drawn apart in {@link observations}. */
export const attempts: fc.Arbitrary<SignInAttempt> = fc.record({
  identity: identities,
  target: targets,
  network: fc.record({
    via: fc.constantFrom('direct' as const, undefined),
    source: fc.record({ address: maybe(addresses), countryOrRegion: maybe(countries) }),
  }),
  clientAppType: maybe(
    fc.constantFrom('browser', 'mobileAppsAndDesktopClients', 'exchangeActiveSync', 'easSupported', 'other'),
  ),
  devicePlatform: maybe(fc.constantFrom('windows', 'iOS', 'linux', null)),
  device: maybe(devices),
  signInRiskLevel: maybe(fc.constantFrom('none', 'low', 'high', 'hidden')),
  userRiskLevel: maybe(fc.constantFrom('none', 'low', 'high')),
  servicePrincipalRiskLevel: maybe(fc.constantFrom('none', 'high')),
  insiderRiskLevel: maybe(fc.constantFrom('none', 'minor', 'elevated')),
  authenticationFlow: maybe(fc.constantFrom('none', 'deviceCodeFlow')),
  originalTransferMethod: maybe(fc.constantFrom('none', 'deviceCodeFlow')),
  refusedControl: maybe(fc.constantFrom('compliantDevice', 'domainJoinedDevice'), 1),
  gpsCountryOrRegion: maybe(countries),
  insideCorporateNetwork: maybe(fc.boolean(), 1),
  satisfied,
  canPerformMfa: maybe(fc.boolean()),
});

/** What Entra sees, independent of any signaling: every fact may be missing. */
export const observations: fc.Arbitrary<Observation> = fc.record({
  ipAddress: maybe(addresses),
  seenAddress: fc.constant(undefined),
  countryOrRegion: maybe(countries),
  isThroughGlobalSecureAccess: maybe(fc.boolean()),
  globalSecureAccessIpAddress: fc.constant(undefined),
  compliantNetwork: maybe(fc.boolean()),
  resourceIpAddress: maybe(addresses, 1),
  restored: fc.boolean(),
});

/** What a record says of a policy. */
export const testimonies: fc.Arbitrary<PolicyTestimony> = fc.record({
  result: fc.constant('success'),
  satisfied: fc.subarray(['application', 'users', 'location', 'clientType', 'deviceState']),
  notSatisfied: fc.subarray(['signInRisk', 'userRisk', 'devicePlatform']),
  applied: maybe(fc.boolean(), 2),
  controlsSatisfied: maybe(fc.boolean(), 2),
});
