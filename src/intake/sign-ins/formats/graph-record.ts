import { createHash } from 'node:crypto';
import type { SignIn } from '../../../core/conditional-access/record/sign-in.ts';
import { unreachable } from '../../../core/values/unreachable.ts';
import { nameOfType } from '../../json/value.ts';
import { quoted } from '../../text/excerpt.ts';
import { isPrintedObject } from '../../text/printed-object.ts';
import { conditionNames } from '../facts/condition-names.ts';
import type { DayOrder } from '../facts/day-order.ts';
import { slashedDate } from '../facts/day-order.ts';
import type { Zone } from '../facts/instants.ts';
import { readInstant } from '../facts/instants.ts';
import type { Members } from '../facts/members.ts';
import { booleanOf, integerOf, isBlank, isMembers, setMember, textOf } from '../facts/members.ts';
import type { PartOf } from '../facts/record-part.ts';
import type { SignInMark } from '../marks.ts';

/**
 * The last step of every road: members under Graph's names become one `signIn` record, so that the same record by Graph,
 * Azure Monitor, Log Analytics or the portal is the same. What says nothing (null, empty text, empty object) is left out,
 * flags become names, times UTC; a member of the wrong type is kept in `exportEnvelope`, where it deceives nobody.
 */

export interface Draft {
  /** Members by the names of Graph's beta `signIn`. */
  readonly members: Members;
  /** What the export wraps around the sign-in and Graph has no member for, by the export's own names. */
  readonly envelope: Members;
  /** The time at which the sign-in was written to the log, where the export says so; it replaces a missing `createdDateTime`. */
  readonly loggedDateTime?: unknown;
  readonly zone: Zone;
  /** The column that shows that the row may stand for several sign-ins, and does not tell for how many. */
  readonly countedBy?: string;
  /** What the export says of the error code, wherever it does. */
  readonly errorCodes?: readonly unknown[];
}

export type RecordReading =
  | { readonly ok: true; readonly record: SignIn; readonly marks: readonly SignInMark[] }
  | { readonly ok: false; readonly reason: string; readonly message: string };

type Shape = 'text' | 'boolean' | 'integer' | 'object' | 'list' | 'nameList' | 'audiences' | 'policies' | 'userType';

/** Members that `gsa` reads, and the form they must have; every other member is kept as it comes. */
const SHAPES = new Map<string, Shape>([
  ...(
    [
      'id userId userPrincipalName userDisplayName appId appDisplayName resourceId resourceDisplayName servicePrincipalId',
      'servicePrincipalName ipAddress sourceIpAddress globalSecureAccessIpAddress ipAddressFromResourceProvider',
      'clientAppUsed correlationId conditionalAccessStatus authenticationRequirement crossTenantAccessType homeTenantId',
      'resourceTenantId riskLevelDuringSignIn riskLevelAggregated authenticationProtocol originalTransferMethod',
      'managedIdentityType userAgent incomingTokenType',
    ].flatMap((names) => names.split(' ')) as readonly string[]
  ).map((name) => [name, 'text'] as const),
  ...['isInteractive', 'isThroughGlobalSecureAccess', 'isTenantRestricted', 'flaggedForReview'].map(
    (name) => [name, 'boolean'] as const,
  ),
  ...['autonomousSystemNumber', 'processingTimeInMilliseconds', 'signInCount', 'userCount'].map(
    (name) => [name, 'integer'] as const,
  ),
  ...['status', 'deviceDetail', 'location', 'mfaDetail'].map((name) => [name, 'object'] as const),
  ...['networkLocationDetails', 'authenticationDetails', 'authenticationContextClassReferences'].map(
    (name) => [name, 'list'] as const,
  ),
  ['addressGrouping', 'text'],
  ['signInEventTypes', 'nameList'],
  ['userIds', 'nameList'],
  ['conditionalAccessAudiences', 'audiences'],
  ['appliedConditionalAccessPolicies', 'policies'],
  ['userType', 'userType'],
]);

/**
 * Members that are objects, or lists of them. Printed in place of its members (`@{errorCode=50126}`), one of these has lost
 * what a sign-in is judged by: whether it ever came to Conditional Access, from where, with which device.
 */
export const OBJECT_MEMBERS: readonly string[] = [...SHAPES]
  .filter(([, shape]) => shape === 'object' || shape === 'policies')
  .map(([name]) => name);

