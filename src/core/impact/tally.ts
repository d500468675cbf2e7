import type { ChangeClass } from '../conditional-access/outcome/change.ts';
import { CHANGE_CLASSES } from '../conditional-access/outcome/change.ts';
import type { Weight } from '../conditional-access/record/weight.ts';
import { hasUnnamedPeople } from '../conditional-access/record/weight.ts';
import type { Outcome } from '../conditional-access/result.ts';
import type { NumberedAttempt } from '../signaling/numbered-attempt.ts';
import { compareTexts } from '../values/compare-texts.ts';
import type { Change } from './change.ts';
import type { Counts } from './counter.ts';
import { Counter, Ids } from './counter.ts';
import type { Example } from './example.ts';
import type { Dimension, Member, SignInKind } from './groups.ts';
import { DIMENSIONS } from './groups.ts';
import type { CountedPerson } from './people.ts';
import { People } from './people.ts';

export interface ClassCounts extends Counts {
  readonly class: ChangeClass;
}

/** Sign-ins of one class that have something in common. */
export interface GroupCounts extends ClassCounts {
  readonly by: Dimension;
  readonly id: string;
  readonly displayName: string;
  /** Sign-ins of class unknown of which so much is certain: let in before, and stopped; of a policy, those that it stops. */
  readonly certainlyStopped: number;
  /** The first; where some are certainly stopped, the first of those. */
  readonly example: Example;
}

/** A record as it is counted: one sign-in, or as many as its weight says. */
export interface Counted {
  readonly kind: SignInKind;
  readonly weight: Weight;
  readonly user: Member;
  readonly application: Member;
  readonly location: Member;
  readonly change: Change;
  /** The sign-in by the numbers of its parts; absent: it has none. */
  readonly numbered?: NumberedAttempt | undefined;
  /** Works the sign-in out; asked only where it is the first of a group. */
  explain(): Example;
}

/** What an impact run counted. */
export interface ImpactCounts {
  readonly judged: Counts;
  /** A record stands for more people than it names: there are at least as many users as are counted, here and below. */
  readonly arePeopleUnnamed: boolean;
  /** Entra sees the same of them on both sides. */
  readonly untouched: number;
  readonly classes: readonly ClassCounts[];
  /** Unknown sign-ins that were let in before, or only asked, and are stopped whatever the missing facts are. */
  readonly certainlyStopped: Counts;
  /** The number of unknown sign-ins that could be of each class. */
  readonly couldBe: readonly { readonly class: ChangeClass; readonly signIns: number }[];
  /** The outcomes before and after; where nothing changes, without hearing what the record says of policies. */
  readonly outcomes: readonly { readonly before: string; readonly after: string; readonly signIns: number }[];
  readonly missing: readonly { readonly fact: string; readonly signIns: number }[];
  readonly groups: readonly GroupCounts[];
}

/** Counts as the sign-ins pass. Its size depends on people, policies and places, not on the number of sign-ins. */
export class ImpactTally {
  readonly #policyNames: ReadonlyMap<string, string>;
  readonly #isGrouped: boolean;
  readonly #classes = new Map(CHANGE_CLASSES.map((kind, at) => [kind, new PeopleCounter(1 << at)]));
  readonly #stopped = new PeopleCounter(1 << CHANGE_CLASSES.length);
  readonly #all = new Counter();
  readonly #people = new People();
  /** Groups by dimension and class, then by the id of the member. */
  readonly #groups = new Map<string, Map<string, Group>>();
  /** Numbers of sign-ins by the outcome before, then by that after. */
  readonly #outcomes = new Map<Outcome, Map<Outcome, number>>();
  readonly #couldBe = new Map<ChangeClass, number>();
  readonly #missing = new Map<string, number>();
  #untouched = 0;
  #arePeopleUnnamed = false;

  constructor(policyNames: ReadonlyMap<string, string>, isGrouped = true) {
    this.#policyNames = policyNames;
    this.#isGrouped = isGrouped;
  }

