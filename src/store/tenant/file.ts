import { randomUUID } from 'node:crypto';
import { constants, existsSync, lstatSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { actorAddress } from '../../core/signaling/actor-address.ts';
import type { Plan } from '../../core/tenant/plans/change.ts';
import type { Tenant } from '../../core/tenant/tenant.ts';
import { GsaError } from '../../trouble/error.ts';
import { fileTrouble } from '../../trouble/file-trouble.ts';
import { checkAccess } from '../access.ts';
import { editedSince, NO_ENTRIES } from '../audit/chain.ts';
import { auditEntries } from '../audit/entry.ts';
import type { JournalEnd } from '../audit/file.ts';
import { AuditFile, appendEntries, journalEnd } from '../audit/file.ts';
import { setJournalAside } from '../audit/set-aside.ts';
import { tenantHashesOf, tenantHashOf } from '../audit/tenant-hash.ts';
import { acknowledgeAsItIs, readableStanding } from '../sign-in-log/standing.ts';
import type { AuditJournal, Backup, StoredTenant, TenantStore, UpdateOptions } from '../types.ts';
import { backupPaths, keepBackup } from './backups.ts';
import { readTenantFile, UnreadableTenant, versionOf } from './conf.ts';
import { bytesOf, makeFolder, NotConfirmed, removeStale, writeDurably } from './durable-write.ts';
import { forgetFile } from './forget-file.ts';
import type { TenantDocument } from './format.ts';
import { MAX_BYTES } from './format.ts';
import { underLock } from './lock.ts';
import { evidenceOf, noticesOf, serialAfter } from './meddled.ts';
import type { TenantFiles } from './path.ts';
import { filesOf } from './path.ts';
import {
  checkNotReadOnly,
  damagedTenant,
  isAlone,
  notConfirmed,
  readableTenant,
  refusedFile,
  tooLarge,
} from './refusals.ts';
import {
  checkExpected,
  checkLineage,
  checkTenant,
  creation,
  isEmpty,
  journalRestart,
  missing,
  refuseToReplace,
  restoration,
} from './rules.ts';
import { tenantBytes } from './written.ts';

export type ApplyPlan = (tenant: Tenant, plan: Plan) => Tenant;

/** What a write starts from: nothing, a tenant file, or bytes that are none. */
interface Ground {
  readonly exists: boolean;
  readonly document: TenantDocument | undefined;
}

/** The tenant in one JSON file, found and read through conf, written durably under a lock of its own. */
export class TenantFile implements TenantStore {
  readonly path: string;
  readonly #apply: ApplyPlan;
  readonly #notices: string[] = [];
  #last: { readonly version: string; readonly document: TenantDocument } | undefined;

  /** `path` is absolute (path.ts). */
  constructor(path: string, apply: ApplyPlan) {
    this.path = path;
    this.#apply = apply;
  }

  exists(): boolean {
    return versionOf(this.path) !== undefined;
  }

  read(): StoredTenant {
    return stored(this.#document());
  }

  /** Reads the file even where it is the one that was read last, of which nothing is held meanwhile. */
  readAnew(): StoredTenant {
    this.#last = undefined;
    return this.read();
  }

  letGo(tenant: Tenant): void {
    forgetFile(tenant);
  }

  /** The tenant that was read last, and by which version of its file; `undefined`: none was, or this one has written since. */
  lastRead(): { readonly version: string; readonly document: StoredTenant } | undefined {
    return this.#last;
  }

  notices(): readonly string[] {
    return this.#notices;
  }

  journal(): AuditJournal {
    return new AuditFile(filesOf(this.path).journal, () => this.#document());
  }

  async create(tenant: Tenant, options: UpdateOptions & { readonly force: boolean }): Promise<StoredTenant> {
    checkTenant(tenant, this.path);
    return this.#locked(options, (files) => {
      const ground = this.#ground(files);
      if (ground.exists && !options.force) {
        throw refuseToReplace(this.path, ground.document !== undefined || !isAlone(files));
      }
      const next = { tenant, serial: 1, lineage: randomUUID(), members: {} };
      return this.#write(files, ground, next, 0, creation(tenant), options);
    });
  }

  async update(decide: (current: StoredTenant) => Plan, options: UpdateOptions): Promise<StoredTenant> {
    if (!this.exists()) throw missing(this.path);
    return this.#locked(options, (files) => {
      const document = this.#document();
      checkExpected(document.serial, options.expectedSerial);
      const plan = decide(stored(document));
      if (isEmpty(plan)) return stored(document);
      const tenant = this.#apply(document.tenant, plan);
      checkTenant(tenant, this.path, document.tenant);
      const end = journalEnd(files.journal, document.audit, document.serial);
      const next = { ...document, tenant, serial: serialAfter(end, document.serial) };
      return this.#write(files, { exists: true, document }, next, document.serial, plan, options, end);
    });
  }

  async restartJournal(options: UpdateOptions): Promise<StoredTenant> {
    if (!this.exists()) throw missing(this.path);
    return this.#locked(options, (files) => {
      const document = this.#document();
      checkExpected(document.serial, options.expectedSerial);
      const aside = setJournalAside(files.journal);
      const next = { ...document, serial: document.serial + 1 };
      const ground = { exists: true, document: { ...document, audit: NO_ENTRIES } };
      const plan = journalRestart(document.tenant, document.audit, aside);
      return this.#write(files, ground, next, document.serial, plan, options);
    });
  }

  async restore(from: string, options: UpdateOptions & { readonly force: boolean }): Promise<StoredTenant> {
    const backup = this.#readOther(resolve(from));
    return this.#locked(options, (files) => {
      const ground = this.#ground(files);
      const current = ground.document;
      checkExpected(current?.serial, options.expectedSerial);
      if (current !== undefined) checkLineage(current, backup, options.force);
      // A damaged file cannot say its serial: the journal may know a later one than the backup.
      const before = current?.serial ?? journalEnd(files.journal, undefined).last?.gsa.serialAfter ?? backup.serial;
      const serial = Math.max(before, backup.serial) + 1;
      return this.#write(files, ground, { ...backup, serial }, before, restoration(backup), options);
    });
  }

  backups(): readonly Backup[] {
    return backupPaths(filesOf(this.path)).map((path) => {
      const document = readableTenant(path);
      return document === undefined ? { path } : { path, serial: document.serial, lineage: document.lineage };
    });
  }

  checkWritable(): void {
    const { tenant, folder: own } = filesOf(this.path);
    if (this.exists()) {
      this.#document();
      checkNotReadOnly(tenant);
    }
    let folder = own;
    while (!existsSync(folder)) folder = dirname(folder);
    checkAccess('write in', folder, constants.W_OK | constants.X_OK);
  }

  /** The file as it is now, read again only if it is no longer the one that was read last. */
  #document(): TenantDocument {
    const version = versionOf(this.path)?.key;
    if (version !== undefined && this.#last?.version === version) return this.#last.document;
    try {
      const document = readTenantFile(this.path);
      this.#last = version === undefined ? undefined : { version, document };
      return document;
    } catch (error) {
      throw error instanceof UnreadableTenant ? damagedTenant(this.path, error) : error;
    }
  }

  #ground(files: TenantFiles): Ground {
    // A link to nothing is there too: reading it says so.
    if (lstatSync(files.tenant, { throwIfNoEntry: false }) === undefined) return { exists: false, document: undefined };
    try {
      return { exists: true, document: readTenantFile(files.tenant) };
    } catch (error) {
      if (error instanceof UnreadableTenant) return { exists: true, document: undefined };
      throw error;
    }
  }

  async #locked(options: UpdateOptions, work: (files: TenantFiles) => StoredTenant): Promise<StoredTenant> {
    const { command, dateTime } = options.signature;
    const files = filesOf(this.path);
    try {
      makeFolder(files.folder);
      return await underLock(files, { pid: process.pid, command, since: dateTime }, options.lockTimeout, () =>
        work(files),
      );
    } catch (error) {
      throw fileTrouble('write', refusedFile(files, error), error);
    }
  }

  #write(
    files: TenantFiles,
    ground: Ground,
    next: Omit<TenantDocument, 'audit'>,
    serialBefore: number,
    plan: Plan,
    { signature }: UpdateOptions,
    end = journalEnd(files.journal, ground.document?.audit, ground.document?.serial),
  ): StoredTenant {
    if (ground.exists) checkNotReadOnly(files.tenant);
    removeStale(files.tenant);
    const backup = ground.exists ? keepBackup(files, ground.document?.serial ?? 'damaged') : undefined;
    const before = ground.document;
    const log = { signIns: files.signIns, logAnchor: files.logAnchor, lineage: next.lineage };
    const journaled = before?.lineage === next.lineage ? end.last?.gsa.signInLog : undefined;
    const standing = hasLog(files) ? readableStanding(log, journaled) : undefined;
    const joint = {
      ...jointOf(end, before, next, serialBefore),
      evidence: evidenceOf(end, serialBefore, standing?.meddled),
      signInLog: standing === undefined ? journaled : standing.last,
    };
    // The entries are durable before the state that acknowledges them: a cut in between leaves lines that nobody reads.
    const audit = appendEntries(files.journal, end, auditEntries(plan, signature, joint));
    const content = tenantBytes({ ...next, audit }, before?.tenant);
    if (bytesOf(content) > MAX_BYTES) throw tooLarge(files);
    try {
      writeDurably(files.tenant, ...content);
    } catch (error) {
      throw error instanceof NotConfirmed ? notConfirmed(files, next.serial, backup, error) : error;
    }
    this.#notices.push(...noticesOf(end, serialBefore, signature.dateTime, standing?.meddled));
    if (standing?.meddled !== undefined) acknowledgeAsItIs(log, standing);
    return stored(next);
  }

  #readOther(from: string): TenantDocument {
    try {
      return readTenantFile(from);
    } catch (error) {
      if (!(error instanceof UnreadableTenant)) throw error;
      throw new GsaError('invalid', `\`${from}\` ${error.why.message}`, { problems: error.why.problems });
    }
  }
}

const stored = ({ tenant, serial, lineage }: StoredTenant): StoredTenant => ({ tenant, serial, lineage });

/** What a write says of the state before it and of the journal, in each of its entries. */
function jointOf(
  end: JournalEnd,
  before: TenantDocument | undefined,
  next: Omit<TenantDocument, 'audit'>,
  serialBefore: number,
) {
  const hashes =
    before === undefined ? { after: tenantHashOf(next.tenant) } : tenantHashesOf(before.tenant, next.tenant);
  return {
    previousHash: end.anchor.head,
    previousTime: end.last?.activityDateTime,
    actorAddress: actorAddress((before ?? next).tenant) ?? null,
    serialBefore,
    serialAfter: next.serial,
    tenantHash: hashes.after,
    editedSince:
      'before' in hashes && end.meddled === undefined ? editedSince(end.last, () => hashes.before) : undefined,
  };
}

/** Whether there is a log, or was one. */
const hasLog = ({ signIns, logAnchor }: TenantFiles): boolean => existsSync(signIns) || existsSync(logAnchor);
