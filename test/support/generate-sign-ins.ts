/**
 * Believable sign-ins without end: the same seed and number give the same record, in Graph's beta form or as any road writes
 * it. For tests and benchmarks; nothing in it is anybody's. Addresses are documentation ranges and, through Global Secure
 * Access, its published egress.
 */

export interface GenerateOptions {
  readonly seed?: number;
  /** Users to draw from. */
  readonly users?: number;
  /** Share of sign-ins through Global Secure Access, 0 to 1. */
  readonly throughGsa?: number;
  /** With signaling off the recorded address is the proxy's. */
  readonly signaling?: 'enabled' | 'disabled';
  /** Time of the first sign-in; each is up to `spread` milliseconds behind the one before. */
  readonly from?: string;
  readonly spread?: number;
}

/** A Graph beta `signIn`, as the generator makes it. */
export interface GeneratedSignIn {
  readonly id: string;
  readonly createdDateTime: string;
  readonly [member: string]: unknown;
}

const APPLICATIONS = [
  { appId: '00000002-0000-0ff1-ce00-000000000000', name: 'Office 365 Exchange Online' },
  { appId: '00000003-0000-0ff1-ce00-000000000000', name: 'Office 365 SharePoint Online' },
  { appId: '00000003-0000-0000-c000-000000000000', name: 'Microsoft Graph' },
  { appId: '797f4846-ba00-4fd7-ba43-dac1f8f63013', name: 'Windows Azure Service Management API' },
];
const CLIENTS = [
  { appId: 'd3590ed6-52b3-4102-aeff-aad2292ab01c', name: 'Microsoft Office', used: 'Mobile Apps and Desktop clients' },
  { appId: '1fec8e78-bce4-4aaf-ab1b-5451cc387264', name: 'Microsoft Teams', used: 'Mobile Apps and Desktop clients' },
  { appId: '9199bf20-a13f-4107-85dc-02114787ef48', name: 'One Outlook Web', used: 'Browser' },
  { appId: 'c44b4083-3bb0-49c1-b47d-974e53cbdf3c', name: 'Azure Portal', used: 'Browser' },
];
const SYSTEMS = ['Windows10', 'Windows 11', 'MacOs', 'Ios 17.4', 'Android', 'Linux'];
const PLACES = [
  { city: 'Dublin', state: 'Leinster', countryOrRegion: 'IE' },
  { city: 'Lyon', state: 'Rhone', countryOrRegion: 'FR' },
  { city: 'Redmond', state: 'Washington', countryOrRegion: 'US' },
];
const TENANT = '99081087-73c4-48d1-a112-f60ff75114f7';

/** One sign-in after the other, for ever. */
export function* generateSignIns(options: GenerateOptions = {}): Generator<GeneratedSignIn, never> {
  const { seed = 1, users = 5000, throughGsa = 0.5, signaling = 'enabled', spread = 2000 } = options;
  const random = randomNumbers(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const pick = <T>(list: readonly T[]): T => {
    const item = list[below(list.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  };
  let time = Date.parse(options.from ?? '2026-01-01T00:00:00Z');
  for (;;) {
    time += below(spread);
    const user = below(users);
    const client = pick(CLIENTS);
    const resource = pick(APPLICATIONS);
    const own = `203.0.113.${1 + below(254)}`;
    const through = random() < throughGsa;
    const proxy = `151.206.${below(256)}.${1 + below(254)}`;
    const interactive = random() < 0.4;
    const registered = random() < 0.7;
    const mfa = random() < 0.6;
    const failed = random() < 0.05;
    const id = guid(below);
    yield {
      id,
      createdDateTime: new Date(time).toISOString().replace(/\.?0*Z$/, 'Z'),
      userDisplayName: `User ${user}`,
      userPrincipalName: `user${user}@contoso.com`,
      userId: `00000000-0000-4000-8000-${String(user).padStart(12, '0')}`,
      appId: client.appId,
      appDisplayName: client.name,
      ipAddress: through && signaling === 'disabled' ? proxy : own,
      clientAppUsed: client.used,
      userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0',
      correlationId: guid(below),
      conditionalAccessStatus: failed ? 'failure' : 'success',
      originalRequestId: id,
      isInteractive: interactive,
      tokenIssuerType: 'AzureAD',
      processingTimeInMilliseconds: 50 + below(400),
      riskDetail: 'none',
      riskLevelAggregated: 'none',
      riskLevelDuringSignIn: 'none',
      riskState: 'none',
      resourceDisplayName: resource.name,
      resourceId: resource.appId,
      resourceTenantId: TENANT,
      homeTenantId: TENANT,
      authenticationProtocol: 'none',
      incomingTokenType: interactive ? 'none' : 'refreshToken',
      originalTransferMethod: 'none',
      authenticationRequirement: mfa ? 'multiFactorAuthentication' : 'singleFactorAuthentication',
      signInEventTypes: [interactive ? 'interactiveUser' : 'nonInteractiveUser'],
      userType: 'member',
      flaggedForReview: false,
      autonomousSystemNumber: 64500,
      crossTenantAccessType: 'none',
      isThroughGlobalSecureAccess: through,
      ...(through ? { globalSecureAccessIpAddress: proxy } : {}),
      status: failed
        ? { errorCode: 53003, failureReason: 'Access has been blocked by Conditional Access policies.' }
        : mfa
          ? { errorCode: 0, additionalDetails: 'MFA requirement satisfied by claim in the token' }
          : { errorCode: 0 },
      deviceDetail: {
        deviceId: registered ? guid(below) : '',
        operatingSystem: pick(SYSTEMS),
        browser: 'Chrome 140.0',
        ...(registered ? { isCompliant: random() < 0.8, isManaged: true, trustType: 'Hybrid Azure AD joined' } : {}),
      },
      location: pick(PLACES),
      appliedConditionalAccessPolicies: [
        {
          id: '11111111-0000-4000-8000-000000000001',
          displayName: 'Require MFA for everybody',
          enforcedGrantControls: ['Mfa'],
          enforcedSessionControls: [],
          result: failed ? 'failure' : 'success',
          conditionsSatisfied: 'application,users',
          conditionsNotSatisfied: 'none',
        },
      ],
      networkLocationDetails: [],
      authenticationDetails: [],
      conditionalAccessAudiences: [resource.appId],
    };
  }
}

/** The first so many. */
export function signIns(count: number, options: GenerateOptions = {}): readonly GeneratedSignIn[] {
  const endless = generateSignIns(options);
  return Array.from({ length: count }, () => endless.next().value);
}

/** Mulberry32. */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function guid(below: (limit: number) => number): string {
  const hex = (digits: number) => Array.from({ length: digits }, () => below(16).toString(16)).join('');
  return `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`;
}
