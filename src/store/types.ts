import type { Detailed, JudgedSignIn } from '../core/conditional-access/record/judged-sign-in.ts';
import type { LoggedSignIn, SignIn } from '../core/conditional-access/record/sign-in.ts';
import type { SignInColumn } from '../core/sign-in-log/columns.ts';
import type { SignInCondition } from '../core/sign-in-log/condition.ts';
import type { Plan } from '../core/tenant/plans/change.ts';
import type { SignalingStatus, Tenant, TenantSettings } from '../core/tenant/tenant.ts';

/** Interfaces of everything that is remembered. */

/** A tenant as it stands in its file. */
export interface StoredTenant {
  readonly tenant: Tenant;
  /** Grows by one with every write. */
  readonly serial: number;
  /** Made once by `init`; a backup of another lineage is never taken for this one. */
  readonly lineage: string;
}

/** The signature of a write: everything that an audit entry needs and a plan does not hold. */
export interface Signature {
  /** RFC 3339, from the context's clock. */
  readonly dateTime: string;
  /** User principal name of the acting administrator. */
  readonly actor: string;
  /** Display name of the role whose right was used. */
  readonly role: string;
  /** Correlates the entries of one transaction. */
  readonly transactionId: string;
  /** The command line that was typed, without secrets: for the journal. */
  readonly command: string;
}

export interface UpdateOptions {
  readonly signature: Signature;
  /** Refuse (kind `refused`) unless the file still has the serial that the plan was made from. */
  readonly expectedSerial?: number;
  /** Milliseconds to wait for another process; then kind `busy`. */
  readonly lockTimeout: number;
}

export interface TenantStore {
  /** Absolute path of the tenant file. */
  readonly path: string;
  exists(): boolean;
  /** Reads and validates. Throws GsaError `invalid`: missing, torn, foreign or of a newer version; the bytes are kept. */
  read(): StoredTenant;
  /** Lets go of what a tenant was read from, which is kept for writing it, for who will not: as much memory as its file has bytes. */
  letGo(tenant: Tenant): void;
  /** Writes a new tenant file; refuses to replace one unless `force`. */
  create(tenant: Tenant, options: UpdateOptions & { readonly force: boolean }): Promise<StoredTenant>;
  /**
   * Re-reads under the lock, lets `decide` plan on what is really there, applies the plan in one durable write and appends the
   * audit entries. An empty plan writes nothing. Whatever `decide` throws leaves the file as it was.
   */
  update(decide: (current: StoredTenant) => Plan, options: UpdateOptions): Promise<StoredTenant>;
  /** What earlier writes replaced, newest first. */
  backups(): readonly Backup[];
  /**
   * Puts the tenant of a backup (or of any tenant file) in place, as one more write: the serial grows, and what is replaced
   * becomes a backup itself, a damaged file too. Refuses (kind `refused`) a file of another lineage unless `force`.
   */
  restore(from: string, options: UpdateOptions & { readonly force: boolean }): Promise<StoredTenant>;
  /**
   * Begins a new chain of audit entries, as one more write: the journal that is there, whole or not, is kept under another
   * name, and the first entry of the new one says what was acknowledged before it.
   */
  restartJournal(options: UpdateOptions): Promise<StoredTenant>;
  /** What was found to be done to the journal or to the file by others than gsa, for the person who runs a command. */
  notices(): readonly string[];
  /** Throws GsaError `invalid` if a write could not succeed: an unreadable file, a folder without the right to write. Changes nothing. */
  checkWritable(): void;
}

export interface Backup {
  /** Absolute path: what `restore` takes. */
  readonly path: string;
  /** Absent when the backup itself cannot be read. */
  readonly serial?: number;
  readonly lineage?: string;
}

/** One audit entry: Graph's `directoryAudit` with the old and new values and the chain that Microsoft's own lacks. */
export interface AuditEntry {
  readonly id: string;
  readonly activityDateTime: string;
  readonly activityDisplayName: string;
  readonly category: string;
  readonly correlationId: string;
  readonly initiatedBy: {
    readonly user: {
      readonly userPrincipalName: string;
      /** As Microsoft Entra saw whoever acted; `null`: not known. Absent in journals of earlier versions. */
      readonly ipAddress?: string | null;
    };
  };
  readonly loggedByService: string;
  readonly operationType: string;
  readonly result: 'success';
  readonly targetResources: readonly {
    readonly id: string;
    readonly displayName: string;
    readonly type: string;
    readonly modifiedProperties: readonly {
      readonly displayName: string;
      /** JSON text, as Graph gives it. */
      readonly oldValue: string | null;
      readonly newValue: string | null;
    }[];
  }[];
  readonly additionalDetails: readonly { readonly key: string; readonly value: string }[];
  /** Ours: the plan's slot changes (undo inverts them), the serials and the hash chain. */
  readonly gsa: {
    readonly transactionId: string;
    readonly role: string;
    readonly command: string;
    readonly serialBefore: number;
    readonly serialAfter: number;
    readonly changes: Plan['steps'][number]['changes'];
    /** SHA-256 of the tenant that a write left, in its last entry. Absent in journals of earlier versions. */
    readonly tenantHash?: string;
    /** How far the sign-in log had come, in the last entry of a write. Absent where there was none. */
    readonly signInLog?: LogAnchor;
    readonly previousHash: string;
    readonly hash: string;
  };
}

