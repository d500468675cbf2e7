import type { Tenant } from '../../tenant/tenant.ts';
import { once } from '../../values/once.ts';
import type { Decision } from '../fast/decision.ts';
import type { Written } from '../fast/written.ts';
import type { AppliedPolicyResult } from '../result.ts';
import { APPLIED_POLICY_RESULTS } from '../result.ts';
import type { FoundRecord, FoundSignIn } from './found-sign-in.ts';
import type { Unreached } from './reach.ts';
import type { LoggedSignIn, Replay, SignIn } from './sign-in.ts';
import type { Seen } from './sign-in-record.ts';
import { keepExported, overwritten, shownCountry, withWritten } from './sign-in-record.ts';

/**
 * A sign-in as it was read, and what came of it. The record that a log shows follows from both and from the tenant, and is made
 * when somebody asks for it: it is five times as long as what was read.
 */
export interface JudgedSignIn {
  /** JSON text of the record. */
  readonly text: Uint8Array;
  /** Whether the text is that of the export; otherwise it is that of the record itself. */
  readonly isAsExported: boolean;
  readonly tenant: Tenant;
  readonly verdict: Verdict;
  /** `undefined`: no policy was asked, and the record stays as it was. */
  readonly seen: SeenWords | undefined;
  /** What a log finds it by, as parts or in its record. */
  readonly found: FoundSignIn | LoggedSignIn;
}

/** What came of a sign-in, which many share; it holds whatever becomes of the tenant and of the rules of `gsa`. */
export interface Verdict extends Omit<Replay, 'recorded'> {
  readonly conditionalAccessStatus?: Decision['conditionalAccessStatus'];
  readonly status?: Partial<Decision['status']>;
  readonly authenticationRequirement?: Decision['authenticationRequirement'];
  /** The result of each policy in the tenant's order, as a letter. */
  readonly results?: string;
}

/** The words of {@link Seen} and the user's own address, in their order; 0: not known. */
export type SeenWords = readonly (string | boolean | null | 0)[];

/** The places of the words that are asked for one by one. */
const WORD = { ipAddress: 0, country: 1, isThrough: 2, proxy: 3, source: 5 } as const;

/** Letters of results: they lie in logs, so each stays what it is. */
const LETTERS: Readonly<Record<AppliedPolicyResult, string>> = {
  success: 's',
  failure: 'f',
  notApplied: 'n',
  notEnabled: 'o',
  unknown: 'u',
  reportOnlySuccess: 'S',
  reportOnlyFailure: 'F',
  reportOnlyNotApplied: 'N',
  reportOnlyInterrupted: 'I',
};

/** The units of the letters by the codes of results. */
const UNITS = APPLIED_POLICY_RESULTS.map((result) => LETTERS[result].charCodeAt(0));
const UNKNOWN = LETTERS.unknown.charCodeAt(0);

const RESULTS = new Map(Object.entries(LETTERS).map(([result, letter]) => [letter, result]));

export type Setting = Pick<Replay, 'signalingStatus' | 'tenantSerial'>;

export function verdictOf(setting: Setting, decision: Decision): Verdict {
  const { outcome, decidedBy, missing, conditionalAccessStatus, status, authenticationRequirement } = decision;
  const letters = decision.results.map((code) => UNITS[code] ?? UNKNOWN);
  return {
    ...setting,
    ...{ outcome, decidedBy, missing, conditionalAccessStatus, status, authenticationRequirement },
    results: String.fromCharCode(...letters),
  };
}

export function unreachedVerdict(setting: Setting, unreached: Unreached): Verdict {
  return { ...setting, outcome: 'notReached', unreached, decidedBy: [], missing: [] };
}

export function seenWords(seen: Seen, source: string | undefined): SeenWords {
  const { ipAddress, countryOrRegion, isThroughGlobalSecureAccess, globalSecureAccessIpAddress } = seen;
  return [
    ipAddress?.text,
    countryOrRegion,
    isThroughGlobalSecureAccess,
    globalSecureAccessIpAddress?.text,
    seen.resourceIpAddress?.text,
    source,
  ].map((word) => word ?? (word === null ? null : 0));
}

function seenOf(words: SeenWords): Seen {
  const [ipAddress, country, isThrough, proxy, resource] = words;
  return {
    ipAddress: spelled(ipAddress),
    countryOrRegion: country === null || typeof country === 'string' ? country : undefined,
    isThroughGlobalSecureAccess: typeof isThrough === 'boolean' ? isThrough : undefined,
    globalSecureAccessIpAddress: spelled(proxy),
    resourceIpAddress: spelled(resource),
  };
}

function spelled(word: SeenWords[number] | undefined): { readonly text: string } | undefined {
  return typeof word === 'string' ? { text: word } : undefined;
}

/** What a record tells policy by policy and location by location, each made when it is asked for. */
export interface Detailed {
  applied(): Written['applied'];
  networkLocationDetails(): Written['networkLocationDetails'];
  /** The name of a policy as `applied` has it; `undefined`: the tenant that judged has no such policy. */
  policyName(id: string): string | undefined;
}

