import type { SignIn } from '../../../core/conditional-access/record/sign-in.ts';
import { GROUP_MEMBERS } from '../../../core/impact/groups.ts';
import type { SignInAttempt } from '../../../core/signaling/attempt.ts';
import { IDENTITY_MEMBERS, identityOf } from '../facts/identity-of.ts';
import type { Members } from '../facts/members.ts';
import { isBlank, setMember } from '../facts/members.ts';
import type { NetworkFacts, TrafficSource } from '../facts/network-path-of.ts';
import { isMember, NETWORK_MEMBERS } from '../facts/network-path-of.ts';
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
const NAME_MEMBERS = GROUP_MEMBERS.filter((name) => !APPLICATION_MEMBERS.includes(name));

/** A sign-in by the numbers of its values: from an offset that of each member in {@link READ_MEMBERS}. */
export interface NumberedSignIn {
  readonly values: KnownValues;
  readonly numbers: Int32Array;
  readonly offset: number;
}

/** Parts that are remembered of a kind: paths through many addresses of the service differ nearly always, people do not. */
const MOST_PARTS = 25_000;

/** Reads a part of a record from the values of its members, once for each combination of them. */
class PartMemory<Part> {
  readonly #members: readonly string[];
  readonly #places: readonly number[];
  readonly #row: Int32Array;
  readonly #known: Tuples<Part>;

  /** `more` numbers besides the values of the members belong to the key. */
  constructor(members: readonly string[], more = 0) {
    this.#members = members;
    this.#places = members.map((name) => READ_MEMBERS.indexOf(name));
    this.#row = new Int32Array(members.length + more);
    this.#known = new Tuples(members.length + more);
  }

  clear(): void {
    this.#known.clear();
  }

  part(signIn: NumberedSignIn, read: (record: Partial<SignIn>) => Part, more = 0): Part {
    const row = this.#row;
    const places = this.#places;
    for (let column = 0; column < places.length; column++) {
      row[column] = signIn.numbers[signIn.offset + (places[column] as number)] as number;
    }
    if (row.length > places.length) row[places.length] = more;
    if (this.#known.size >= MOST_PARTS) this.#known.clear();
    return this.#known.value(row, () => read(this.#recordOf(signIn)));
  }

  /** The members in the form that `finishRecord` gives them. */
  #recordOf({ values, numbers, offset }: NumberedSignIn): Partial<SignIn> {
    const record: Members = {};
    for (const [column, name] of this.#members.entries()) {
      const value = values.value(numbers[offset + (this.#places[column] as number)] as number);
      const shaped = isBlank(value) ? undefined : shapedMember(name, value);
      if (!isBlank(shaped)) setMember(record, name, shaped);
    }
    return record;
  }
}

/** Attempts of records of which only the values are known; what many records repeat is read once. */
export class FactMemory {
  readonly #facts: NetworkFacts;
  readonly #identity = new PartMemory<AttemptParts['identity']>(IDENTITY_MEMBERS);
  readonly #target = new PartMemory<AttemptParts['target']>(TARGET_MEMBERS);
  readonly #network = new PartMemory<AttemptParts['network']>(NETWORK_MEMBERS, 1);
  readonly #client = new PartMemory<AttemptParts['client']>(CLIENT_MEMBERS);
  readonly #device = new PartMemory<AttemptParts['device']>(DEVICE_MEMBERS);
  readonly #risk = new PartMemory<AttemptParts['risk']>(RISK_MEMBERS);
  readonly #flow = new PartMemory<AttemptParts['flow']>(FLOW_MEMBERS);
  readonly #session = new PartMemory<AttemptParts['session']>(MFA_MEMBERS);
  readonly #testimony = new PartMemory<AttemptParts['testimony']>(TESTIMONY_MEMBERS);
  readonly #reach = new PartMemory<AttemptParts['reach']>(REACH_MEMBERS);

  readonly #marks = new PartMemory<readonly SignInMark[]>(MARK_MEMBERS);
  readonly #application = new PartMemory<Partial<SignIn>>(APPLICATION_MEMBERS);
  readonly #names = new PartMemory<Partial<SignIn>>(NAME_MEMBERS);
  readonly #applied = new PartMemory<Partial<SignIn>>(TESTIMONY_MEMBERS);
  readonly #address = new PartMemory<Partial<SignIn>>(['ipAddress']);

  constructor(facts: NetworkFacts) {
    this.#facts = facts;
  }

  clear(): void {
    const parts = [this.#identity, this.#target, this.#network, this.#client, this.#device];
    const others = [this.#risk, this.#flow, this.#session, this.#testimony, this.#reach, this.#marks];
    const told = [this.#application, this.#names, this.#applied, this.#address];
    for (const part of [...parts, ...others, ...told]) part.clear();
  }

  attempt(signIn: NumberedSignIn): SignInAttempt {
    const identity = this.#identity.part(signIn, identityOf);
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

  /** What of the record is counted and compared, but for its id and time. */
  told(signIn: NumberedSignIn): Partial<SignIn> {
    const parts = [this.#application, this.#names, this.#applied, this.#address];
    return Object.assign({}, ...parts.map((part) => part.part(signIn, asItIs)));
  }

  /** What is special about the record, as far as it has an id and a time. */
  marks(signIn: NumberedSignIn): readonly SignInMark[] {
    return this.#marks.part(signIn, marksOf);
  }

  #networkOf(signIn: NumberedSignIn, isMember: boolean): AttemptParts['network'] {
    const read = (record: Partial<SignIn>) => networkOf(record, { isMember }, this.#facts, noTraffic);
    return this.#network.part(signIn, read, isMember ? 1 : 0);
  }
}

function asItIs(record: Partial<SignIn>): Partial<SignIn> {
  return record;
}

/** A traffic log is asked for the whole record: then nothing is read in parts. */
function noTraffic(): TrafficSource | undefined {
  return undefined;
}
