import type { ChangeClass } from '../conditional-access/outcome/change.ts';
import { CHANGE_CLASSES } from '../conditional-access/outcome/change.ts';
import { compareTexts } from '../values/compare-texts.ts';
import type { Change } from './change.ts';
import type { Counted } from './counted.ts';
import { isOfOne, SEVERAL } from './counted.ts';
import type { Counts } from './counter.ts';
import { Counter, signInsOf } from './counter.ts';
import type { Example } from './example.ts';
import type { Dimension, Member } from './groups.ts';
import { DIMENSIONS } from './groups.ts';
import type { CountedPerson } from './people.ts';
import { PersonSet } from './person-set.ts';

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

/** The sign-ins of one class that have something in common, as they are counted. */
interface Group {
  readonly head: Pick<GroupCounts, 'by' | 'class' | 'id' | 'displayName'>;
  readonly counter: Counter;
  readonly people: PersonSet;
  stopped: number;
  /** Whether the example is somebody who is certainly stopped. */
  isOfStopped: boolean;
  example: Example;
}

/** The groups of one class: of people by their numbers, of all else by the id of the member. */
interface OfClass {
  readonly policy: Map<string, Group>;
  readonly person: (Group | undefined)[];
  readonly several: Map<string, Group>;
  readonly application: Map<string, Group>;
  readonly location: Map<string, Group>;
}

/** The sign-ins that came to one change. */
export interface OfChange {
  readonly counter: Counter;
  readonly people: PersonSet;
}

/** Counts changes by whom, where and by what they come. */
export class Groups {
  readonly #policyNames: ReadonlyMap<string, string>;
  readonly #classes = new Map<ChangeClass, OfClass>();
  /** The sign-in that is counted, worked out; `undefined`: nobody has asked yet. */
  #example: Example | undefined;

  constructor(policyNames: ReadonlyMap<string, string>) {
    this.#policyNames = policyNames;
  }

  /**
   * Counts a sign-in by its people, application and location. The policies are those of its change, so they are counted with it
   * ({@link addChange}) and only hear of the first that comes to it, whom they may show as their example.
   */
  add(counted: Counted, people: readonly CountedPerson[], isFirstOfChange: boolean): void {
    this.#example = undefined;
    const groups = this.#ofClass(counted.change.class);
    if (isFirstOfChange) this.#meetPolicies(groups, counted);
    const isStopped = counted.change.stoppedBy.length > 0;
    this.#join(this.#ofPeople(groups, counted, people), counted, people, isStopped);
    const { application, location } = counted;
    this.#join(this.#ofMember(groups, 'application', application, counted), counted, people, isStopped);
    this.#join(this.#ofMember(groups, 'location', location, counted), counted, people, isStopped);
  }

  /** Counts all sign-ins that came to a change by the policies that decide it. */
  addChange({ class: kind, decidedBy, stoppedBy }: Change, { counter, people }: OfChange): void {
    const { policy } = this.#ofClass(kind);
    for (const id of decidedBy) {
      const group = policy.get(id);
      if (group === undefined) continue;
      group.counter.addAll(counter);
      group.people.addAll(people);
      if (stoppedBy.includes(id)) group.stopped += counter.signIns;
    }
  }

  counts(): GroupCounts[] {
    return [...this.#classes.values()].flatMap(groupsOf).map(({ head, counter, people, stopped, example }) => ({
      ...head,
      example,
      ...counter.countsWith(people.size),
      certainlyStopped: stopped,
    }));
  }

  #ofClass(kind: ChangeClass): OfClass {
    const known = this.#classes.get(kind);
    if (known !== undefined) return known;
    const groups: OfClass = {
      policy: new Map(),
      person: [],
      several: new Map(),
      application: new Map(),
      location: new Map(),
    };
    this.#classes.set(kind, groups);
    return groups;
  }

  #meetPolicies(groups: OfClass, counted: Counted): void {
    const { decidedBy, stoppedBy } = counted.change;
    for (const id of decidedBy) {
      const member = { id, displayName: this.#policyNames.get(id) ?? id };
      const group = this.#ofMember(groups, 'policy', member, counted);
      if (stoppedBy.includes(id)) this.#showStopped(group, counted);
    }
  }

  /** A record of several people does not tell whose sign-ins are whose. */
  #ofPeople(groups: OfClass, counted: Counted, [person]: readonly CountedPerson[]): Group {
    if (person === undefined || !isOfOne(counted)) return this.#ofMember(groups, 'several', SEVERAL, counted);
    const known = groups.person[person.number];
    if (known !== undefined) return known;
    // A hole would make the list a slow one.
    while (groups.person.length < person.number) groups.person.push(undefined);
    const group = this.#begin('user', counted.user, counted);
    groups.person[person.number] = group;
    return group;
  }

  #ofMember(groups: OfClass, of: Exclude<keyof OfClass, 'person'>, member: Member, counted: Counted): Group {
    const known = groups[of].get(member.id);
    if (known !== undefined) return known;
    const group = this.#begin(of === 'several' ? 'user' : of, member, counted);
    groups[of].set(member.id, group);
    return group;
  }

  #begin(by: Dimension, { id, displayName }: Member, counted: Counted): Group {
    return {
      head: { by, class: counted.change.class, id, displayName },
      counter: new Counter(),
      people: new PersonSet(),
      stopped: 0,
      isOfStopped: false,
      example: this.#exampleOf(counted),
    };
  }

  #join(group: Group, counted: Counted, people: readonly CountedPerson[], isStopped: boolean): void {
    const { weight, kind } = counted;
    if (isStopped) {
      this.#showStopped(group, counted);
      group.stopped += weight.signIns;
    }
    group.counter.add(kind, weight);
    for (let at = 0; at < people.length; at++) group.people.add((people[at] as CountedPerson).number);
  }

  /** The example is the first who is certainly stopped, if anybody is. */
  #showStopped(group: Group, counted: Counted): void {
    if (group.isOfStopped) return;
    group.example = this.#exampleOf(counted);
    group.isOfStopped = true;
  }

  #exampleOf(counted: Counted): Example {
    this.#example ??= counted.explain();
    return this.#example;
  }
}

function groupsOf({ policy, person, several, application, location }: OfClass): Group[] {
  const ofPeople = person.filter((group) => group !== undefined);
  return [...ofPeople, ...[policy, several, application, location].flatMap((byId) => [...byId.values()])];
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
