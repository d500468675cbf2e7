import type { ChangeClass } from '../conditional-access/outcome/change.ts';
import { CHANGE_CLASSES } from '../conditional-access/outcome/change.ts';
import type { Weight } from '../conditional-access/record/weight.ts';
import { hasUnnamedPeople } from '../conditional-access/record/weight.ts';
import { compareTexts } from '../values/compare-texts.ts';
import type { Change } from './change.ts';
import type { Example } from './example.ts';
import type { Dimension, Member, SignInKind } from './groups.ts';
import { DIMENSIONS } from './groups.ts';

/** Sign-ins by how they came about, and the people (or workloads) behind them. */
export interface Counts {
  readonly interactive: number;
  readonly nonInteractive: number;
  readonly workload: number;
  /** Distinct users, service principals and managed identities, of those that records name. */
  readonly users: number;
}

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
  readonly #stopped = new Counter();
  readonly #classes = new Map<ChangeClass, Counter>(CHANGE_CLASSES.map((kind) => [kind, new Counter()]));
  /** Groups by dimension and class, then by the id of the member. */
  readonly #groups = new Map<string, Map<string, Group>>();
  readonly #outcomes = new Map<string, { before: string; after: string; signIns: number }>();
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
    this.#classes.get(change.class)?.add(counted);
    if (change.stoppedBy.length > 0) this.#stopped.add(counted);
    if (change.outcomes === undefined) this.#untouched += signIns;
    else this.#addOutcomes(change.outcomes, signIns);
    for (const kind of change.couldBe) this.#couldBe.set(kind, (this.#couldBe.get(kind) ?? 0) + signIns);
    for (const fact of change.missing) this.#missing.set(fact, (this.#missing.get(fact) ?? 0) + signIns);
    if (this.#isGrouped && change.class !== 'unchanged') this.#addToGroups(counted);
  }

  counts(): ImpactCounts {
    return {
      judged: allOf([...this.#classes.values()]),
      arePeopleUnnamed: this.#arePeopleUnnamed,
      untouched: this.#untouched,
      classes: [...this.#classes].map(([kind, counter]) => ({ class: kind, ...counter.counts() })),
      certainlyStopped: this.#stopped.counts(),
      couldBe: CHANGE_CLASSES.flatMap((kind) => {
        const signIns = this.#couldBe.get(kind) ?? 0;
        return signIns === 0 ? [] : [{ class: kind, signIns }];
      }),
      outcomes: [...this.#outcomes.values()]
        .map((entry) => ({ ...entry }))
        .sort((a, b) => b.signIns - a.signIns || compareTexts(`${a.before} ${a.after}`, `${b.before} ${b.after}`)),
      missing: [...this.#missing]
        .map(([fact, signIns]) => ({ fact, signIns }))
        .sort((a, b) => b.signIns - a.signIns || compareTexts(a.fact, b.fact)),
      groups: [...this.#groups.values()]
        .flatMap((groups) => [...groups.values()])
        .map(({ head, counter, stopped, example }) => ({
          ...head,
          example,
          ...counter.counts(),
          certainlyStopped: stopped,
        }))
        .sort(byWeight),
    };
  }

  #addOutcomes({ before, after }: { readonly before: string; readonly after: string }, signIns: number): void {
    const key = `${before} ${after}`;
    const entry = this.#outcomes.get(key);
    if (entry === undefined) this.#outcomes.set(key, { before, after, signIns });
    else entry.signIns += signIns;
  }

  #addToGroups(counted: Counted): void {
    const { user, application, location, change, weight } = counted;
    let example: Example | undefined;
    const join = (by: Dimension, { id, displayName }: Member, isStopped = change.stoppedBy.length > 0) => {
      const key = `${by} ${change.class}`;
      const groups = this.#groups.get(key) ?? new Map<string, Group>();
      this.#groups.set(key, groups);
      let group = groups.get(id);
      if (group === undefined) {
        example ??= counted.explain();
        const head = { by, class: change.class, id, displayName };
        group = { head, counter: new Counter(), stopped: 0, example };
        groups.set(id, group);
      }
      if (isStopped && group.stopped === 0) {
        example ??= counted.explain();
        group.example = example;
      }
      if (isStopped) group.stopped += weight.signIns;
      group.counter.add(counted);
    };
    for (const id of change.decidedBy) {
      join('policy', { id, displayName: this.#policyNames.get(id) ?? id }, change.stoppedBy.includes(id));
    }
    join('user', isOfOne(counted) ? user : SEVERAL);
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

interface Group {
  readonly head: Omit<GroupCounts, keyof Counts | 'certainlyStopped' | 'example'>;
  readonly counter: Counter;
  stopped: number;
  example: Example;
}

class Counter {
  interactive = 0;
  nonInteractive = 0;
  workload = 0;
  readonly users = new Set<string>();

  add({ kind, weight, user }: Counted): void {
    this[kind] += weight.signIns;
    if (weight.people === undefined) this.users.add(user.id);
    else for (const id of weight.people) this.users.add(id);
  }

  counts(): Counts {
    const { interactive, nonInteractive, workload, users } = this;
    return { interactive, nonInteractive, workload, users: users.size };
  }
}

/** All counters together; who is in several of them is counted once. */
function allOf(counters: readonly Counter[]): Counts {
  const all = new Counter();
  for (const { interactive, nonInteractive, workload, users } of counters) {
    all.interactive += interactive;
    all.nonInteractive += nonInteractive;
    all.workload += workload;
    for (const id of users) all.users.add(id);
  }
  return all.counts();
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
