import type { Weight } from '../conditional-access/record/weight.ts';
import type { SignInKind } from './groups.ts';

/** Sign-ins by how they came about, and the people (or workloads) behind them. */
export interface Counts {
  readonly interactive: number;
  readonly nonInteractive: number;
  readonly workload: number;
  /** Distinct users, service principals and managed identities, of those that records name. */
  readonly users: number;
}

export function signInsOf({ interactive, nonInteractive, workload }: Counts): number {
  return interactive + nonInteractive + workload;
}

/** Counts sign-ins by how they came about. */
export class Counter {
  #interactive = 0;
  #nonInteractive = 0;
  #workload = 0;

  add(kind: SignInKind, { signIns }: Weight): void {
    if (kind === 'interactive') this.#interactive += signIns;
    else if (kind === 'nonInteractive') this.#nonInteractive += signIns;
    else this.#workload += signIns;
  }

  get signIns(): number {
    return this.#interactive + this.#nonInteractive + this.#workload;
  }

  addAll(other: Counter): void {
    this.#interactive += other.#interactive;
    this.#nonInteractive += other.#nonInteractive;
    this.#workload += other.#workload;
  }

  countsWith(users: number): Counts {
    return {
      interactive: this.#interactive,
      nonInteractive: this.#nonInteractive,
      workload: this.#workload,
      users,
    };
  }
}