/** Members inside the ones above that `gsa` reads, and the form they must have: what has another would deceive readers. */
const INNER_SHAPES = new Map<string, Readonly<Record<string, Shape>>>([
  ['status', { errorCode: 'integer', failureReason: 'text', additionalDetails: 'text' }],
  ['location', { city: 'text', state: 'text', countryOrRegion: 'text' }],
  [
    'deviceDetail',
    {
      deviceId: 'text',
      displayName: 'text',
      operatingSystem: 'text',
      browser: 'text',
      trustType: 'text',
      isCompliant: 'boolean',
      isManaged: 'boolean',
    },
  ],
  ['mfaDetail', { authMethod: 'text', authDetail: 'text' }],
  [
    'appliedConditionalAccessPolicies',
    {
      id: 'text',
      displayName: 'text',
      result: 'text',
      enforcedGrantControls: 'nameList',
      enforcedSessionControls: 'nameList',
      sessionControlsNotSatisfied: 'nameList',
    },
  ],
]);

type InnerShapes = Readonly<Record<string, Shape>>;

/** The object with what is of another form read into its own, and left out where that cannot be. */
function withoutMisfits(inner: InnerShapes, value: unknown): unknown {
  if (!isMembers(value)) return value;
  const misfits = Object.entries(inner).filter(([name, shape]) => !fits(shape, value[name]));
  if (misfits.length === 0) return value;
  const kept: Members = { ...value };
  for (const [name, shape] of misfits) {
    const read = shapeOf(shape, value[name]);
    if (read === undefined) delete kept[name];
    else kept[name] = read;
  }
  return kept;
}

