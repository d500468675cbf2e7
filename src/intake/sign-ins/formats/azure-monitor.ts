import { isSameText } from '../../json/value.ts';
import type { Members } from '../facts/members.ts';
import { integerOf, isBlank, isMembers } from '../facts/members.ts';
import type { Draft } from './graph-record.ts';

/**
 * Azure Monitor diagnostic records (event hub, storage account, SIEM collectors): the sign-in in Graph's names is in
 * `properties`, the wrapper repeats some of it. Pipelines change the case of the wrapper's names (`calleripaddress`).
 */

/** Graph's `signInEventTypes` by log category. ADFS sign-ins have no event type in Graph. */
const EVENT_TYPES: Readonly<Record<string, string>> = {
  signinlogs: 'interactiveUser',
  noninteractiveusersigninlogs: 'nonInteractiveUser',
  serviceprincipalsigninlogs: 'servicePrincipal',
  managedidentitysigninlogs: 'managedIdentity',
  // Names of the Log Analytics tables.
  aadnoninteractiveusersigninlogs: 'nonInteractiveUser',
  aadserviceprincipalsigninlogs: 'servicePrincipal',
  aadmanagedidentitysigninlogs: 'managedIdentity',
};

const CATEGORIES = new Set([...Object.keys(EVENT_TYPES), 'adfssigninlogs']);

export function isSignInCategory(category: unknown): boolean {
  return typeof category === 'string' && CATEGORIES.has(category.toLowerCase());
}

export function eventTypesOf(category: unknown): readonly string[] | undefined {
  const name = typeof category === 'string' ? category.toLowerCase() : '';
  const type = Object.hasOwn(EVENT_TYPES, name) ? EVENT_TYPES[name] : undefined;
  return type === undefined ? undefined : [type];
}

/** Wrapper members that only repeat the sign-in's own, and the member of the sign-in that they repeat. */
const REPEATED: readonly (readonly [wrapper: string, member: string])[] = [
  ['calleripaddress', 'ipAddress'],
  ['correlationid', 'correlationId'],
  ['identity', 'userDisplayName'],
];

/** The draft of a diagnostic record, or nothing if it is not one. */
export function fromAzureMonitor(wrapper: Members): Draft | undefined {
  const { properties } = wrapper;
  if (!isMembers(properties)) return undefined;
  const outer = lowerCased(wrapper);
  if (!isSignInCategory(outer['category']) && outer['operationname'] !== 'Sign-in activity') return undefined;
  const members: Members = { ...properties };
  for (const [name, member] of REPEATED) if (isBlank(members[member])) members[member] = outer[name];
  const errorCodes = [errorCodeIn(properties['status']), outer['resulttype']];
  completeStatus(members, outer['resulttype'], outer['resultdescription']);
  completeLocation(members, outer['location']);
  if (isBlank(members['signInEventTypes'])) {
    const types = eventTypesOf(outer['category']);
    if (types !== undefined) members['signInEventTypes'] = types;
  }
  const envelope = envelopeOf(wrapper, members);
  return { members, envelope, loggedDateTime: outer['time'], zone: 'utc', errorCodes };
}

/** The error code of a status; flattened, a status is the code alone, or a word for people. */
export function errorCodeIn(status: unknown): unknown {
  return isMembers(status) ? status['errorCode'] : status;
}

/** `resultType` is the error code as text; some pipelines write `Success` there, which names no code. */
export function completeStatus(members: Members, resultType: unknown, resultDescription: unknown): void {
  const status: Members = isMembers(members['status']) ? members['status'] : {};
  const code = isBlank(status['errorCode']) ? integerOf(resultType) : undefined;
  const reason = isBlank(status['failureReason']) && !isBlank(resultDescription) ? resultDescription : undefined;
  if (code === undefined && reason === undefined) return;
  members['status'] = {
    ...status,
    ...(code === undefined ? {} : { errorCode: code }),
    ...(reason === undefined ? {} : { failureReason: reason }),
  };
}

/** The wrapper gives the country alone, as two letters. */
export function completeLocation(members: Members, country: unknown): void {
  if (!isBlank(members['location'])) return;
  if (typeof country === 'string' && country !== '') members['location'] = { countryOrRegion: country };
  else if (isMembers(country)) members['location'] = country;
}

/** What the wrapper says beyond the sign-in itself. */
function envelopeOf(wrapper: Members, members: Members): Members {
  const envelope: Members = {};
  const location = isMembers(members['location']) ? members['location']['countryOrRegion'] : undefined;
  const status = isMembers(members['status']) ? members['status'] : {};
  const said: Members = {
    location,
    resulttype: status['errorCode'],
    resultdescription: status['failureReason'],
    properties: wrapper['properties'],
  };
  for (const [name, member] of REPEATED) said[name] = members[member];
  for (const [name, value] of Object.entries(wrapper)) {
    const already = said[name.toLowerCase()];
    if (already === undefined || !isSameText(already, value)) envelope[name] = value;
  }
  return envelope;
}

function lowerCased(members: Members): Members {
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [name.toLowerCase(), value]));
}
