import type { Written } from '../fast/written.ts';
import type { LoggedSignIn, SignIn } from './sign-in.ts';

/** What of an observation stands in a record. */
export interface Seen {
  readonly ipAddress: Spelled | undefined;
  /** `null`: the address maps to no country; `undefined`: not known. */
  readonly countryOrRegion: string | null | undefined;
  readonly isThroughGlobalSecureAccess: boolean | undefined;
  readonly globalSecureAccessIpAddress: Spelled | undefined;
  readonly resourceIpAddress: Spelled | undefined;
}

/** An address by its canonical text. */
export interface Spelled {
  readonly text: string;
}

/** What of an evaluation stands in a record. */
export type Told = Omit<Written, 'outcome' | 'decidedBy' | 'missing'>;

/**
 * The record as Microsoft Entra would have written it for this evaluation: the members that the evaluation decides are set,
 * all others stay. What the evaluation does not know is `null` where the record would otherwise tell of another evaluation.
 */
export function withWritten(record: SignIn, written: Told, observation: Seen): SignIn {
  const { status } = written;
  const { ipAddress, isThroughGlobalSecureAccess } = observation;
  return {
    ...record,
    ...(ipAddress === undefined ? {} : { ipAddress: ipAddress.text }),
    ...(isThroughGlobalSecureAccess === undefined ? {} : { isThroughGlobalSecureAccess }),
    globalSecureAccessIpAddress: observation.globalSecureAccessIpAddress?.text ?? null,
    ipAddressFromResourceProvider: resourceAddress(observation),
    location: locationOf(record, observation),
    networkLocationDetails: written.networkLocationDetails,
    conditionalAccessStatus: written.conditionalAccessStatus ?? null,
    authenticationRequirement: written.authenticationRequirement ?? null,
    status: {
      errorCode: status.errorCode ?? null,
      failureReason: status.failureReason,
      additionalDetails: status.additionalDetails,
    },
    appliedConditionalAccessPolicies: written.applied,
  };
}

/** Members that an evaluation decides. */
const WRITTEN = [
  'ipAddress',
  'isThroughGlobalSecureAccess',
  'globalSecureAccessIpAddress',
  'ipAddressFromResourceProvider',
  'location',
  'networkLocationDetails',
  'conditionalAccessStatus',
  'authenticationRequirement',
  'status',
  'appliedConditionalAccessPolicies',
] as const;

/** What of the exported record the written one no longer has. */
export function overwritten(record: SignIn, written: SignIn): Record<string, unknown> {
  const members: Record<string, unknown> = {};
  for (const name of WRITTEN) {
    const was = record[name] ?? null;
    if (was !== (written[name] ?? null)) members[name] = was;
  }
  return members;
}

/** The record as it was exported, with the user's own address where the replay found it. */
export function asRecorded(logged: LoggedSignIn): SignIn {
  // What was written over the export need not be made for this.
  return EXPORTED.get(logged) ?? { ...logged.record, ...logged.replay.recorded };
}

/** Whether the log has what the export said of what an evaluation decides. */
export function isRecorded(logged: LoggedSignIn): boolean {
  return EXPORTED.has(logged) || logged.replay.recorded !== undefined;
}

/** What the sign-ins that are written when somebody asks for it were, as they were exported. */
const EXPORTED = new WeakMap<LoggedSignIn, SignIn>();

/** Remembers of which record a sign-in is written. */
export function keepExported(logged: LoggedSignIn, exported: SignIn): void {
  EXPORTED.set(logged, exported);
}

/** Whether the members that hang on the whole tenant are made when somebody asks for them (judged-sign-in.ts). */
export function isMadeLater(record: SignIn): boolean {
  return Object.getOwnPropertyDescriptor(record, 'appliedConditionalAccessPolicies')?.get !== undefined;
}

/** Blank where it equals the address that Entra sees (D-STRICT). */
function resourceAddress({ ipAddress, resourceIpAddress }: Seen): string | null {
  if (resourceIpAddress === undefined || resourceIpAddress.text === ipAddress?.text) return null;
  return resourceIpAddress.text;
}

/** City and state belong to the address of the record, so they go with it; of another address only the country is known. */
function locationOf(record: SignIn, observation: Seen): NonNullable<SignIn['location']> | null {
  const { ipAddress, countryOrRegion: country } = observation;
  const location = record.location ?? null;
  if (country === undefined) return isLocated(record, ipAddress?.text) ? location : null;
  if ((location?.countryOrRegion ?? null) === country) return location;
  return { ...location, city: null, state: null, countryOrRegion: country };
}

/** The country of the written record where the evaluation knows none; `shown`: the address, if it is written over that of the record. */
export function shownCountry(record: Located, shown: string | undefined): string | null | undefined {
  return isLocated(record, shown) ? record.location?.countryOrRegion : null;
}

/** Whether the location of the record is that of the address that is shown. */
function isLocated(record: Located, shown: string | undefined): boolean {
  return shown === undefined || shown === record.ipAddress;
}

type Located = Pick<SignIn, 'ipAddress' | 'location'>;
