import type { CompiledTenant } from '../../core/conditional-access/compile.ts';
import { addressClasses } from '../../core/fact-keys/address-classes.ts';
import { prefixTables } from '../../core/fact-keys/prefix-tables.ts';

/** Tables of sign-ins in Log Analytics, Sentinel and Data Explorer, as Azure Monitor documents them. */
export const KQL_TABLES = [
  'SigninLogs',
  'AADNonInteractiveUserSignInLogs',
  'AADServicePrincipalSignInLogs',
  'AADManagedIdentitySignInLogs',
] as const;
export type KqlTable = (typeof KQL_TABLES)[number];

/** Prefixes beyond which a query would be too long: then each address is a part of the key. */
const MOST_PREFIXES = 2_000;

/** What each table says, in columns of one name and type: what is an object in one is text in the other. */
const USERS = [
  'Category',
  'UserId',
  'UserPrincipalName',
  'UserDisplayName',
  'UserType',
  'CrossTenantAccessType',
  'HomeTenantId',
  'ResourceTenantId',
  'AppId',
  'AppDisplayName',
  'ResourceIdentity',
  'ResourceDisplayName',
  'ClientAppUsed',
  'IPAddress',
  'IsThroughGlobalSecureAccess',
  'GlobalSecureAccessIpAddress',
  'AuthenticationRequirement',
  'AuthenticationProtocol',
  'OriginalTransferMethod',
  'RiskLevelDuringSignIn',
  'ConditionalAccessStatus',
  'ResultType',
  'TokenIssuerType',
];
const OBJECTS = [
  'Country = tostring(todynamic(tostring(LocationDetails)).countryOrRegion)',
  'MfaResult = tostring(todynamic(tostring(Status)).additionalDetails)',
  'OperatingSystem = tostring(todynamic(tostring(DeviceDetail)).operatingSystem)',
  'IsRegistered = isnotempty(todynamic(tostring(DeviceDetail)).deviceId)',
  'IsCompliant = tostring(todynamic(tostring(DeviceDetail)).isCompliant)',
  'TrustType = tostring(todynamic(tostring(DeviceDetail)).trustType)',
];
const WORKLOADS = [
  'Category',
  'ServicePrincipalId',
  'ServicePrincipalName',
  'AppId',
  'ResourceIdentity',
  'ResourceDisplayName',
  'IPAddress',
  'ConditionalAccessStatus',
  'ResultType',
];
const WITNESS = ['Id', 'CreatedDateTime'];

function leg(table: KqlTable, since: string): string {
  const isUsers = table === 'SigninLogs' || table === 'AADNonInteractiveUserSignInLogs';
  const columns = isUsers
    ? [...USERS, ...OBJECTS]
    : [...WORKLOADS, 'Country = tostring(todynamic(tostring(LocationDetails)).countryOrRegion)'];
  return `(${table} | where TimeGenerated > ago(${since}) | project ${[...WITNESS, ...columns].join(', ')})`;
}

/**
 * The query for the distinct facts of the sign-ins with their counts: addresses by the class that the tenant's locations give them,
 * people and applications as they are. No policy is in it. Checked against the documented schemas, never run here.
 */
export function factKeyQuery(tenants: readonly CompiledTenant[], tables: readonly KqlTable[], since: string): string {
  const { other, lengths } = prefixTables(addressClasses(tenants).ipv4);
  const prefixes = lengths.flatMap(({ length, prefixes: of }) =>
    of.map(({ first, class: number }) => `"${quad(first)}/${length}", ${number}`),
  );
  const isClassed = prefixes.length > 0 && prefixes.length <= MOST_PREFIXES;
  const areUsers = tables.some((table) => table === 'SigninLogs' || table === 'AADNonInteractiveUserSignInLogs');
  const areWorkloads = tables.some(
    (table) => table.startsWith('AADServicePrincipal') || table.startsWith('AADManaged'),
  );
  const columns = [
    ...new Set([
      ...(areUsers ? [...USERS, ...OBJECTS.map((each) => each.split(' ')[0] ?? '')] : []),
      ...(areWorkloads ? [...WORKLOADS, 'Country'] : []),
    ]),
  ];
  const addresses = ['IPAddress', ...(areUsers ? ['GlobalSecureAccessIpAddress'] : [])];
  const key = [
    ...columns.filter((name) => !addresses.includes(name)),
    ...addresses.map((name) => `${name}Class`),
    ...(areUsers ? ['IsSameAddress'] : []),
  ];
  return [
    ...(isClassed ? [`let classes = datatable(Network: string, Class: int) [${prefixes.join(', ')}];`] : []),
    `union ${tables.map((table) => leg(table, since)).join(',\n  ')}`,
    ...addresses.flatMap((name) => (isClassed ? classed(name, other) : [`| extend ${name}Class = ${name}`])),
    ...(areUsers ? ['| extend IsSameAddress = IPAddress == GlobalSecureAccessIpAddress'] : []),
    `| summarize SignInCount = count(), arg_min(CreatedDateTime, Id, ${addresses.join(', ')}) by ${key.join(', ')}`,
    `| extend LocationDetails = bag_pack("countryOrRegion", Country)${areUsers ? ', Status = bag_pack("additionalDetails", MfaResult), DeviceDetail = bag_pack("deviceId", iff(IsRegistered, "one", ""), "operatingSystem", OperatingSystem, "isCompliant", tobool(IsCompliant), "trustType", TrustType)' : ''}`,
    `| project-away ${[...addresses.map((name) => `${name}Class`), 'Country', ...(areUsers ? ['IsSameAddress', 'MfaResult', 'OperatingSystem', 'IsRegistered', 'IsCompliant', 'TrustType'] : [])].join(', ')}`,
  ].join('\n');
}

/** IPv4 by the prefix that holds it, of which there is one at most; anything else is itself. */
function classed(name: string, other: number): readonly string[] {
  return [
    `| evaluate ipv4_lookup(classes, ${name}, Network, return_unmatched = true)`,
    `| extend ${name}Class = iff(isnull(parse_ipv4(${name})), ${name}, strcat("class ", coalesce(Class, int(${other}))))`,
    '| project-away Network, Class',
  ];
}

function quad(word: number): string {
  return [24, 16, 8, 0].map((shift) => (word >>> shift) & 255).join('.');
}
