import type { Members } from '../facts/members.ts';
import { booleanOf, integerOf, isMembers, setMember } from '../facts/members.ts';
import type { Draft } from './graph-record.ts';

/**
 * The CSV that the admin center downloads: 56 columns for users, 22 for applications, in words for people (D-DOWNLOAD).
 * Headers are compared without case and odd spaces (`Application ID `, `Autonomous system  number`); `Incoming token type`
 * stands there twice.
 */

type Reading = 'text' | 'enum' | 'yesNo' | 'integer' | 'place' | 'requirement';

/** Header in lower case → path of the member in Graph's `signIn`, and how its cell is read. */
const COLUMNS: Readonly<Record<string, readonly [path: string, reading: Reading]>> = {
  'date (utc)': ['createdDateTime', 'text'],
  date: ['createdDateTime', 'text'],
  'request id': ['id', 'text'],
  'user agent': ['userAgent', 'text'],
  'correlation id': ['correlationId', 'text'],
  'user id': ['userId', 'text'],
  user: ['userDisplayName', 'text'],
  username: ['userPrincipalName', 'text'],
  'user type': ['userType', 'text'],
  'cross tenant access type': ['crossTenantAccessType', 'enum'],
  'incoming token type': ['incomingTokenType', 'enum'],
  'authentication protocol': ['authenticationProtocol', 'enum'],
  'unique token identifier': ['uniqueTokenIdentifier', 'text'],
  'original transfer method': ['originalTransferMethod', 'enum'],
  'client credential type': ['clientCredentialType', 'enum'],
  'token protection - sign in session': ['tokenProtectionStatusDetails.signInSessionStatus', 'enum'],
  'token protection - sign in session statuscode': ['tokenProtectionStatusDetails.signInSessionStatusCode', 'integer'],
  application: ['appDisplayName', 'text'],
  'application id': ['appId', 'text'],
  'app owner tenant id': ['appOwnerTenantId', 'text'],
  resource: ['resourceDisplayName', 'text'],
  'resource id': ['resourceId', 'text'],
  'resource tenant id': ['resourceTenantId', 'text'],
  'resource owner tenant id': ['resourceOwnerTenantId', 'text'],
  'home tenant id': ['homeTenantId', 'text'],
  'home tenant name': ['homeTenantName', 'text'],
  'ip address': ['ipAddress', 'text'],
  location: ['location', 'place'],
  'sign-in error code': ['status.errorCode', 'integer'],
  'failure reason': ['status.failureReason', 'text'],
  'client app': ['clientAppUsed', 'text'],
  'device id': ['deviceDetail.deviceId', 'text'],
  browser: ['deviceDetail.browser', 'text'],
  'operating system': ['deviceDetail.operatingSystem', 'text'],
  compliant: ['deviceDetail.isCompliant', 'yesNo'],
  managed: ['deviceDetail.isManaged', 'yesNo'],
  'join type': ['deviceDetail.trustType', 'text'],
  'multifactor authentication result': ['status.additionalDetails', 'text'],
  'multifactor authentication auth method': ['mfaDetail.authMethod', 'text'],
  'multifactor authentication auth detail': ['mfaDetail.authDetail', 'text'],
  'authentication requirement': ['authenticationRequirement', 'requirement'],
  'sign-in identifier': ['signInIdentifier', 'text'],
  'session id': ['sessionId', 'text'],
  'ip address (seen by resource)': ['ipAddressFromResourceProvider', 'text'],
  'through global secure access': ['isThroughGlobalSecureAccess', 'yesNo'],
  'global secure access ip address': ['globalSecureAccessIpAddress', 'text'],
  'autonomous system number': ['autonomousSystemNumber', 'integer'],
  'flagged for review': ['flaggedForReview', 'yesNo'],
  'token issuer type': ['tokenIssuerType', 'text'],
  'token issuer name': ['tokenIssuerName', 'text'],
  latency: ['processingTimeInMilliseconds', 'integer'],
  'conditional access': ['conditionalAccessStatus', 'enum'],
  'managed identity type': ['managedServiceIdentity.msiType', 'enum'],
  'associated resource id': ['managedServiceIdentity.associatedResourceId', 'text'],
  'federated token id': ['managedServiceIdentity.federatedTokenId', 'text'],
  'federated token issuer': ['managedServiceIdentity.federatedTokenIssuer', 'text'],
  'service principal id': ['servicePrincipalId', 'text'],
  'service principal name': ['servicePrincipalName', 'text'],
  'credential key id': ['servicePrincipalCredentialKeyId', 'text'],
  'credential thumbprint': ['servicePrincipalCredentialThumbprint', 'text'],
};

/** The header without case and odd spaces. */
export function portalColumn(header: string): string {
  return header.trim().replace(/\s+/g, ' ').toLowerCase();
}

export function isPortalColumn(header: string): boolean {
  return Object.hasOwn(COLUMNS, portalColumn(header));
}

