import type { SignIn } from '../../../core/conditional-access/record/sign-in.ts';
import { GROUP_MEMBERS } from '../../../core/impact/groups.ts';
import type { Address } from '../../../core/network/address.ts';
import type { SignInAttempt } from '../../../core/signaling/attempt.ts';
import { IDENTITY_MEMBERS, identityOf } from '../facts/identity-of.ts';
import type { Members } from '../facts/members.ts';
import { isBlank, setMember } from '../facts/members.ts';
import type { NetworkFacts, RecordedAddress, TrafficSource } from '../facts/network-path-of.ts';
import {
  addressOf,
  countryIn,
  isMember,
  isThroughIn,
  NETWORK_MEMBERS,
  recordedAddressIn,
} from '../facts/network-path-of.ts';
import { REACH_MEMBERS, reachOf } from '../facts/reach-of.ts';
import { MFA_MEMBERS } from '../facts/satisfied-of.ts';
import type { AttemptParts } from '../facts/to-attempt.ts';
import {
  attemptOf,
  CLIENT_MEMBERS,
  clientOf,
  DEVICE_MEMBERS,
  deviceFactsOf,
  FLOW_MEMBERS,
  flowsOf,
  networkOf,
  RISK_MEMBERS,
  riskOf,
  sessionOf,
  TARGET_MEMBERS,
  TESTIMONY_MEMBERS,
  targetOf,
  testimonyIn,
} from '../facts/to-attempt.ts';
import { MARK_MEMBERS, marksOf, shapedMember } from '../formats/graph-record.ts';
import type { SignInMark } from '../marks.ts';
import type { KnownValues } from './known-values.ts';
import { Tuples } from './tuples.ts';
import { PLACED } from './value-places.ts';

/** The members that evaluating a sign-in reads: those of the parts of an attempt. */
export const READ_MEMBERS: readonly string[] = [
  ...new Set([
    ...IDENTITY_MEMBERS,
    ...TARGET_MEMBERS,
    ...NETWORK_MEMBERS,
    ...CLIENT_MEMBERS,
    ...DEVICE_MEMBERS,
    ...RISK_MEMBERS,
    ...FLOW_MEMBERS,
    ...MFA_MEMBERS,
    ...TESTIMONY_MEMBERS,
    ...REACH_MEMBERS,
    ...MARK_MEMBERS,
    ...GROUP_MEMBERS,
  ]),
];

const APPLICATION_MEMBERS = ['appId', 'appDisplayName', 'resourceId', 'resourceDisplayName'];
/** What a log finds sign-ins by, beside {@link APPLICATION_MEMBERS}; in parts, as records differ by one of them and not by all. */
const FOUND_MEMBERS = [
  ['userPrincipalName', 'userId'],
  ['ipAddress'],
  ['sourceIpAddress'],
  ['location'],
  ['isThroughGlobalSecureAccess', 'clientAppUsed', 'signInEventTypes'],
];
/** What says how a sign-in came about; apart from the names of people, with each of which it would be another part. */
const KIND_MEMBERS = ['signInEventTypes', 'isInteractive'];
const NAME_MEMBERS = GROUP_MEMBERS.filter((name) => ![...APPLICATION_MEMBERS, ...KIND_MEMBERS].includes(name));

/**
 * A sign-in by the numbers of its values: from an offset that of each member in {@link READ_MEMBERS}. `bytes` are those in which
 * the values stand that have no number.
 */
export interface NumberedSignIn {
  readonly bytes: Uint8Array;
  readonly values: KnownValues;
  readonly numbers: Int32Array;
  readonly offset: number;
}

/** Parts that are remembered of a kind, and people: two for each person of a company of thirty thousand. */
const MOST_PARTS = 32_768;
const MOST_PEOPLE = 65_536;

/** Reads a part of a record from the values of its members, once for each combination of them. */
class PartMemory<Part> {
  readonly #members: readonly string[];
  readonly #places: Int32Array;
  /** The numbers of the part that was asked for last: records that follow one another have most parts in common. */
  readonly #row: Int32Array;
  #last: Part | undefined;
  #hasLast = false;
  /** A value of the part stands at a place: nothing is known of it from before. */
  #isPlaced = false;
  readonly #known: Tuples<Part>;
  readonly #most: number;

