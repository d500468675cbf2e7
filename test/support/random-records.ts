import { randomNumbers } from '../../bench/generated-tenant.ts';
import type { Tenant } from '../../src/core/tenant/tenant.ts';
import { APP_IDS, OTHER_TENANT_ID, PRINCIPAL_IDS, TENANT_ID, USER_IDS } from './arbitraries/directory.ts';
import { ADDRESS_TEXTS, COUNTRIES } from './arbitraries/network.ts';

/** Where people register: there a sign-in may be a user action. */
const MY_SIGNINS = '19db86c3-b2b9-44cc-b339-36da233a3be2';
const DEVICE_REGISTRATION = '01cb2876-7ebd-4aa4-9cc9-d28bd4d359a9';

export type RandomRecord = { readonly id?: string } & Record<string, unknown>;

/**
 * Sign-ins of Graph's with everything that tells the classes of a key apart, and much that does not: absent and odd members, people
 * and applications that no tenant knows, addresses in every spelling, records that are no sign-ins.
 */
export function* randomRecords(seed: number, count: number, { policies }: Tenant): Generator<RandomRecord> {
  const random = randomNumbers(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const one = <T>(...list: readonly T[]): T => list[below(list.length)] as T;
  const rarely = <T>(value: () => T, share = 0.1): T | undefined => (random() < share ? value() : undefined);
  const ids = policies.map(({ id, displayName }) => ({ id, displayName }));
  for (let at = 0; at < count; at++) yield cleaned(record(at));

  function record(at: number): RandomRecord {
    const user = below(40);
    const through = random() < 0.6;
    const own = address();
    const proxy = `151.206.${below(4)}.${1 + below(250)}`;
    const recorded = through && random() < 0.3 ? proxy : own;
    const kind = below(20);
    const isPerson = kind > 1;
    return {
      id: rarely(() => undefined, 0.01) ?? `${seed}-${at}`,
      createdDateTime: rarely(() => one<unknown>('yesterday', '2026-06-01', null, 5), 0.005) ?? time(at),
      ...(isPerson
        ? {
            userId: rarely(() => undefined, 0.05) ?? userId(user),
            userPrincipalName: rarely(() => undefined, 0.1) ?? `user${user}${one('', '', '#ext#')}@contoso.example`,
            userDisplayName: `User ${user}`,
          }
        : { servicePrincipalId: one(...PRINCIPAL_IDS, 'nobody'), servicePrincipalName: 'robot' }),
      userType: one('member', 'member', 'Member', 'guest', undefined),
      homeTenantId: one(TENANT_ID, TENANT_ID, TENANT_ID, OTHER_TENANT_ID, undefined),
      resourceTenantId: one(TENANT_ID, TENANT_ID, TENANT_ID, undefined, OTHER_TENANT_ID),
      crossTenantAccessType: one(
        'none',
        'none',
        'none',
        'b2bCollaboration',
        'b2bDirectConnect',
        undefined,
        'passthrough',
        'serviceProvider',
        'b2bCollaboration,unknownFutureValue',
      ),
      signInEventTypes: one(
        undefined,
        [isPerson ? 'interactiveUser' : 'servicePrincipal'],
        ['nonInteractiveUser'],
        one([], undefined),
      ),
      isInteractive: one(true, false, undefined),
      agent: rarely(() => ({ agentSubjectType: one('agentIdUser', 'agenticAppInstance', 'notAgentic', 'other') })),
      appId: one(...APP_IDS, 'client', MY_SIGNINS, undefined),
      appDisplayName: 'Client',
      resourceId: one(...APP_IDS, ...APP_IDS, 'elsewhere', DEVICE_REGISTRATION, undefined),
      resourceDisplayName: one('Office 365 Exchange Online', 'Payroll', undefined),
      conditionalAccessAudiences: rarely(() => [one(...APP_IDS), one(...APP_IDS)], 0.2),
      authenticationContextClassReferences: one<unknown>(
        undefined,
        [],
        [{ id: one('c1', 'C2', 'c9', 'urn:microsoft:req1'), detail: one('required', 'previouslySatisfied') }],
        [
          { id: 'c1', detail: one('notApplicable', 'Required', null) },
          { id: 'urn:user:registersecurityinfo', detail: one('required', 'unknownFutureValue') },
        ],
        one<unknown>(['c1'], 'c1', [null], null),
      ),
      ipAddress: rarely(() => one<unknown>('', 'not an address', '010.0.0.1', `${own}:443`, null), 0.05) ?? recorded,
      sourceIpAddress: rarely(() => one(own, address()), 0.1),
      globalSecureAccessIpAddress: through ? (rarely(() => one(undefined, proxy, own)) ?? proxy) : undefined,
      ipAddressFromResourceProvider: rarely(() => one(own, proxy, address()), 0.2),
      isThroughGlobalSecureAccess: one(through, through, through, undefined),
      location: one({ city: 'A', countryOrRegion: one(...COUNTRIES, 'nl', 'NL') }, undefined, {
        countryOrRegion: 'Holland',
      }),
      clientAppUsed: one(
        'Browser',
        'Browser',
        'Mobile Apps and Desktop clients',
        'Exchange ActiveSync',
        'IMAP',
        undefined,
      ),
      riskLevelDuringSignIn: one('none', 'none', 'low', 'high', 'hidden', undefined),
      authenticationProtocol: one('none', 'deviceCode', 'ropc', undefined),
      originalTransferMethod: one('none', 'deviceCodeFlow', undefined),
      tokenProtectionStatusDetails: rarely(() => ({
        signInSessionStatus: one('bound', 'unbound'),
        signInSessionStatusCode: 1008,
      })),
      status: one(
        { errorCode: 0 },
        {
          errorCode: 0,
          additionalDetails: one(
            'MFA requirement satisfied by claim in the token',
            'MFA requirement skipped due to remembered device',
          ),
        },
        { errorCode: one(50126, 53003, 50074, 65001, 53000, 53001), failureReason: 'no' },
        undefined,
      ),
      authenticationDetails: one(
        undefined,
        [{ authenticationMethod: 'Password', authenticationStepDateTime: time(at), succeeded: true }],
        [
          { authenticationMethod: 'Password' },
          {
            authenticationMethod: 'App',
            authenticationStepResultDetail: 'MFA completed in Azure AD',
            succeeded: one(true, false),
          },
        ],
      ),
      authenticationRequirement: one('singleFactorAuthentication', 'multiFactorAuthentication', undefined),
      mfaDetail: rarely(() => ({ authMethod: 'Text message', authDetail: `+${at}` })),
      deviceDetail: one(
        undefined,
        { deviceId: '', operatingSystem: one('Windows10', 'Ios 17.4', '') },
        {
          deviceId: `d${below(30)}`,
          displayName: `PC ${below(5)}`,
          operatingSystem: one('Windows10', 'MacOs', 'ChromeOs', 'Linux'),
          browser: `Chrome ${below(9)}`,
          isCompliant: one(true, false, undefined),
          trustType: one('Hybrid Azure AD joined', 'Azure AD registered', undefined),
        },
      ),
      conditionalAccessStatus: one('success', 'failure', 'notApplied', undefined),
      tokenIssuerType: one('AzureAD', 'AzureAD', 'AzureAD', 'ADFederationServices', undefined),
      appliedConditionalAccessPolicies: one(
        undefined,
        [],
        ids.map(said),
        [...ids, { id: 'gone', displayName: 'Gone' }].map(said),
      ),
      correlationId: `c${at}`,
      signInCount: rarely(() => 1 + below(40)),
      userIds: rarely(() =>
        one([], [userId(user)], [userId(user), userId(below(40)), userId(below(40))], ['nobody', 'several'], null),
      ),
      userCount: rarely(() => one<unknown>(1, 1, 2, 5, null)),
    };
  }

  function said(policy: { readonly id: string; readonly displayName: string }) {
    return {
      ...policy,
      result: one('success', 'failure', 'notApplied', 'notEnabled', 'reportOnlySuccess', 'unknown'),
      enforcedGrantControls: [`${below(1000)}`],
      ...one<object>(
        {
          conditionsSatisfied: one<unknown>('application,users', 'none', 3),
          conditionsNotSatisfied: one('none', 'location'),
        },
        {},
      ),
    };
  }

  function userId(user: number): string {
    const known = USER_IDS[user % 8];
    return known === undefined ? `00000000-0000-4000-8000-0000000000${10 + user}` : one(known, known.toUpperCase());
  }

  function address(): string {
    return one(
      ...ADDRESS_TEXTS,
      `203.0.113.${below(255)}`,
      `198.51.100.${below(255)}`,
      `2001:db8::${below(9)}`,
      `2001:DB8:0:0::${below(9)}`,
    );
  }

  function time(at: number): string {
    return new Date(Date.UTC(2026, 5, 1) + at * 7_001).toISOString();
  }
}

/** JSON has no undefined. */
function cleaned(record: RandomRecord): RandomRecord {
  return JSON.parse(JSON.stringify(record)) as RandomRecord;
}

/**
 * Many sign-ins of the same kinds: what is said is drawn from few random records, and each is somebody's, from somewhere. So a
 * million of them have the keys of thousands, as those of a company have.
 */
export function* repeatingRecords(seed: number, count: number, tenant: Tenant, kinds = 60): Generator<RandomRecord> {
  const drawn = [...randomRecords(seed, kinds, tenant)];
  const random = randomNumbers(seed + 1);
  const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const OWN = ['userId', 'userPrincipalName', 'userDisplayName'];
  for (let at = 0; at < count; at++) {
    const [kind, person] = [one(drawn), one(drawn)];
    const own = kind['userId'] === undefined ? [] : OWN.filter((name) => person[name] !== undefined);
    yield {
      ...kind,
      ...Object.fromEntries(own.map((name) => [name, person[name]])),
      ...(kind.id === undefined ? {} : { id: `${seed}-${at}` }),
      ...(random() < 0.2 && typeof kind['ipAddress'] === 'string'
        ? { ipAddress: `203.0.113.${Math.floor(random() * 256)}` }
        : {}),
      correlationId: `c${at}`,
    };
  }
}
