import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A company of the middle: what its export holds, and how its sign-ins are made. All of it follows from numbers. */
export const COMPANY = { users: 20_000, departments: 12, sites: 8, policies: 50, applications: 40 } as const;

const guid = (letter: string, at: number) => `${letter}0000000-0000-4000-8000-${at.toString(16).padStart(12, '0')}`;
const TENANT = '99081087-73c4-48d1-a112-f60ff75114f7';
const many = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));

/** Writes the export of the company, for `gsa import`. */
export function writeCompany(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const write = (name: string, value: readonly object[]) =>
    writeFileSync(join(folder, `${name}.json`), JSON.stringify({ value }));
  write('users', many(COMPANY.users, user));
  write('groups', [
    ...many(COMPANY.departments, (at) => group(at, (number) => number % COMPANY.departments === at)),
    ...EXCEPTIONS,
  ]);
  write('namedLocations', locations());
  write('policies', many(COMPANY.policies, policy));
}

const user = (at: number) => ({
  id: guid('a', at),
  displayName: `User ${at}`,
  userPrincipalName: `user${at}@company.example`,
  userType: 'Member',
});

function group(at: number, holds: (number: number) => boolean) {
  const members = many(COMPANY.users, (number) => number).filter(holds);
  return {
    id: guid('b', at),
    displayName: `Group ${at}`,
    securityEnabled: true,
    groupTypes: [],
    members: members.map((number) => ({ id: guid('a', number) })),
  };
}

/** Travellers, the works council, emergency accounts, pilots: few people each. */
const EXCEPTIONS = [
  group(20, (number) => number % 97 === 0),
  group(21, (number) => number % 211 === 1),
  group(22, (number) => number < 4),
  group(23, (number) => number % 40 === 7),
];

function locations(): object[] {
  const sites = many(COMPANY.sites, (at) => ({
    '@odata.type': '#microsoft.graph.ipNamedLocation',
    id: guid('c', at),
    displayName: `Site ${at}`,
    isTrusted: true,
    ipRanges: [
      { '@odata.type': '#microsoft.graph.iPv4CidrRange', cidrAddress: `198.18.${at * 8}.0/21` },
      { '@odata.type': '#microsoft.graph.iPv6CidrRange', cidrAddress: `2001:db8:${at}::/48` },
    ],
  }));
  const countries = [
    { at: 30, countriesAndRegions: ['DE', 'AT', 'CH'] },
    { at: 31, countriesAndRegions: ['KP', 'IR', 'RU'] },
  ].map(({ at, countriesAndRegions }) => ({
    '@odata.type': '#microsoft.graph.countryNamedLocation',
    id: guid('c', at),
    displayName: `Countries ${at}`,
    countriesAndRegions,
    includeUnknownCountriesAndRegions: false,
    countryLookupMethod: 'clientIpAddress',
  }));
  return [...sites, ...countries];
}

const GRANTS = [['mfa'], ['compliantDevice'], ['mfa', 'domainJoinedDevice'], ['block']] as const;

function policy(at: number): object {
  const isForAll = at % 5 === 0;
  const grant = GRANTS[at % 4] ?? ['mfa'];
  return {
    id: guid('9', at),
    displayName: `Policy ${at}`,
    state: at % 7 === 3 ? 'enabledForReportingButNotEnforced' : 'enabled',
    createdDateTime: '2025-01-01T00:00:00Z',
    conditions: {
      users: isForAll
        ? { includeUsers: ['All'], excludeGroups: [guid('b', 22)] }
        : { includeGroups: [guid('b', at % COMPANY.departments)], excludeGroups: [guid('b', 20 + (at % 4))] },
      applications: at % 3 === 0 ? { includeApplications: ['All'] } : { includeApplications: [guid('e', at % 20)] },
      clientAppTypes: at % 11 === 5 ? ['exchangeActiveSync', 'other'] : ['all'],
      ...(at % 2 === 0 || grant[0] === 'block'
        ? {
            locations: {
              includeLocations: ['All'],
              excludeLocations: at % 6 === 0 ? ['AllTrusted'] : [guid('c', at % 8), guid('c', 30)],
            },
          }
        : {}),
      ...(at % 9 === 4 ? { platforms: { includePlatforms: ['iOS', 'android'] } } : {}),
    },
    grantControls: { operator: 'OR', builtInControls: grant },
  };
}

/** A number below `limit` that follows from the sign-in (or the person) and a name. */
const draw = (of: string, name: string, limit: number) => `(hash(${of}, '${name}') % ${limit})::BIGINT`;
const text = (letter: string, number: string) => `printf('${letter}0000000-0000-4000-8000-%012x', ${number}::BIGINT)`;

