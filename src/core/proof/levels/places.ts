import type { NetworkPath, SignInAttempt } from '../../signaling/attempt.ts';
import type { Observation } from '../../signaling/observation.ts';
import { observe } from '../../signaling/observe.ts';
import { keyOf } from '../worlds/masks.ts';
import type { Side } from '../worlds/policies.ts';
import { SIDES } from '../worlds/policies.ts';
import type { WorldPair } from '../worlds/world.ts';
import type { AddressClass, AddressSpace } from './addresses.ts';
import { addressSpace } from './addresses.ts';
import type { CountryClass } from './countries.ts';
import { countryClasses } from './countries.ts';
import type { Judge, Reading } from './judge.ts';
import { classesOf } from './judge.ts';
import type { Level, LevelClass, LevelValue, Verdicts } from './level.ts';

/** Ways in which a sign-in reaches Entra ID. */
export const WAYS = ['direct', 'client', 'remoteNetwork', 'otherTenant'] as const;
export type Way = (typeof WAYS)[number];

/** An address with the country that it maps to. */
export interface Spot {
  readonly address: AddressClass;
  readonly country: CountryClass;
}

/**
 * The origin of a sign-in, as the user knows it. What they do not know, the egress address and its country, are the options:
 * values of the level that share a place.
 */
export interface Place {
  readonly ways: readonly Way[];
  /** Spots that the policies of both worlds cannot tell apart. */
  readonly sources: readonly Spot[];
  readonly gps: CountryClass;
  readonly insideCorporateNetwork: boolean;
  /** Positions of its values. */
  readonly options: readonly number[];
}

/** One place with one kind of egress. */
export interface WhereValue extends LevelValue {
  readonly place: number;
  /** Spots of the egress that make no difference; empty where none is seen. */
  readonly egress: readonly Spot[];
}

export interface WhereLevel extends Level<WhereValue> {
  readonly places: readonly Place[];
  /** The class of each value, and the classes of the options of each place. */
  readonly classOf: Int32Array;
  readonly classesOfPlaces: readonly Int32Array[];
  readonly space: AddressSpace;
}

/** How a network looks for one way, before an address is put in. */
const NETWORKS: { readonly [way in Way]: Pick<NetworkPath, 'via' | 'tunnelOfThisTenant'> } = {
  direct: { via: 'direct' },
  client: { via: 'globalSecureAccessClient', tunnelOfThisTenant: true },
  remoteNetwork: { via: 'remoteNetwork', tunnelOfThisTenant: true },
  otherTenant: { via: 'globalSecureAccessClient', tunnelOfThisTenant: false },
};

/** Goes through all places and asks the product what Entra sees of each in both worlds. */
export function levelOfPlaces(worlds: WorldPair, judge: Judge): WhereLevel {
  const space = addressSpace(worlds);
  const countries = countryClasses(worlds, 'address');
  const sights = new Sights(judge);
  const spots = (addresses: readonly AddressClass[]) =>
    addresses.flatMap((address) => countries.map((country) => ({ address, country })));
  const sources = spots(space.classes);
  const egress = spots(space.classes.filter(({ isEgress, address }) => isEgress && address.version === 4));
  const places: Place[] = [];
  const values: WhereValue[] = [];
  const verdicts: Verdicts[] = [];
  for (const gps of countryClasses(worlds, 'gps')) {
    for (const insideCorporateNetwork of claims(worlds)) {
      const claim = { gpsCountryOrRegion: gps.countryOrRegion, insideCorporateNetwork };
      for (const road of roadsOf(worlds)) {
        // A user's own address is none of the service's, but what comes directly may come from behind it.
        const own = sources.filter(
          ({ address }) =>
            road.versions.includes(address.address.version) && (road.ways.includes('direct') || !address.isEgress),
        );
        for (const group of sights.alike(road, claim, 'source', own)) {
          const options: number[] = [];
          for (const behind of sights.alike(road, claim, 'proxy', egress)) {
            options.push(values.length);
            values.push(whereValue(places.length, road, group, behind, claim));
            verdicts.push(sights.verdicts(road, claim, group, behind));
          }
          places.push({ ways: road.ways, sources: group, gps, insideCorporateNetwork, options });
        }
      }
    }
  }
  const classes = classesOf(verdicts.map((one) => ({ verdicts: one, flags: 0 })));
  return { name: 'where', values, classes, places, space, ...classTables(classes, values.length, places) };
}

/** What the classes of places are, the other way about. */
function classTables(
  classes: readonly LevelClass[],
  size: number,
  places: readonly Place[],
): Pick<WhereLevel, 'classOf' | 'classesOfPlaces'> {
  const classOf = new Int32Array(size);
  for (const [at, { members }] of classes.entries()) for (const value of members) classOf[value] = at;
  const classesOfPlaces = places.map(({ options }) =>
    Int32Array.from(new Set(options.map((value) => classOf[value] ?? 0))),
  );
  return { classOf, classesOfPlaces };
}

type Claim = Pick<SignInAttempt, 'gpsCountryOrRegion' | 'insideCorporateNetwork'>;

function whereValue(
  place: number,
  { ways }: Road,
  group: readonly Spot[],
  behind: readonly Spot[],
  claim: Claim,
): WhereValue {
  const [way = 'direct'] = ways;
  const network: NetworkPath = {
    ...NETWORKS[way],
    source: factsOf(group[0]),
    ...(way === 'direct' ? {} : { proxy: factsOf(behind[0]) }),
  };
  return { text: group[0]?.address.address.text ?? '', part: { network, ...claim }, flags: 0, place, egress: behind };
}

