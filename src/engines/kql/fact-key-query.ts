import type { CompiledTenant } from '../../core/conditional-access/compile.ts';
import { addressClasses } from '../../core/fact-keys/address-classes.ts';
import { prefixTables } from '../../core/fact-keys/prefix-tables.ts';
import { groupingOf } from '../../intake/sign-ins/facts/address-grouping.ts';

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
  'AuthenticationContextClassReferences',
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

/** The device itself, which traffic is of. */
const DEVICE = 'DeviceId = tostring(todynamic(tostring(DeviceDetail)).deviceId)';

function isOfUsers(table: KqlTable): boolean {
  return table === 'SigninLogs' || table === 'AADNonInteractiveUserSignInLogs';
}

function leg(table: KqlTable, since: string, hasTraffic: boolean): string {
  const columns = isOfUsers(table)
    ? [...USERS, ...OBJECTS, ...(hasTraffic ? [DEVICE] : [])]
    : [...WORKLOADS, 'Country = tostring(todynamic(tostring(LocationDetails)).countryOrRegion)'];
  return `(${table} | where TimeGenerated > ago(${since}) | project ${[...WITNESS, ...columns].join(', ')})`;
}

/** What a query is asked for. */
export interface KqlRequest {
  readonly tables: readonly KqlTable[];
  /** A span of KQL, such as `30d`. */
  readonly since: string;
  /** Takes the user's own address from the table of Global Secure Access traffic, where no sign-in has it once restoration is off. */
  readonly hasTraffic?: boolean;
}

/**
 * The query for the distinct facts of the sign-ins with their counts: addresses by the class that the tenant's locations give them,
 * people and applications as they are. No policy is in it. Where addresses are classed, each row says by which ranges, so that it is not
 * judged by others. Checked against the documented schemas, never run here.
 */
export function factKeyQuery(tenants: readonly CompiledTenant[], request: KqlRequest): string {
  const { tables, since } = request;
  const { other, lengths } = prefixTables(addressClasses(tenants).ipv4);
  const prefixes = lengths.flatMap(({ length, prefixes: of }) =>
    of.map(({ first, class: number }) => `"${quad(first)}/${length}", ${number}`),
  );
  const isClassed = prefixes.length > 0 && prefixes.length <= MOST_PREFIXES;
  const areUsers = tables.some(isOfUsers);
  const areWorkloads = tables.some((table) => !isOfUsers(table));
  const hasTraffic = areUsers && request.hasTraffic === true;
  const columns = [
    ...new Set([
      ...(areUsers ? [...USERS, ...OBJECTS.map((each) => each.split(' ')[0] ?? '')] : []),
      ...(areWorkloads ? [...WORKLOADS, 'Country'] : []),
    ]),
  ];
  const addresses = [
    'IPAddress',
    ...(areUsers ? ['GlobalSecureAccessIpAddress'] : []),
    ...(hasTraffic ? ['SourceIpAddress'] : []),
  ];
  const pairs = pairsOf(addresses);
  const key = [
    ...columns.filter((name) => !addresses.includes(name)),
    ...addresses.map((name) => `${name}Class`),
    ...pairs.map(({ name }) => name),
  ];
  const signIns = `union ${tables.map((table) => leg(table, since, hasTraffic)).join(',\n  ')}`;
  return [
    ...(isClassed ? [`let classes = datatable(Network: string, Class: int) [${prefixes.join(', ')}];`] : []),
    ...(hasTraffic ? withOwnAddress(signIns, since) : [signIns]),
    ...addresses.flatMap((name) => (isClassed ? classed(name, other) : [`| extend ${name}Class = ${name}`])),
    ...pairs.map(({ name, one, another }) => `| extend ${name} = ${one} == ${another}`),
    `| summarize SignInCount = count(), arg_min(CreatedDateTime, Id, ${addresses.join(', ')}) by ${key.join(', ')}`,
    `| extend LocationDetails = bag_pack("countryOrRegion", Country)${areUsers ? ', Status = bag_pack("additionalDetails", MfaResult), DeviceDetail = bag_pack("deviceId", iff(IsRegistered, "one", ""), "operatingSystem", OperatingSystem, "isCompliant", tobool(IsCompliant), "trustType", TrustType)' : ''}`,
    ...(isClassed ? [`| extend AddressGrouping = "${groupingOf(tenants)}"`] : []),
    `| project-away ${[...addresses.map((name) => `${name}Class`), 'Country', ...pairs.map(({ name }) => name), ...(areUsers ? ['MfaResult', 'OperatingSystem', 'IsRegistered', 'IsCompliant', 'TrustType'] : [])].join(', ')}`,
  ].join('\n');
}

/** Which of one sign-in's addresses are the same is told by no class of theirs. */
function pairsOf(addresses: readonly string[]) {
  return addresses.flatMap((one, at) =>
    addresses.slice(at + 1).map((another) => ({ name: `${one}Is${another}`, one, another })),
  );
}

/**
 * The sign-ins with the user's own address as SourceIpAddress: where the user's traffic was within five minutes, of the same device if
 * that had any, and nowhere where it was at two. As `gsa impact --gsa-traffic` takes it from the exported table (intake/gsa-traffic), but
 * by the user's id alone.
 */
function withOwnAddress(signIns: string, since: string): readonly string[] {
  return [
    `let signIns = ${signIns};`,
    `let traffic = NetworkAccessTraffic | where TimeGenerated > ago(${since}) - 10m and isnotempty(UserId) and isnotempty(SourceIp)
  | summarize From = min(TimeGenerated), To = max(TimeGenerated) by User = tolower(UserId), Slot = bin(TimeGenerated, 5m), SourceIp, Device = tolower(DeviceId);`,
    `let own = signIns | where IsThroughGlobalSecureAccess and isnotempty(UserId)
  | project Id, At = CreatedDateTime, User = tolower(UserId), OwnDevice = tolower(DeviceId)
  | mv-expand Slot = range(bin(At - 5m, 5m), bin(At + 5m, 5m), 5m) to typeof(datetime)
  | join kind=inner traffic on User, Slot
  | where To >= At - 5m and From <= At + 5m
  | summarize OfDevice = make_set_if(SourceIp, isnotempty(OwnDevice) and Device == OwnDevice), OfUser = make_set(SourceIp) by Id
  | extend Near = iff(array_length(OfDevice) > 0, OfDevice, OfUser)
  | project Id, SourceIpAddress = iff(array_length(Near) == 1, tostring(Near[0]), "");`,
    'signIns | join kind=leftouter own on Id | project-away Id1, DeviceId',
    '| extend SourceIpAddress = coalesce(SourceIpAddress, "")',
  ];
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
