import type { Weight } from '../conditional-access/record/weight.ts';
import type { Member, SignInKind } from './groups.ts';

/** Sign-ins by how they came about, and the people (or workloads) behind them. */
export interface Counts {
  readonly interactive: number;
  readonly nonInteractive: number;
  readonly workload: number;
  /** Distinct users, service principals and managed identities, of those that records name. */
  readonly users: number;
}

/** A record as it is counted: how it came about, and whose it is. */
interface Counted {
  readonly kind: SignInKind;
  readonly weight: Weight;
  readonly user: Member;
}

export class Counter {
  interactive = 0;
  nonInteractive = 0;
  workload = 0;
  readonly users = new Set<string>();

  add(counted: Counted): void {
    this.addSignIns(counted.kind, counted.weight);
    this.addPeople(counted);
  }

  addSignIns(kind: SignInKind, { signIns }: Weight): void {
    this[kind] += signIns;
  }

  addPeople({ weight: { people }, user }: Pick<Counted, 'weight' | 'user'>): void {
    if (people === undefined) this.users.add(user.id);
    else for (const id of people) this.users.add(id);
  }

  counts(): Counts {
    const { interactive, nonInteractive, workload, users } = this;
    return { interactive, nonInteractive, workload, users: users.size };
  }
}

/** Of one class, with a bit that no other class has. */
export class ClassCounter extends Counter {
  readonly bit: number;

  constructor(bit: number) {
    super();
    this.bit = bit;
  }
}

/** All counters together; who is in several of them is counted once. */
export function allOf(counters: readonly Counter[]): Counts {
  const all = new Counter();
  for (const { interactive, nonInteractive, workload, users } of counters) {
    all.interactive += interactive;
    all.nonInteractive += nonInteractive;
    all.workload += workload;
    for (const id of users) all.users.add(id);
  }
  return all.counts();
}
