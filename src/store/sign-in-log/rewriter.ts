import type { DatabaseSync } from 'node:sqlite';
import { writtenLater } from '../../core/conditional-access/record/judged-sign-in.ts';
import type { LoggedSignIn, SignIn } from '../../core/conditional-access/record/sign-in.ts';
import type { Tenant } from '../../core/tenant/tenant.ts';
import type { Rewriting } from '../types.ts';
import type { KeptSignIn } from './judged-block.ts';
import type { Guarded } from './judgings.ts';
import { JudgingReader } from './judgings.ts';

type Details = ReturnType<Rewriting['detailsBy']>;

/** The log was opened without what makes its records. */
export class NoRewriting extends Error {
  constructor() {
    super('this log was opened without what makes its records');
    this.name = 'NoRewriting';
  }
}

/** Makes written records of judged ones, by the tenants that the log has kept for it. */
export class Rewriter {
  readonly #judgings: JudgingReader;
  readonly #rewriting: Rewriting | undefined;
  readonly #details = new WeakMap<() => Tenant, Details>();
  /** Of tenants that were lent before: what was made of them holds. */
  readonly #lent = new WeakMap<Tenant, () => Tenant>();

  /** `guarded` gives what is wrong with the log its words: details are asked for long after the log was read. */
  constructor(database: DatabaseSync, rewriting: Rewriting | undefined, guarded: Guarded) {
    this.#judgings = new JudgingReader(database, guarded);
    this.#rewriting = rewriting;
  }

  /** The numbers of tenants may be those of others now. */
  forget(): void {
    this.#judgings.forget();
  }

  /** Reads records by a tenant that the log does not have, under that number until it is taken back. */
  lend(number: number, tenant: Tenant): void {
    const read = this.#lent.get(tenant) ?? (() => tenant);
    this.#lent.set(tenant, read);
    this.#judgings.lend(number, read);
  }

  takeBack(number: number): void {
    this.#judgings.takeBack(number);
  }

  written({ text, isAsExported, verdict, seen, judging }: KeptSignIn): LoggedSignIn {
    const rewriting = this.#rewriting;
    if (rewriting === undefined) throw new NoRewriting();
    const tenant = this.#judgings.tenantOf(judging);
    const record = isAsExported ? rewriting.recordOf(text) : (JSON.parse(Buffer.from(text).toString('utf8')) as SignIn);
    return writtenLater(record, verdict, seen, () => {
      const details = this.#details.get(tenant) ?? rewriting.detailsBy(tenant());
      this.#details.set(tenant, details);
      return details(record, verdict.signalingStatus);
    });
  }
}
