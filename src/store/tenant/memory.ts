import { randomUUID } from 'node:crypto';
import type { Plan } from '../../core/tenant/plans/change.ts';
import type { Tenant } from '../../core/tenant/tenant.ts';
import { chainProblems, entryOf, lineOf, NO_ENTRIES, tenantHashOf } from '../audit/chain.ts';
import { auditEntries } from '../audit/entry.ts';
import type { AuditJournal, Backup, StoredTenant, TenantStore, UpdateOptions } from '../types.ts';
import { KEPT_BACKUPS } from './backups.ts';
import type { ApplyPlan } from './file.ts';
import type { AuditAnchor } from './format.ts';
import {
  checkExpected,
  checkLineage,
  checkTenant,
  creation,
  isEmpty,
  missing,
  refuseToReplace,
  restoration,
} from './rules.ts';

/** A tenant store without a file, for tests and the demo; passes the same tests as the one with a file. */
export class MemoryTenantStore implements TenantStore {
  readonly path: string;
  readonly #apply: ApplyPlan;
  /** JSON, as in the file: what one caller does to an object is not seen by the next. */
  #current: string | undefined;
  #backups: { readonly path: string; readonly text: string }[] = [];
  #made = 0;
  #lines: string[] = [];
  #anchor: AuditAnchor = NO_ENTRIES;

  constructor(apply: ApplyPlan, path = '/memory/tenant.json') {
    this.path = path;
    this.#apply = apply;
  }

  exists(): boolean {
    return this.#current !== undefined;
  }

  read(): StoredTenant {
    if (this.#current === undefined) throw missing(this.path);
    return JSON.parse(this.#current) as StoredTenant;
  }

  restartJournal(): Promise<StoredTenant> {
    return Promise.resolve(this.read());
  }

  notices(): readonly string[] {
    return [];
  }

  journal(): AuditJournal {
    const entries = () =>
      this.#lines.flatMap((line) => {
        const entry = entryOf(line);
        return entry === undefined ? [] : [entry];
      });
    return {
      entries: () => {
        const all = entries();
        return all.slice(
          Math.max(
            0,
            all.findLastIndex(({ gsa }) => gsa.serialBefore === 0),
          ),
        );
      },
      verify: () => chainProblems(this.#lines, this.#anchor),
    };
  }

  async create(tenant: Tenant, options: UpdateOptions & { readonly force: boolean }): Promise<StoredTenant> {
    checkTenant(tenant, this.path);
    if (this.exists() && !options.force) throw refuseToReplace(this.path);
    return this.#write({ tenant, serial: 1, lineage: randomUUID() }, 0, creation(tenant), options);
  }

  async update(decide: (current: StoredTenant) => Plan, options: UpdateOptions): Promise<StoredTenant> {
    const current = this.read();
    checkExpected(current.serial, options.expectedSerial);
    const plan = decide(current);
    if (isEmpty(plan)) return current;
    const tenant = this.#apply(current.tenant, plan);
    checkTenant(tenant, this.path);
    return this.#write({ ...current, tenant, serial: current.serial + 1 }, current.serial, plan, options);
  }

  async restore(from: string, options: UpdateOptions & { readonly force: boolean }): Promise<StoredTenant> {
    const text = this.#backups.find(({ path }) => path === from)?.text;
    if (text === undefined) throw missing(from);
    const backup = JSON.parse(text) as StoredTenant;
    const current = this.read();
    checkExpected(current.serial, options.expectedSerial);
    checkLineage(current, backup, options.force);
    const serial = Math.max(current.serial, backup.serial) + 1;
    return this.#write({ ...backup, serial }, current.serial, restoration(backup), options);
  }

  backups(): readonly Backup[] {
    return this.#backups.map(({ path, text }) => {
      const { serial, lineage } = JSON.parse(text) as StoredTenant;
      return { path, serial, lineage };
    });
  }

  checkWritable(): void {
    // Memory is always writable.
  }

  #write(next: StoredTenant, serialBefore: number, plan: Plan, { signature }: UpdateOptions): StoredTenant {
    const last = entryOf(this.#lines.at(-1)?.trimEnd() ?? '');
    const entries = auditEntries(plan, signature, {
      previousHash: this.#anchor.head,
      previousTime: last?.activityDateTime,
      serialBefore,
      serialAfter: next.serial,
      tenantHash: tenantHashOf(next.tenant),
    });
    if (this.#current !== undefined) {
      this.#made++;
      this.#backups.unshift({ path: `${this.path}.backups/${this.#made}.json`, text: this.#current });
      this.#backups = this.#backups.slice(0, KEPT_BACKUPS);
    }
    this.#lines.push(...entries.map((entry) => lineOf(entry).trimEnd()));
    this.#anchor = { head: entries.at(-1)?.gsa.hash ?? this.#anchor.head, length: this.#lines.length, bytes: 0 };
    this.#current = JSON.stringify(next);
    return this.read();
  }
}
