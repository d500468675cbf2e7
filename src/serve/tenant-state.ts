import type { Plan } from '../core/tenant/plans/change.ts';
import { applyPlan } from '../core/tenant/plans/edit.ts';
import { joinPlans } from '../core/tenant/plans/objects.ts';
import type { Signature, StoredTenant, TenantStore } from '../store/types.ts';

/** The tenant that requests read and change: the file, or a supposition on top of it that nobody writes. */
export interface TenantState {
  read(): StoredTenant;
  /** Lets `decide` plan on what is really there, and makes the change, whole or not at all. What it throws changes nothing. */
  change(decide: (current: StoredTenant) => Plan, signature: Signature): Promise<StoredTenant>;
  /** What was changed since the start, in order. */
  made(): Plan;
}

/** A state in which every change is one durable write with its entries in the journal, as that of any command is. */
export class WrittenState implements TenantState {
  readonly #store: TenantStore;
  readonly #lockTimeout: number;
  readonly #made: Plan[] = [];
  #last: Promise<unknown> = Promise.resolve();

  constructor(store: TenantStore, lockTimeout: number) {
    this.#store = store;
    this.#lockTimeout = lockTimeout;
  }

  read(): StoredTenant {
    return this.#store.read();
  }

  /** One after the other: requests of this process never wait for each other at the lock of the file. */
  change(decide: (current: StoredTenant) => Plan, signature: Signature): Promise<StoredTenant> {
    const write = this.#last.then(() => this.#write(decide, signature));
    this.#last = write.catch(() => undefined);
    return write;
  }

  async #write(decide: (current: StoredTenant) => Plan, signature: Signature): Promise<StoredTenant> {
    let plan: Plan | undefined;
    const keep = (current: StoredTenant) => {
      plan = decide(current);
      return plan;
    };
    const next = await this.#store.update(keep, { signature, lockTimeout: this.#lockTimeout });
    if (plan !== undefined) this.#made.push(plan);
    return next;
  }

  made(): Plan {
    return joinPlans(this.#made);
  }
}

/** A state in which every change is supposed: later requests see it, the file does not. */
export class SupposedState implements TenantState {
  #current: StoredTenant;
  readonly #made: Plan[] = [];

  constructor(start: StoredTenant) {
    this.#current = start;
  }

  read(): StoredTenant {
    return this.#current;
  }

  async change(decide: (current: StoredTenant) => Plan): Promise<StoredTenant> {
    const plan = decide(this.#current);
    if (plan.steps.length === 0) return this.#current;
    this.#made.push(plan);
    const { tenant, serial } = this.#current;
    this.#current = { ...this.#current, tenant: applyPlan(tenant, plan), serial: serial + 1 };
    return this.#current;
  }

  made(): Plan {
    return joinPlans(this.#made);
  }
}
