import type { ChangeClass } from '../conditional-access/outcome/change.ts';
import { CHANGE_CLASSES } from '../conditional-access/outcome/change.ts';
import { hasUnnamedPeople } from '../conditional-access/record/weight.ts';
import type { Outcome } from '../conditional-access/result.ts';
import { compareTexts } from '../values/compare-texts.ts';
import { CountedLater } from '../values/counted-later.ts';
import type { Change } from './change.ts';
import type { Counted } from './counted.ts';
import type { Counts } from './counter.ts';
import { Counter } from './counter.ts';
import type { ClassCounts, GroupCounts, OfChange } from './grouped.ts';
import { byWeight, Groups } from './grouped.ts';
import type { CountedPerson } from './people.ts';
import { People } from './people.ts';
import { PersonSet } from './person-set.ts';

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

/** The sign-ins that came to one change and are not counted yet. */
interface CountedChange extends OfChange {
  /** The counts of people that have whoever the change comes to, in bits. */
  readonly in: number;
}

/** Counts as the sign-ins pass. Its size depends on people, policies and places, not on the number of sign-ins. */
export class ImpactTally {
  readonly #isGrouped: boolean;
  readonly #changes = new CountedLater<Change, CountedChange>(
    (change) => ({ counter: new Counter(), people: new PersonSet(), in: countsOf(change) }),
    (change, counting) => this.#countChange(change, counting),
  );
  readonly #classes = new Map(CHANGE_CLASSES.map((kind) => [kind, new Counter()]));
  readonly #stopped = new Counter();
  readonly #all = new Counter();
  readonly #people = new People();
  /** Room for who signs in, who is one nearly always. */
  readonly #person: CountedPerson[] = [];
  readonly #groups: Groups;
  /** Numbers of sign-ins by the outcome before, then by that after. */
  readonly #outcomes = new Map<Outcome, Map<Outcome, number>>();
  readonly #couldBe = new Map<ChangeClass, number>();
  readonly #missing = new Map<string, number>();
  #untouched = 0;
  #arePeopleUnnamed = false;

  constructor(policyNames: ReadonlyMap<string, string>, isGrouped = true) {
    this.#isGrouped = isGrouped;
    this.#groups = new Groups(policyNames);
  }

  add(counted: Counted): void {
    const { change, weight } = counted;
    if (hasUnnamedPeople(weight)) this.#arePeopleUnnamed = true;
    const counting = this.#changes.of(change);
    const people = this.#peopleOf(counted);
    for (let at = 0; at < people.length; at++) (people[at] as CountedPerson).in |= counting.in;
    if (this.#isCountedByGroups(change)) {
      for (let at = 0; at < people.length; at++) counting.people.add((people[at] as CountedPerson).number);
      this.#groups.add(counted, people, counting.counter.signIns === 0);
    }
    counting.counter.add(counted.kind, weight);
  }

  counts(): ImpactCounts {
    this.#changes.flush();
    return {
      judged: this.#all.countsWith(this.#people.size),
      arePeopleUnnamed: this.#arePeopleUnnamed,
      untouched: this.#untouched,
      classes: [...this.#classes].map(([kind, counter]) => ({
        class: kind,
        ...counter.countsWith(this.#people.countIn(bitOf(kind))),
      })),
      certainlyStopped: this.#stopped.countsWith(this.#people.countIn(STOPPED)),
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
      groups: this.#groups.counts().sort(byWeight),
    };
  }

  #isCountedByGroups({ class: kind }: Change): boolean {
    return this.#isGrouped && kind !== 'unchanged';
  }

  /** Good until it is asked for again. */
  #peopleOf(counted: Counted): readonly CountedPerson[] {
    const { people } = counted.weight;
    if (people !== undefined) return people.map((id) => this.#people.withId(id));
    this.#person[0] = this.#people.of(counted);
    return this.#person;
  }

  #countChange(change: Change, counting: CountedChange): void {
    const { counter } = counting;
    const { signIns } = counter;
    if (this.#isCountedByGroups(change)) this.#groups.addChange(change, counting);
    this.#all.addAll(counter);
    this.#classes.get(change.class)?.addAll(counter);
    if (change.stoppedBy.length > 0) this.#stopped.addAll(counter);
    if (change.outcomes === undefined) this.#untouched += signIns;
    else this.#addOutcomes(change.outcomes, signIns);
    for (const kind of change.couldBe) this.#couldBe.set(kind, (this.#couldBe.get(kind) ?? 0) + signIns);
    for (const fact of change.missing) this.#missing.set(fact, (this.#missing.get(fact) ?? 0) + signIns);
  }

  #addOutcomes({ before, after }: NonNullable<Change['outcomes']>, signIns: number): void {
    const others = this.#outcomes.get(before) ?? new Map<Outcome, number>();
    this.#outcomes.set(before, others.set(after, (others.get(after) ?? 0) + signIns));
  }
}

const STOPPED = 1 << CHANGE_CLASSES.length;

function bitOf(kind: ChangeClass): number {
  return 1 << CHANGE_CLASSES.indexOf(kind);
}

/** The counts that have whoever the change comes to. */
function countsOf({ class: kind, stoppedBy }: Change): number {
  return bitOf(kind) | (stoppedBy.length > 0 ? STOPPED : 0);
}