/** SQL of DuckDB for sign-ins from number `from` to `to`, in Graph's names. */
export function signInsSql(from: number, to: number): string {
  return `
WITH drawn AS (
  SELECT i, ${draw('i', 'user', COMPANY.users)} AS u, ${draw('i', 'through', 10)} < 7 AS through,
    least(${draw('i', 'app', COMPANY.applications)}, ${draw('i', 'app2', COMPANY.applications)}) AS app,
    ${draw('i', 'place', 100)} AS place, ${draw('i', 'kind', 10)} < 7 AS silent, ${draw('i', 'result', 100)} AS result
  FROM range(${from}, ${to}) AS r(i)
), more AS (
  SELECT *, u % ${COMPANY.sites} AS site, (hash(u, 'device', ${draw('i', 'which', 2)}) % 1000)::BIGINT AS device,
    CASE
      WHEN place < 35 THEN printf('198.18.%d.%d', (u % ${COMPANY.sites} * 8 + ${draw('u', 'desk', 8)})::BIGINT, ${draw('u', 'host', 254)}::BIGINT)
      WHEN place < 80 THEN printf('203.0.%d.%d', ${draw('u', 'home', 256)}::BIGINT, ${draw('u', 'home2', 254)}::BIGINT)
      WHEN place < 90 THEN printf('2001:db8:%x::%x', ${draw('u', 'six', 20)}::BIGINT, ${draw('i', 'six', 60000)}::BIGINT)
      ELSE printf('100.%d.%d.%d', ${draw('i', 'm1', 60)}::BIGINT, ${draw('i', 'm2', 256)}::BIGINT, ${draw('i', 'm3', 254)}::BIGINT)
    END AS own
  FROM drawn
)
SELECT
  ${text('d', 'i')} AS id,
  strftime(make_timestamp(1780272000000000 + i * 259200), '%Y-%m-%dT%H:%M:%SZ') AS createdDateTime,
  ${text('a', 'u')} AS userId,
  'user' || u || '@company.example' AS userPrincipalName,
  'User ' || u AS userDisplayName,
  'member' AS userType,
  ${text('f', 'app % 6')} AS appId,
  'Client ' || app % 6 AS appDisplayName,
  ${text('e', 'app')} AS resourceId,
  'Application ' || app AS resourceDisplayName,
  '${TENANT}' AS homeTenantId,
  '${TENANT}' AS resourceTenantId,
  'none' AS crossTenantAccessType,
  own AS ipAddress,
  CASE WHEN through THEN printf('151.206.%d.%d', ${draw('i', 'p1', 4)}::BIGINT, ${draw('i', 'p2', 64)}::BIGINT) END AS globalSecureAccessIpAddress,
  through AS isThroughGlobalSecureAccess,
  CASE WHEN app % 7 = 0 THEN 'Browser' ELSE 'Mobile Apps and Desktop clients' END AS clientAppUsed,
  NOT silent AS isInteractive,
  [CASE WHEN silent THEN 'nonInteractiveUser' ELSE 'interactiveUser' END] AS signInEventTypes,
  ${text('1', 'i')} AS correlationId,
  CASE WHEN result < 96 THEN 'success' ELSE 'failure' END AS conditionalAccessStatus,
  'none' AS riskLevelDuringSignIn,
  'none' AS authenticationProtocol,
  'none' AS originalTransferMethod,
  'AzureAD' AS tokenIssuerType,
  CASE WHEN ${draw('i', 'mfa', 10)} < 6 THEN 'multiFactorAuthentication' ELSE 'singleFactorAuthentication' END AS authenticationRequirement,
  {
    'errorCode': CASE WHEN result < 92 THEN 0 WHEN result < 95 THEN 50126 WHEN result < 97 THEN 50074 ELSE 53003 END,
    'additionalDetails': CASE WHEN ${draw('i', 'claim', 3)} = 0 THEN 'MFA requirement satisfied by claim in the token' END
  } AS status,
  {
    'deviceId': CASE WHEN device % 10 < 7 THEN ${text('7', 'device')} ELSE '' END,
    'displayName': 'PC-' || device,
    'operatingSystem': ['Windows10', 'Windows 11', 'Windows 11', 'MacOs', 'Ios 17.4.1', 'Ios 18.0', 'Android 14'][1 + device % 7],
    'browser': 'Edge 1' || device % 30,
    'isCompliant': CASE WHEN device % 10 < 7 THEN device % 5 > 0 END,
    'trustType': CASE WHEN device % 10 < 7 THEN ['Hybrid Azure AD joined', 'Azure AD joined'][1 + device % 2] END
  } AS deviceDetail,
  {
    'city': 'City ' || site,
    'countryOrRegion': CASE WHEN place < 80 THEN ['DE', 'DE', 'AT', 'CH', 'NL', 'FR', 'IT', 'DE'][1 + site] ELSE ['DE', 'US', 'ES', 'PL', 'GB'][1 + ${draw('i', 'abroad', 5)}] END
  } AS location
FROM more`;
}