function fits(shape: Shape, value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (shape === 'integer') return Number.isSafeInteger(value);
  if (shape === 'boolean') return typeof value === 'boolean';
  if (shape === 'text') return typeof value === 'string';
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

/** What was left out is kept under its path, so that nothing is lost. */
function keepMisfits(path: string, value: unknown, rest: Members, inner = INNER_SHAPES.get(path) ?? {}): void {
  if (Array.isArray(value)) {
    value.forEach((each: unknown, at) => {
      keepMisfits(`${path}.${at}`, each, rest, inner);
    });
  } else if (isMembers(value)) {
    for (const [name, shape] of Object.entries(inner)) {
      const each = value[name];
      if (!fits(shape, each) && shapeOf(shape, each) === undefined) setMember(rest, `${path}.${name}`, each);
    }
  }
}

/**
 * Makes the record, or says why there is none: `noTime` when no time in it can be read, `noCount` when it is a row of a summary,
 * `contradictedMember` when it says two things of one sign-in.
 */
export function finishRecord(
  { members, envelope, loggedDateTime, zone, countedBy, errorCodes = [] }: Draft,
  order: DayOrder = 'monthFirst',
): RecordReading {
  const cut = OBJECT_MEMBERS.find((name) => isCut(members[name]));
  if (cut !== undefined) return cutAt(cut);
  if (countedBy !== undefined) return summarized(countedBy);
  const codes = new Set(errorCodes.map(integerOf).filter((code) => code !== undefined));
  if (codes.size > 1) return twoErrors([...codes]);
  const marks: SignInMark[] = [];
  let createdDateTime = readInstant(members['createdDateTime'], zone, order);
  if (createdDateTime === undefined && isBlank(members['createdDateTime'])) {
    createdDateTime = readInstant(loggedDateTime, zone, order);
    if (createdDateTime !== undefined) marks.push('timeOfLogging');
  }
  if (createdDateTime === undefined)
    return noTime(isBlank(members['createdDateTime']) ? loggedDateTime : members['createdDateTime'], order);
  const kept: Members = { id: '', createdDateTime };
  const rest: Members = {};
  for (const name of Object.keys(members)) {
    if (name === 'createdDateTime') continue;
    const value = members[name];
    if (isBlank(value)) continue;
    const shaped = shapedMember(name, value);
    if (shaped === undefined) setMember(rest, name, value);
    else {
      if (!isBlank(shaped)) setMember(kept, name, shaped);
      if (INNER_SHAPES.has(name)) keepMisfits(name, value, rest);
    }
  }
  if (kept['id'] === '') {
    kept['id'] = derivedId(kept);
    marks.push('derivedId');
  }
  for (const name of Object.keys(envelope)) if (!isBlank(envelope[name])) setMember(rest, name, envelope[name]);
  if (!isBlank(rest)) kept['exportEnvelope'] = rest;
  marks.push(...marksOf(kept));
  return { ok: true, record: kept as SignIn, marks };
}

function isCut(value: unknown): boolean {
  return isPrintedObject(value) || (Array.isArray(value) && value.some(isPrintedObject));
}

function cutAt(name: string): RecordReading {
  const message = `has \`${name}\` as text in place of its members: export JSON anew, with \`ConvertTo-Json -Depth 10\``;
  return { ok: false, reason: 'cutDepth', message };
}

function summarized(column: string): RecordReading {
  const message = `is a row of a summary (${quoted(column, 40)}), and of how many sign-ins is not known: export each, or \`summarize signInCount = count()\``;
  return { ok: false, reason: 'noCount', message };
}

/** By the error it shows whether a sign-in came to Conditional Access at all: neither code may be taken for the other. */
function twoErrors(codes: readonly number[]): RecordReading {
  const message = `has the error codes ${codes.join(' and ')} in two members, and one sign-in has one: export the sign-in log anew`;
  return { ok: false, reason: 'contradictedMember', message };
}

/** A member that says something, in the form that it must have; `undefined` when it has another. */
export function shapedMember(name: string, value: unknown): unknown {
  const shape = SHAPES.get(name);
  const shaped = shape === undefined ? value : shapeOf(shape, value);
  const inner = INNER_SHAPES.get(name);
  if (inner === undefined) return shaped;
  return Array.isArray(shaped)
    ? shaped.map((each: unknown) => withoutMisfits(inner, each))
    : withoutMisfits(inner, shaped);
}

function noTime(value: unknown, order: DayOrder): RecordReading {
  const slashed = order === 'open' || order === 'mixed' ? slashedDate(value) : undefined;
  if (slashed !== undefined) {
    const why =
      order === 'mixed'
        ? 'beside times with day and month the other way round'
        : 'in which day and month cannot be told apart';
    const message = `has the time ${quoted(slashed, 40)}, ${why}: export JSON, or dates as 2026-06-05`;
    return { ok: false, reason: 'dayOrMonth', message };
  }
  if (isBlank(value)) return { ok: false, reason: 'noTime', message: 'has no time (`createdDateTime`)' };
  const found = typeof value === 'string' ? quoted(value, 40) : nameOfType(value);
  const message = `has ${found} where a date and time with a zone belongs: write 2026-06-05T08:00:00Z`;
  return { ok: false, reason: 'noTime', message };
}

/** Members that say what is special about a record with an id and a time of its own. */
export const MARK_MEMBERS = ['signInEventTypes'] as const;

/** A client that acts for the user later does so with the address of an earlier interactive sign-in (GDOC signin.md). */
export function marksOf({ signInEventTypes }: PartOf<typeof MARK_MEMBERS>): readonly SignInMark[] {
  return Array.isArray(signInEventTypes) && signInEventTypes.includes('nonInteractiveUser') ? ['inheritedAddress'] : [];
}

/** The same content has the same id, whatever the order of its members. */
function derivedId(record: Members): string {
  const hash = createHash('sha256').update(JSON.stringify(record, sortMembers)).digest('hex');
  return `derived-${hash.slice(0, 32)}`;
}

function sortMembers(_name: string, value: unknown): unknown {
  if (!isMembers(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The value in the form that the member must have; `undefined` when it has another. */
function shapeOf(shape: Shape, value: unknown): unknown {
  switch (shape) {
    case 'text':
      return typeof value === 'string' ? value : undefined;
    case 'boolean':
      return booleanOf(value);
    case 'integer':
      return integerOf(value);
    case 'object':
      return isMembers(value) ? withoutNulls(value) : undefined;
    case 'list':
      return Array.isArray(value) ? value : undefined;
    case 'nameList':
      return Array.isArray(value) && value.every((name) => typeof name === 'string') ? value : undefined;
    case 'audiences':
      return Array.isArray(value) ? value.map(audience) : undefined;
    case 'policies':
      return Array.isArray(value) && value.every(isMembers) ? value.map(policy) : undefined;
    case 'userType':
      // Azure Monitor writes `Member` where Graph writes `member`.
      return typeof value === 'string' ? value.toLowerCase() : undefined;
    default:
      return unreachable(shape);
  }
}

function withoutNulls(members: Members): Members {
  for (const name of Object.keys(members)) if (members[name] === null) return dropNulls(members);
  return members;
}

function dropNulls(members: Members): Members {
  const kept: Members = {};
  for (const [name, value] of Object.entries(members)) if (value !== null) setMember(kept, name, value);
  return kept;
}

/** Declared as text, exported as `{ "applicationId": … }` by some roads (CSDL-beta, L-REAL). */
function audience(value: unknown): unknown {
  if (!isMembers(value)) return value;
  const appId = textOf(value['applicationId']);
  return appId !== undefined && Object.keys(value).length === 1 ? appId : value;
}

function policy(applied: Members): Members {
  const satisfied = integerOf(applied['conditionsSatisfied']);
  const notSatisfied = integerOf(applied['conditionsNotSatisfied']);
  if (satisfied === undefined && notSatisfied === undefined) return applied;
  const named: Members = { ...applied };
  if (satisfied !== undefined) named['conditionsSatisfied'] = conditionNames(satisfied);
  if (notSatisfied !== undefined) named['conditionsNotSatisfied'] = conditionNames(notSatisfied);
  return named;
}
