import type { ChangeClass } from '../conditional-access/outcome/change.ts';
import { CHANGE_CLASSES } from '../conditional-access/outcome/change.ts';
import { compareTexts } from '../values/compare-texts.ts';
import type { Counted } from './counted.ts';
import { isOfOne, SEVERAL } from './counted.ts';
import type { Counts } from './counter.ts';
import { Counter, Ids, signInsOf } from './counter.ts';
import type { Example } from './example.ts';
import type { Dimension, Member } from './groups.ts';
import { DIMENSIONS } from './groups.ts';

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
  readonly users: Ids;
  stopped: number;
  example: Example;
}

/** Groups of one class and dimension, by the id of the member. */
type ById = Map<string, Group>;

/** Counts changes by whom, where and by what they come. */
export class Groups {
  readonly #policyNames: ReadonlyMap<string, string>;
  readonly #classes = new Map<ChangeClass, Readonly<Record<Dimension, ById>>>();
  /** The sign-in that is counted, worked out; `undefined`: nobody has asked yet. */
  #example: Example | undefined;

  constructor(policyNames: ReadonlyMap<string, string>) {
    this.#policyNames = policyNames;
  }

  add(counted: Counted): void {
    const { change, user } = counted;
    const { decidedBy, stoppedBy } = change;
    const groups = this.#ofClass(change.class);
    const isStopped = stoppedBy.length > 0;
    this.#example = undefined;
    for (let at = 0; at < decidedBy.length; at++) {
      const id = decidedBy[at] as string;
      const group = groups.policy.get(id);
      const isByThis = isStopped && stoppedBy.includes(id);
      this.#join(group ?? this.#begin(groups, 'policy', this.#policyOf(id), counted), counted, isByThis);
    }
    const person = isOfOne(counted) ? user : SEVERAL;
    this.#join(groups.user.get(person.id) ?? this.#begin(groups, 'user', person, counted), counted, isStopped);
    const { application, location } = counted;
    const atApplication = groups.application.get(application.id);
    this.#join(atApplication ?? this.#begin(groups, 'application', application, counted), counted, isStopped);
    const atLocation = groups.location.get(location.id);
    this.#join(atLocation ?? this.#begin(groups, 'location', location, counted), counted, isStopped);
  }

  counts(): GroupCounts[] {
    return [...this.#classes.values()]
      .flatMap((groups) => Object.values(groups).flatMap((byId) => [...byId.values()]))
      .map(({ head, counter, users, stopped, example }) => ({
        ...head,
        example,
        ...counter.countsWith(users.size),
        certainlyStopped: stopped,
      }));
  }

  #ofClass(kind: ChangeClass): Readonly<Record<Dimension, ById>> {
    const known = this.#classes.get(kind);
    if (known !== undefined) return known;
    const groups = { policy: new Map(), user: new Map(), application: new Map(), location: new Map() };
    this.#classes.set(kind, groups);
    return groups;
  }

  #policyOf(id: string): Member {
    return { id, displayName: this.#policyNames.get(id) ?? id };
  }

  #begin(groups: Record<Dimension, ById>, by: Dimension, { id, displayName }: Member, counted: Counted): Group {
    const head = { by, class: counted.change.class, id, displayName };
    const group = { head, counter: new Counter(), users: new Ids(), stopped: 0, example: this.#exampleOf(counted) };
    groups[by].set(id, group);
    return group;
  }

  #join(group: Group, counted: Counted, isStopped: boolean): void {
    const { weight, kind, user } = counted;
    if (isStopped) {
      if (group.stopped === 0) group.example = this.#exampleOf(counted);
      group.stopped += weight.signIns;
    }
    group.counter.add(kind, weight);
    if (weight.people === undefined) group.users.add(user.id);
    else for (const id of weight.people) group.users.add(id);
  }

  #exampleOf(counted: Counted): Example {
    this.#example ??= counted.explain();
    return this.#example;
  }
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
