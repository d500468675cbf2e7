import type { Diagram } from './diagram/search.ts';
import { Search } from './diagram/search.ts';
import type { ControlColumns } from './levels/controls.ts';
import { controlColumns } from './levels/controls.ts';
import { devices } from './levels/devices.ts';
import { Judge } from './levels/judge.ts';
import type { Level, LevelValue } from './levels/level.ts';
import type { Person } from './levels/people.ts';
import { everybody, levelOfPeople } from './levels/people.ts';
import type { WhereLevel } from './levels/places.ts';
import { levelOfPlaces } from './levels/places.ts';
import { SESSION_VALUES } from './levels/sessions.ts';
import { targets } from './levels/targets.ts';
import { TooLarge } from './too-large.ts';
import type { PolicyUnion } from './worlds/policies.ts';
import { unitePolicies } from './worlds/policies.ts';
import type { WorldPair } from './worlds/world.ts';

/** The answer about every sign-in there could be: what of it changes between two worlds. */
export interface Proof {
  readonly worlds: WorldPair;
  readonly union: PolicyUnion;
  readonly columns: ControlColumns;
  readonly people: Level<Person>;
  readonly apps: Level;
  readonly where: WhereLevel;
  readonly diagram: Diagram;
  /** The search, for more questions over the same levels. */
  readonly search: Search;
}

export interface ProofOptions {
  /** Limits the proof to the people and the applications of which this holds. */
  readonly isAsked?: { readonly person?: (person: Person) => boolean; readonly app?: (app: LevelValue) => boolean };
  readonly stepLimit?: number | undefined;
}

/** Proves what changes between two worlds, or says what the question has to be narrowed by. */
export function prove(worlds: WorldPair, options: ProofOptions = {}): Proof | TooLarge {
  try {
    return proven(worlds, options);
  } catch (error) {
    if (error instanceof TooLarge) return error;
    throw error;
  }
}

function proven(worlds: WorldPair, { isAsked = {}, stepLimit }: ProofOptions): Proof {
  const union = unitePolicies(worlds);
  const judge = new Judge(worlds, union);
  const columns = controlColumns(union.grants);
  const people = levelOfPeople(everybody(worlds).filter(isAsked.person ?? always), worlds, judge);
  const apps = judge.level('what', targets([worlds.before.tenant, worlds.after.tenant]).filter(isAsked.app ?? always));
  const where = levelOfPlaces(worlds, judge);
  const sessions = Object.entries(SESSION_VALUES).map(([name, values]) =>
    judge.level(name as keyof typeof SESSION_VALUES, values),
  );
  const levels = [people, apps, ...sessions, judge.level('device', devices(worlds)), where];
  const search = new Search(union, columns, levels, stepLimit);
  return { worlds, union, columns, people, apps, where, search, diagram: search.run() };
}

function always(): boolean {
  return true;
}