  constructor(members: readonly string[], most = MOST_PARTS) {
    this.#most = most;
    this.#members = members;
    this.#places = Int32Array.from(members, (name) => READ_MEMBERS.indexOf(name));
    this.#row = new Int32Array(members.length);
    this.#known = new Tuples(members.length);
  }

  clear(): void {
    this.#known.clear();
    this.#hasLast = false;
  }

  part(signIn: NumberedSignIn, read: (record: Partial<SignIn>) => Part): Part {
    if (this.#isLast(signIn) && this.#hasLast) return this.#last as Part;
    this.#hasLast = false;
    if (this.#isPlaced) return read(this.#recordOf(signIn));
    if (this.#known.size >= this.#most) this.#known.clear();
    this.#last = this.#known.value(this.#row, () => read(this.#recordOf(signIn)));
    this.#hasLast = true;
    return this.#last;
  }

  /** Takes the numbers of the members; false where any is another than before. */
  #isLast({ numbers, offset }: NumberedSignIn): boolean {
    const row = this.#row;
    const places = this.#places;
    let isLast = true;
    this.#isPlaced = false;
    for (let column = 0; column < places.length; column++) {
      const number = numbers[offset + (places[column] as number)] as number;
      if (number >= PLACED) this.#isPlaced = true;
      if (row[column] === number) continue;
      row[column] = number;
      isLast = false;
    }
    return isLast && !this.#isPlaced;
  }

  /** The members in the form that `finishRecord` gives them. */
  #recordOf({ values, numbers, offset, bytes }: NumberedSignIn): Partial<SignIn> {
    const record: Members = {};
    for (let column = 0; column < this.#members.length; column++) {
      const number = numbers[offset + (this.#places[column] as number)] as number;
      if (number === 0) continue;
      const name = this.#members[column] as string;
      const value = values.value(number, bytes);
      const shaped = isBlank(value) ? undefined : shapedMember(name, value);
      if (!isBlank(shaped)) setMember(record, name, shaped);
    }
    return record;
  }
}

/** Attempts of records of which only the values are known; what many records repeat is read once. */
export class FactMemory {
  readonly #facts: NetworkFacts;
  /** Of a person nobody asks with which application they sign in: one person is one part, and not one with each. */
  readonly #person = new PartMemory<AttemptParts['identity']>(
    IDENTITY_MEMBERS.filter((name) => name !== 'appId'),
    MOST_PEOPLE,
  );
  readonly #workload = new PartMemory<AttemptParts['identity']>(IDENTITY_MEMBERS);
  readonly #target = new PartMemory<AttemptParts['target']>(TARGET_MEMBERS);
  readonly #recorded = new PartMemory<RecordedAddress>(['ipAddress']);
  readonly #proxy = new PartMemory<Address | undefined>(['globalSecureAccessIpAddress']);
  readonly #stated = new PartMemory<Address | undefined>(['sourceIpAddress']);
  readonly #through = new PartMemory<boolean | undefined>(['isThroughGlobalSecureAccess']);
  readonly #resourceProvider = new PartMemory<Address | undefined>(['ipAddressFromResourceProvider']);
  readonly #country = new PartMemory<string | undefined>(['location']);
  readonly #client = new PartMemory<AttemptParts['client']>(CLIENT_MEMBERS);
  readonly #device = new PartMemory<AttemptParts['device']>(DEVICE_MEMBERS);
  readonly #risk = new PartMemory<AttemptParts['risk']>(RISK_MEMBERS);
  readonly #flow = new PartMemory<AttemptParts['flow']>(FLOW_MEMBERS);
  readonly #session = new PartMemory<AttemptParts['session']>(MFA_MEMBERS);
  readonly #testimony = new PartMemory<AttemptParts['testimony']>(TESTIMONY_MEMBERS);
  readonly #reach = new PartMemory<AttemptParts['reach']>(REACH_MEMBERS);

  readonly #marks = new PartMemory<readonly SignInMark[]>(MARK_MEMBERS);
  readonly #application = new PartMemory<Partial<SignIn>>(APPLICATION_MEMBERS);
  readonly #kind = new PartMemory<Partial<SignIn>>(KIND_MEMBERS);
  readonly #names = new PartMemory<Partial<SignIn>>(NAME_MEMBERS);
  readonly #applied = new PartMemory<Partial<SignIn>>(TESTIMONY_MEMBERS);
  readonly #address = new PartMemory<Partial<SignIn>>(['ipAddress']);
  readonly #found = FOUND_MEMBERS.map((members) => new PartMemory<Partial<SignIn>>(members));

  constructor(facts: NetworkFacts) {
    this.#facts = facts;
  }

  clear(): void {
    const parts = [this.#person, this.#workload, this.#target, this.#client, this.#device];
    const others = [this.#risk, this.#flow, this.#session, this.#testimony, this.#reach, this.#marks];
    const network = [this.#recorded, this.#proxy, this.#stated, this.#through, this.#resourceProvider, this.#country];
    const told = [this.#application, this.#kind, this.#names, this.#applied, this.#address];
    for (const part of [...parts, ...others, ...network, ...told, ...this.#found]) part.clear();
  }

  attempt(signIn: NumberedSignIn): SignInAttempt {
    const identity = this.#identityOf(signIn);
    return attemptOf({
      identity,
      target: this.#target.part(signIn, targetOf),
      network: this.#networkOf(signIn, isMember(identity)),
      client: this.#client.part(signIn, clientOf),
      device: this.#device.part(signIn, deviceFactsOf),
      risk: this.#risk.part(signIn, riskOf),
      flow: this.#flow.part(signIn, flowsOf),
      session: this.#session.part(signIn, sessionOf),
      testimony: this.#testimony.part(signIn, testimonyIn),
      reach: this.#reach.part(signIn, reachOf),
    });
  }

  /** What of the record is counted, compared and shown, by what it is about. */
  application(signIn: NumberedSignIn): Partial<SignIn> {
    return this.#application.part(signIn, asItIs);
  }

  kind(signIn: NumberedSignIn): Partial<SignIn> {
    return this.#kind.part(signIn, asItIs);
  }

  names(signIn: NumberedSignIn): Partial<SignIn> {
    return this.#names.part(signIn, asItIs);
  }

  applied(signIn: NumberedSignIn): Partial<SignIn> {
    return this.#applied.part(signIn, asItIs);
  }

  address(signIn: NumberedSignIn): Partial<SignIn> {
    return this.#address.part(signIn, asItIs);
  }

  /** What of the record a log finds it by, but for its ids and its time. */
  found(signIn: NumberedSignIn): Partial<SignIn> {
    return Object.assign(
      {},
      this.#application.part(signIn, asItIs),
      ...this.#found.map((part) => part.part(signIn, asItIs)),
    );
  }

  /** What is special about the record, as far as it has an id and a time. */
  marks(signIn: NumberedSignIn): readonly SignInMark[] {
    return this.#marks.part(signIn, marksOf);
  }

  #identityOf(signIn: NumberedSignIn): AttemptParts['identity'] {
    const person = this.#person.part(signIn, identityOf);
    return person.kind === 'user' ? person : this.#workload.part(signIn, identityOf);
  }

  /** Paths through many addresses of the service differ nearly always, and their members do not. */
  #networkOf(signIn: NumberedSignIn, isMember: boolean): AttemptParts['network'] {
    const words = {
      recorded: this.#recorded.part(signIn, this.#readRecorded),
      proxy: this.#proxy.part(signIn, proxyIn),
      stated: this.#stated.part(signIn, statedIn),
      isThrough: this.#through.part(signIn, isThroughIn),
      resourceProvider: this.#resourceProvider.part(signIn, resourceProviderIn),
      country: this.#country.part(signIn, countryIn),
    };
    return networkOf(words, { isMember }, this.#facts, noTraffic);
  }

  readonly #readRecorded = (record: Partial<SignIn>): RecordedAddress => recordedAddressIn(record, this.#facts);
}

function proxyIn(record: Partial<SignIn>): Address | undefined {
  return addressOf(record.globalSecureAccessIpAddress);
}

function statedIn(record: Partial<SignIn>): Address | undefined {
  return addressOf(record.sourceIpAddress);
}

function resourceProviderIn(record: Partial<SignIn>): Address | undefined {
  return addressOf(record.ipAddressFromResourceProvider);
}

function asItIs(record: Partial<SignIn>): Partial<SignIn> {
  return record;
}

/** A traffic log is asked for the whole record: then nothing is read in parts. */
function noTraffic(): TrafficSource | undefined {
  return undefined;
}