/** How far a sign-in log has come: the number of a write to it, and the hash that this write alone has, 64 hex digits. */
export interface LogAnchor {
  readonly write: number;
  readonly hash: string;
}

export interface AuditJournal {
  /** Entries that the tenant file acknowledges, oldest first. */
  entries(): readonly AuditEntry[];
  /**
   * Problems of the chain: changed, removed, added, reordered, cut entries; and a tenant that is not the one that the last
   * write left. Empty when all is whole.
   */
  verify(): readonly string[];
  /** What helps where the chain is lost or not whole: no entry is read then and no change undone. `undefined`: it is whole. */
  remedy(): string | undefined;
  /** How far the sign-in log had come at the last write, as its entry says. */
  signInLog(): LogAnchor | undefined;
}

export interface SignInQuery {
  /** RFC 3339; created at this time or later. */
  readonly since?: string;
  /** RFC 3339; created before this time. */
  readonly until?: string;
  /** Exact user principal name or object id, case-insensitive. */
  readonly user?: string;
  /** Limits the answer to what was appended behind this `position`. */
  readonly appendedAfter?: number;
  readonly conditions: readonly SignInCondition[];
  readonly order: { readonly column: SignInColumn; readonly descending: boolean };
  readonly limit?: number;
}

/** What became of the sign-ins of a batch. */
export interface Appended {
  readonly added: number;
  /** Entries that were there with another result or record, and were replaced. */
  readonly judgedAnew: number;
  /** Entries that were there as they are now. */
  readonly alreadyThere: number;
}

/** A sign-in for the log: with its record as written, or with what that is made of when somebody asks for it. */
export type Loggable = LoggedSignIn | JudgedSignIn;

/** Sign-ins that are appended together; each may be made when it is its turn. */
export interface Batch extends Iterable<Loggable> {
  readonly length: number;
}

/** How records are made of what the log has kept of them. */
export interface Rewriting {
  /** The record in a text of an export. */
  recordOf(text: Uint8Array): SignIn;
  /** Prepares a tenant once; what the written record tells of its policies and locations. */
  detailsBy(tenant: Tenant): (record: SignIn, status: SignalingStatus) => Detailed;
}

/** What a sign-in log knows of the tenant file that lies beside it. */
export interface KnownTenant {
  readonly lineage: string;
  readonly settings: TenantSettings;
  /** Template ids of the roles of the one person whom that id or principal name finds; `undefined`: not known, or several. */
  rolesOf(name: string): readonly string[] | undefined;
}

/** Batches that are appended one after the other. */
export interface Appending {
  /**
   * As `append` of the log. The texts of the batch stay as they are, and nothing else is asked to write, until this is settled; then the
   * batch is durable, or nothing of it was written.
   */
  append(batch: readonly Loggable[]): Promise<Appended>;
  /** After the last one. */
  end(): Promise<void>;
}

export interface SignInLog {
  /** Absolute path of the database. */
  readonly path: string;
  /**
   * Appends whole batches. A sign-in that is there already (same id, six hours and signaling status) and comes out otherwise
   * now replaces its entry; one that comes out the same is left alone. Durable on return, the whole batch or nothing.
   */
  append(batch: Batch): Appended;
  /** For many batches: to append one while the next is made. */
  appending(): Appending;
  /** The sign-ins of a query in the order asked for, then the newest first, then the last one written first. */
  query(query: SignInQuery): Iterable<LoggedSignIn>;
  /** Entries, of which each stands for one sign-in or for as many as its record says (`signInCount`). */
  count(query: Omit<SignInQuery, 'order' | 'limit'>): number;
  /** The sign-ins that the entries stand for. */
  signIns(query: Omit<SignInQuery, 'order' | 'limit'>): number;
  /** Sign-ins by a column. */
  countBy(
    column: SignInColumn,
    query: Omit<SignInQuery, 'order' | 'limit'>,
  ): readonly { readonly value: string | null; readonly count: number }[];
  /**
   * Grows with every record that is appended or judged anew; 0 for an empty log. Where `query` goes on for one that follows
   * the log.
   */
  position(): number;
  /** All records of that id (one for each signaling status), the last one written first. */
  find(id: string): readonly LoggedSignIn[];
  /** Removes records created before that time; returns how many. */
  prune(before: string): number;
  /**
   * Keeps beside the log how far it has come, so that an older copy in its place is noticed; what could not be kept is a notice.
   * Nothing where this one has not written.
   */
  acknowledge(): void;
  /** What was found to be done to the log by others than gsa, for the person who runs a command. */
  notices(): readonly string[];
  /** Moves a log that another tenant has left in this place to another name, which it returns; `undefined`: there is none. */
  setAside(): string | undefined;
  close(): void;
}
