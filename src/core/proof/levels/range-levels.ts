import type { CompiledTenant } from '../../conditional-access/compile.ts';
import type { Identity, NetworkPath, Satisfied, SignInAttempt, Target } from '../../signaling/attempt.ts';
import type { ObserveOptions } from '../../signaling/observe.ts';
import { observe } from '../../signaling/observe.ts';
import type { SignalingStatus, Tenant } from '../../tenant/tenant.ts';
import { emptyMask } from '../worlds/masks.ts';
import type { WorldPair } from '../worlds/world.ts';
import { countryClasses } from './countries.ts';
import { devices, deviceValue } from './devices.ts';
import type { Judge } from './judge.ts';
import { classesOf } from './judge.ts';
import type { Level, LevelValue } from './level.ts';
import { levelOfPeople } from './people.ts';
import { claims } from './places.ts';
import { SESSION_VALUES } from './sessions.ts';
import { targetValue } from './targets.ts';

/**
 * The sign-ins that a statement speaks of: who, at what and from where, each a list; of everything else what is said, and what
 * is not said is anything that a sign-in can have.
 */
export interface SignInRange {
  readonly tenant: Tenant;
  readonly compiled: CompiledTenant;
  readonly options: ObserveOptions;
  readonly signaling: SignalingStatus;
  readonly people: readonly Named<Identity>[];
  readonly targets: readonly Named<Target>[];
  readonly networks: readonly Named<NetworkPath>[];
  readonly facts: Partial<SignInAttempt>;
  /** What the session has proven; `undefined`: anything. */
  readonly satisfied: Satisfied | undefined;
}

export interface Named<Value> {
  readonly value: Value;
  readonly text: string;
}

/** The levels of a range, in the order of a proof: people first, places last. */
export function levelsOfRange(range: SignInRange, worlds: WorldPair, judge: Judge): readonly Level[] {
  const { facts, people, targets } = range;
  const persons = people.map(({ value, text }) => ({
    kind: 'person' as const,
    text,
    flags: 0,
    part: { identity: value },
  }));
  const sessions = Object.entries(SESSION_VALUES).map(([name, values]) =>
    judge.level(name as keyof typeof SESSION_VALUES, withSaid(values, facts)),
  );
  const device = facts.device === undefined ? devices(worlds) : [deviceValue(facts.device)];
  return [
    levelOfPeople(persons, worlds, judge),
    judge.level(
      'what',
      targets.map(({ value, text }) => targetValue(text, value)),
    ),
    ...sessions,
    judge.level('device', device),
    levelOfNetworks(range, worlds, judge),
  ];
}

/** The values that say nothing else than what is said; where none is left, what is said is a value that Graph has no word for. */
function withSaid(values: readonly LevelValue[], facts: Partial<SignInAttempt>): readonly LevelValue[] {
  const names = Object.keys(values[0]?.part ?? {}) as (keyof SignInAttempt)[];
  const said = names.filter((name) => facts[name] !== undefined);
  const fitting = values.filter(({ part }) => said.every((name) => part[name] === facts[name]));
  if (fitting.length > 0) return fitting;
  const [usual] = values;
  const part = { ...usual?.part, ...Object.fromEntries(said.map((name) => [name, facts[name]])) };
  return [{ text: said.map((name) => String(facts[name])).join(', '), part, flags: usual?.flags ?? 0 }];
}

/** Networks by what Entra sees of each, with what Authenticator and a federation service may claim where nobody says it. */
function levelOfNetworks(range: SignInRange, worlds: WorldPair, judge: Judge): Level {
  const values = range.networks.flatMap(({ value: network, text }) =>
    claimsFor(range.facts, worlds).map((claim): LevelValue => ({ text, part: { network, ...claim }, flags: 0 })),
  );
  const none = emptyMask(judge.size);
  const judged = values.map(({ part }) => {
    const observation = observe({ ...NOBODY, ...part }, range.signaling, range.options);
    const after = judge.onSide('after', 'where', part, observation);
    return { verdicts: { before: { sure: none, possible: none }, after, unlike: none }, flags: 0 };
  });
  return { name: 'where', values, classes: classesOf(judged) };
}

function claimsFor(
  { gpsCountryOrRegion, insideCorporateNetwork }: Partial<SignInAttempt>,
  worlds: WorldPair,
): Partial<SignInAttempt>[] {
  const countries =
    gpsCountryOrRegion === undefined
      ? countryClasses(worlds, 'gps').map(({ countryOrRegion }) => countryOrRegion)
      : [gpsCountryOrRegion];
  const inside = insideCorporateNetwork === undefined ? claims(worlds) : [insideCorporateNetwork];
  return countries.flatMap((country) =>
    inside.map((isInside) => ({ gpsCountryOrRegion: country, insideCorporateNetwork: isInside })),
  );
}

const NOBODY: Pick<SignInAttempt, 'identity' | 'target' | 'network' | 'satisfied'> = {
  identity: { kind: 'user' },
  target: { kind: 'application', audiences: [], authenticationContexts: [] },
  network: { via: 'direct', source: {} },
  satisfied: {},
};