/** The kind of the sign-ins of a file: the columns tell applications from users, the download's name the rest. */
export function portalEventType(headers: readonly string[], file: string): string | undefined {
  if (headers.some((header) => portalColumn(header) === 'service principal id')) return 'servicePrincipal';
  // The two user downloads have the same columns; only `NonInteractiveSignIns_….csv` itself says which it is.
  const name = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1).toLowerCase();
  if (name.startsWith('noninteractivesignins')) return 'nonInteractiveUser';
  return name.startsWith('interactivesignins') ? 'interactiveUser' : undefined;
}

/** A header and where its cells go. */
export interface PortalHeader {
  readonly header: string;
  readonly path: string | undefined;
  readonly reading: Reading;
}

export function portalHeaders(headers: readonly string[]): readonly PortalHeader[] {
  return headers.map((header) => {
    const name = portalColumn(header);
    const [path, reading] = (Object.hasOwn(COLUMNS, name) ? COLUMNS[name] : undefined) ?? [undefined, 'text'];
    return { header, path, reading };
  });
}

/** The draft of a row. `cells` in the order of `headers`. */
export function fromPortalCsv(
  headers: readonly PortalHeader[],
  cells: readonly string[],
  eventType: string | undefined,
): Draft {
  const members: Members = {};
  const envelope: Members = {};
  for (const [at, { header, path, reading }] of headers.entries()) {
    const cell = (cells[at] ?? '').trim();
    // An empty device id says that the device is not registered; every other empty cell says nothing.
    if (cell === '' && path !== 'deviceDetail.deviceId') continue;
    const value = path === undefined ? undefined : read(reading, cell);
    if (path === undefined || value === undefined || !put(members, path, value)) keep(envelope, header, cell);
  }
  completePortalStatus(members, envelope);
  const types = eventTypeOfRow(members, eventType);
  if (types !== undefined) {
    members['signInEventTypes'] = [types];
    members['isInteractive'] = types === 'interactiveUser';
  }
  // The column says UTC by its name, or each time says its zone itself.
  const isUtc = headers.some(({ header }) => portalColumn(header) === 'date (utc)');
  return { members, envelope, zone: isUtc ? 'utc' : 'stated' };
}

function read(reading: Reading, cell: string): unknown {
  switch (reading) {
    case 'enum':
      return enumOf(cell);
    case 'yesNo':
      return booleanOf(cell);
    case 'integer':
      return integerOf(cell);
    case 'place':
      return placeOf(cell);
    case 'requirement':
      return requirementOf(cell);
    default:
      return cell;
  }
}

/** False when another column has already said something else there: `Incoming token type` stands in the file twice. */
function put(members: Members, path: string, value: unknown): boolean {
  const [name = '', inner] = path.split('.');
  if (inner === undefined) {
    if (members[name] !== undefined) return members[name] === value;
    setMember(members, name, value);
    return true;
  }
  const parent: Members = isMembers(members[name]) ? members[name] : {};
  if (parent[inner] !== undefined) return parent[inner] === value;
  setMember(parent, inner, value);
  setMember(members, name, parent);
  return true;
}

/** Keeps a cell under its header; of two equal headers each keeps its cell. */
function keep(envelope: Members, header: string, cell: string): void {
  const name = header.trim();
  setMember(envelope, Object.hasOwn(envelope, name) ? `${name} (2)` : name, cell);
}

/** `Primary refresh token` and `B2B collaboration` to Graph's `primaryRefreshToken` and `b2bCollaboration`. */
function enumOf(cell: string): string {
  if (!cell.includes(' ')) return cell.slice(0, 1).toLowerCase() + cell.slice(1);
  return cell.toLowerCase().replace(/[ -]+(.)/g, (_match, letter: string) => letter.toUpperCase());
}

function requirementOf(cell: string): string {
  const squeezed = cell.toLowerCase().replace(/[^a-z]/g, '');
  if (squeezed.startsWith('multifactor')) return 'multiFactorAuthentication';
  return squeezed.startsWith('singlefactor') ? 'singleFactorAuthentication' : cell;
}

/** `Redmond, Washington, US`: the last part is the country if it has two letters. */
function placeOf(cell: string): Members | undefined {
  const parts = cell.split(',').map((part) => part.trim());
  const last = parts.at(-1) ?? '';
  const place: Members = {};
  if (/^[A-Z]{2}$/i.test(last)) {
    place['countryOrRegion'] = last;
    parts.pop();
  }
  const state = parts.length > 1 ? parts.pop() : undefined;
  const city = parts.join(', ');
  if (city !== '') place['city'] = city;
  if (state !== undefined && state !== '') place['state'] = state;
  return Object.keys(place).length === 0 ? undefined : place;
}

/** A success has no error code in the download, which Graph writes as 0. */
function completePortalStatus(members: Members, envelope: Members): void {
  const status: Members = isMembers(members['status']) ? members['status'] : {};
  if (status['errorCode'] === undefined && envelope['Status'] === 'Success') {
    members['status'] = { errorCode: 0, ...status };
    if (envelope['Sign-in error code'] === 'None') delete envelope['Sign-in error code'];
  }
}

function eventTypeOfRow(members: Members, eventType: string | undefined): string | undefined {
  const identity = members['managedServiceIdentity'];
  const type = isMembers(identity) ? identity['msiType'] : undefined;
  return typeof type === 'string' && type !== 'none' ? 'managedIdentity' : eventType;
}