  add(counted: Counted): void {
    const { change, weight } = counted;
    const { signIns } = weight;
    if (hasUnnamedPeople(weight)) this.#arePeopleUnnamed = true;
    this.#addToClass(counted);
    if (change.outcomes === undefined) this.#untouched += signIns;
    else this.#addOutcomes(change.outcomes, signIns);
    for (const kind of change.couldBe) this.#couldBe.set(kind, (this.#couldBe.get(kind) ?? 0) + signIns);
    for (const fact of change.missing) this.#missing.set(fact, (this.#missing.get(fact) ?? 0) + signIns);
    if (this.#isGrouped && change.class !== 'unchanged') this.#addToGroups(counted);
  }

  counts(): ImpactCounts {
    return {
      judged: this.#all.countsWith(this.#people.size),
      arePeopleUnnamed: this.#arePeopleUnnamed,
      untouched: this.#untouched,
      classes: [...this.#classes].map(([kind, counter]) => ({ class: kind, ...counter.counts() })),
      certainlyStopped: this.#stopped.counts(),
      couldBe: CHANGE_CLASSES.flatMap((kind) => {
        const signIns = this.#couldBe.get(kind) ?? 0;
        return signIns === 0 ? [] : [{ class: kind, signIns }];
      }),
      outcomes: [...this.#outcomes]
        .flatMap(([before, others]) => [...others].map(([after, signIns]) => ({ before, after, signIns })))
        .sort((a, b) => b.signIns - a.signIns || compareTexts(`${a.before} ${a.after}`, `${b.before} ${b.after}`)),
      missing: [...this.#missing]
        .map(([fact, signIns]) => ({ fact, signIns }))
        .sort((a, b) => b.signIns - a.signIns || compareTexts(a.fact, b.fact)),
      groups: [...this.#groups.values()]
        .flatMap((groups) => [...groups.values()])
        .map(({ head, counter, users, stopped, example }) => ({
          ...head,
          example,
          ...counter.countsWith(users.size),
          certainlyStopped: stopped,
        }))
        .sort(byWeight),
    };
  }

  #addToClass(counted: Counted): void {
    const { change, kind, weight } = counted;
    this.#all.add(kind, weight);
    const counter = this.#classes.get(change.class);
    if (counter !== undefined) this.#addTo(counter, counted, kind);
    if (change.stoppedBy.length > 0) this.#addTo(this.#stopped, counted, kind);
  }

  #addTo(counter: PeopleCounter, counted: Counted, kind: SignInKind): void {
    const { weight } = counted;
    counter.add(kind, weight);
    if (weight.people === undefined) counter.addPerson(this.#people.of(counted));
    else for (const id of weight.people) counter.addPerson(this.#people.withId(id));
  }

  #addOutcomes({ before, after }: NonNullable<Change['outcomes']>, signIns: number): void {
    const others = this.#outcomes.get(before) ?? new Map<Outcome, number>();
    this.#outcomes.set(before, others.set(after, (others.get(after) ?? 0) + signIns));
  }

  #addToGroups(counted: Counted): void {
    const { kind, user, application, location, change, weight } = counted;
    let example: Example | undefined;
    const join = (by: Dimension, { id, displayName }: Member, isStopped = change.stoppedBy.length > 0) => {
      const key = `${by} ${change.class}`;
      const groups = this.#groups.get(key) ?? new Map<string, Group>();
      this.#groups.set(key, groups);
      let group = groups.get(id);
      if (group === undefined) {
        example ??= counted.explain();
        const head = { by, class: change.class, id, displayName };
        group = { head, counter: new Counter(), users: new Ids(), stopped: 0, example };
        groups.set(id, group);
      }
      if (isStopped && group.stopped === 0) {
        example ??= counted.explain();
        group.example = example;
      }
      if (isStopped) group.stopped += weight.signIns;
      group.counter.add(kind, weight);
      if (weight.people === undefined) group.users.add(user.id);
      else for (const id of weight.people) group.users.add(id);
    };
    for (const id of change.decidedBy) {
      join('policy', { id, displayName: this.#policyNames.get(id) ?? id }, change.stoppedBy.includes(id));
    }
    join('user', isOfOne({ user, weight }) ? user : SEVERAL);
    join('application', application);
    join('location', location);
  }
}

/** The member for a record of several people, which does not tell whose sign-ins are whose. */
export const SEVERAL: Member = { id: 'several', displayName: 'several people' };

export function isOfOne({ user, weight }: Pick<Counted, 'user' | 'weight'>): boolean {
  const { people, userCount = 1 } = weight;
  return userCount === 1 && (people === undefined || (people.length === 1 && people[0] === user.id));
}

/** Counts each person once. */
class PeopleCounter extends Counter {
  readonly #bit: number;
  #people = 0;

  /** A bit that no other counter has. */
  constructor(bit: number) {
    super();
    this.#bit = bit;
  }

  addPerson(person: CountedPerson): void {
    if ((person.in & this.#bit) !== 0) return;
    person.in |= this.#bit;
    this.#people++;
  }

  counts(): Counts {
    return this.countsWith(this.#people);
  }
}

interface Group {
  readonly head: Omit<GroupCounts, keyof Counts | 'certainlyStopped' | 'example'>;
  readonly counter: Counter;
  readonly users: Ids;
  stopped: number;
  example: Example;
}

export function signInsOf({ interactive, nonInteractive, workload }: Counts): number {
  return interactive + nonInteractive + workload;
}

/** Sorts by dimension, then class from the harshest, then by the number of sign-ins, then by name and id. */
export function byWeight(a: GroupCounts, b: GroupCounts): number {
  return (
    DIMENSIONS.indexOf(a.by) - DIMENSIONS.indexOf(b.by) ||
    CHANGE_CLASSES.indexOf(a.class) - CHANGE_CLASSES.indexOf(b.class) ||
    signInsOf(b) - signInsOf(a) ||
    compareTexts(a.displayName, b.displayName) ||
    compareTexts(a.id, b.id)
  );
}