function factsOf(spot: Spot | undefined) {
  return { address: spot?.address.address, countryOrRegion: spot?.country.countryOrRegion };
}

/** The claim of a federated sign-in counts where policies ask for trusted addresses (D-MFATIP); an ordinary one has none. */
export function claims({ before, after }: WorldPair): readonly boolean[] {
  const asks = [before, after].some(({ compiled: { policies } }) =>
    policies.some(({ policy }) =>
      /alltrusted|00000000-0000-0000-0000-000000000000/i.test(JSON.stringify(policy.conditions?.locations ?? {})),
    ),
  );
  return asks ? [false, true] : [false];
}

/** Ways of which Entra sees the same in both worlds. */
interface Road {
  readonly ways: readonly Way[];
  readonly versions: readonly (4 | 6)[];
  readonly seen: Readonly<Record<Side, Seen>>;
}

interface Seen {
  readonly whose: 'source' | 'proxy';
  readonly observation: Observation;
}

/** Asks `observe` about each way. IPv6 passes by every tunnel (LIM), so the way makes no difference to it. */
function roadsOf(worlds: WorldPair): Road[] {
  const found = new Map<string, { ways: Way[]; versions: (4 | 6)[]; seen: Record<Side, Seen> }>();
  for (const version of [4, 6] as const) {
    for (const way of WAYS) {
      const seen = { before: seenOn(worlds, 'before', way, version), after: seenOn(worlds, 'after', way, version) };
      const key = SIDES.map((side) => `${seen[side].whose} ${seen[side].observation.compliantNetwork}`).join();
      const direct = key === 'source false,source false';
      const name = direct ? key : `${version} ${key}`;
      const known = found.get(name);
      if (known === undefined) found.set(name, { ways: [way], versions: [version], seen });
      else {
        if (!known.ways.includes(way) && version === 4) known.ways.push(way);
        if (!known.versions.includes(version)) known.versions.push(version);
      }
    }
  }
  return [...found.values()];
}

function seenOn(worlds: WorldPair, side: Side, way: Way, version: 4 | 6): Seen {
  const { signalingStatus, options } = worlds[side];
  const source = version === 4 ? SOURCE_4 : SOURCE_6;
  const network: NetworkPath = { ...NETWORKS[way], source: { address: source }, proxy: { address: PROXY } };
  const observation = observe(
    { identity: { kind: 'user' }, target: ASKED, network, satisfied: {} },
    signalingStatus,
    options,
  );
  return { whose: observation.ipAddress === PROXY ? 'proxy' : 'source', observation };
}

const ASKED = { kind: 'application', audiences: [{ appId: 'any' }] } as const;
const SOURCE_4 = { version: 4, words: [0xc6336401], text: '198.51.100.1' } as const;
const SOURCE_6 = { version: 6, words: [0x20010db8, 0, 0, 1], text: '2001:db8::1' } as const;
const PROXY = { version: 4, words: [0x97ce0001], text: '151.206.0.1' } as const;

/** What the conditions on locations say of what is seen, each sight judged once. */
class Sights {
  readonly #judge: Judge;
  readonly #isAsked: boolean;
  readonly #known = new Map<string, Reading>();
  readonly #numbers = new Map<string, number>();

  constructor(judge: Judge) {
    this.#judge = judge;
    this.#isAsked = judge.isAsked('where');
  }

  /** Groups of spots that make no difference where they are seen; all of them where they are not seen. */
  alike(road: Road, claim: Claim, whose: Seen['whose'], spots: readonly Spot[]): (readonly Spot[])[] {
    const seeing = SIDES.filter((side) => road.seen[side].whose === whose);
    if (seeing.length === 0 && whose === 'proxy') return [[]];
    const groups = new Map<string, Spot[]>();
    for (const spot of spots) {
      const key = `${spot.address.isEgress} ${seeing.map((side) => this.#number(road, claim, side, spot)).join()}`;
      const known = groups.get(key);
      if (known === undefined) groups.set(key, [spot]);
      else known.push(spot);
    }
    return [...groups.values()];
  }

  verdicts(road: Road, claim: Claim, group: readonly Spot[], behind: readonly Spot[]): Verdicts {
    const on = (side: Side) =>
      this.#verdict(road, claim, side, road.seen[side].whose === 'source' ? group[0] : behind[0]);
    return this.#judge.compared(on('before'), on('after'), road.seen.before.whose === road.seen.after.whose);
  }

  #number(road: Road, claim: Claim, side: Side, spot: Spot): number {
    const { sure, possible, open } = this.#verdict(road, claim, side, spot);
    const lacks = this.#judge.isOneTenant ? '' : [...open].join('\n');
    const key = `${keyOf(sure, possible)} ${lacks}`;
    const known = this.#numbers.get(key) ?? this.#numbers.size;
    this.#numbers.set(key, known);
    return known;
  }

  #verdict(road: Road, claim: Claim, side: Side, spot: Spot | undefined): Reading {
    const { observation } = road.seen[side];
    const { address, countryOrRegion } = factsOf(spot);
    const sight = [
      address?.text,
      countryOrRegion,
      observation.compliantNetwork,
      claim.gpsCountryOrRegion,
      claim.insideCorporateNetwork,
    ];
    const world = this.#judge.isOneTenant ? 'both' : side;
    const key = this.#isAsked ? `${world} ${sight.map(String).join(' ')}` : world;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const verdict = this.#judge.onSide(side, 'where', claim, { ...observation, ipAddress: address, countryOrRegion });
    this.#known.set(key, verdict);
    return verdict;
  }
}