/** The sign-in as a log shows it, written when somebody looks at it; `detailed` is asked for what it gives, once. */
export function writtenLater(
  record: SignIn,
  verdict: Verdict,
  words: SeenWords | undefined,
  detailed: () => Detailed,
): LoggedSignIn {
  if (words === undefined) return { record: policiesLast(record), replay: replayOf(verdict) };
  const members = once(() => withVerdict(record, verdict, words));
  const written = once(() => withDetails(members(), verdict, detailed));
  const logged = {
    get record() {
      return written();
    },
    replay: replayOf(
      verdict,
      once(() => overwritten(record, members())),
    ),
  };
  keepExported(logged, withSource(record, words));
  return logged;
}

/** The members in the order in which they are written at once. */
function replayOf(verdict: Verdict, recorded?: () => NonNullable<Replay['recorded']>): Replay {
  const { signalingStatus, outcome, unreached, decidedBy, missing, tenantSerial, isContradicted } = verdict;
  const replay: Replay = {
    ...{ signalingStatus, outcome },
    ...(unreached === undefined ? {} : { unreached }),
    ...{ decidedBy, missing, tenantSerial },
  };
  if (recorded !== undefined) Object.defineProperty(replay, 'recorded', madeBy(recorded));
  return isContradicted === undefined ? replay : Object.assign(replay, { isContradicted });
}

/** The record without what is told policy by policy and location by location. */
export function withVerdict(record: SignIn, verdict: Verdict, words: SeenWords): SignIn {
  const { conditionalAccessStatus, status, authenticationRequirement } = verdict;
  const written = withWritten(
    record,
    {
      ...{ conditionalAccessStatus, authenticationRequirement },
      status: { errorCode: status?.errorCode, failureReason: '', additionalDetails: '', ...status },
      ...{ applied: [], networkLocationDetails: [] },
    },
    seenOf(words),
  );
  return withSource(written, words);
}

/** The same, as far as a log finds the record by it. */
export function foundSignIn(record: FoundRecord, words: SeenWords): FoundSignIn {
  const { id, createdDateTime, correlationId, person, application, client } = record;
  // By their places: to take a list apart makes an object for each item, and this is done for every sign-in.
  const country = words[WORD.country];
  const isThrough = words[WORD.isThrough];
  const shown = textOf(words[WORD.ipAddress]);
  return {
    id,
    createdDateTime,
    correlationId,
    person,
    application,
    client,
    ipAddress: shown ?? record.ipAddress,
    sourceIpAddress: textOf(words[WORD.source]) ?? record.sourceIpAddress,
    globalSecureAccessIpAddress: textOf(words[WORD.proxy]) ?? null,
    isThroughGlobalSecureAccess: typeof isThrough === 'boolean' ? isThrough : client.isThroughGlobalSecureAccess,
    countryOrRegion: country === null || typeof country === 'string' ? country : shownCountry(record, shown),
  };
}

function textOf(word: SeenWords[number] | undefined): string | undefined {
  return typeof word === 'string' ? word : undefined;
}

/** The record with the user's own address, where the replay found it. */
function withSource(record: SignIn, words: SeenWords): SignIn {
  const source = words[WORD.source];
  return typeof source !== 'string' || source === record.sourceIpAddress
    ? record
    : { ...record, sourceIpAddress: source };
}

/** As in records that are written at once. */
function policiesLast(record: SignIn): SignIn {
  const { appliedConditionalAccessPolicies: policies, ...others } = record;
  return Array.isArray(policies) ? { ...others, appliedConditionalAccessPolicies: policies } : record;
}

/** The policies stand last, as in records that are written at once. */
function withDetails(written: SignIn, { results }: Verdict, detailed: () => Detailed): SignIn {
  const details = once(detailed);
  const policies = once(() => asDecided(details().applied().map(asJson), results));
  const locations = once(() => asJson(details().networkLocationDetails()));
  const { appliedConditionalAccessPolicies: _applied, ...record } = written;
  return Object.defineProperties(record as SignIn, {
    networkLocationDetails: madeBy(locations),
    appliedConditionalAccessPolicies: madeBy(policies),
    [POLICY_NAME]: { value: (id: string) => details().policyName(id) },
  });
}

/** Where a record that is made later has the names of policies, so that nobody is judged anew for a name. */
const POLICY_NAME = Symbol('name of a policy');

/** The name that a policy had when the sign-in was evaluated; `undefined`: the record has no such policy. */
export function policyNameIn(
  record: Pick<SignIn, 'appliedConditionalAccessPolicies'> & { readonly [POLICY_NAME]?: Detailed['policyName'] },
  id: string,
): string | undefined {
  const named = record[POLICY_NAME];
  if (named !== undefined) return named(id);
  return record.appliedConditionalAccessPolicies?.find((policy) => policy.id === id)?.displayName ?? undefined;
}

function madeBy(get: () => unknown): PropertyDescriptor {
  return { get, enumerable: true, configurable: true };
}

const AS_JSON = new WeakMap<object, unknown>();

/** The value without members that are undefined: as it would come out of a log. */
function asJson<Value extends object>(value: Value): Value {
  const known = AS_JSON.get(value) ?? JSON.parse(JSON.stringify(value));
  AS_JSON.set(value, known);
  return known as Value;
}

/** What was decided holds, should another version of gsa explain it otherwise. */
function asDecided<Entry extends { readonly result?: unknown }>(
  entries: readonly Entry[],
  results = '',
): readonly Entry[] {
  if (entries.length !== results.length) return entries;
  return entries.map((entry, at) => {
    const result = RESULTS.get(results[at] ?? '');
    return result === undefined || result === entry.result ? entry : { ...entry, result };
  });
}
