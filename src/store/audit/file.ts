import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  lstatSync,
  openSync,
  readFileSync,
  readSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { partOf } from '../../core/values/plural.ts';
import { GsaError } from '../../trouble/error.ts';
import { fileTrouble } from '../../trouble/file-trouble.ts';
import { syncFolder, writeAll } from '../tenant/durable-write.ts';
import type { AuditAnchor, TenantDocument } from '../tenant/format.ts';
import { NEWLINE } from '../tenant/json-signs.ts';
import type { AuditEntry, AuditJournal, LogAnchor } from '../types.ts';
import { chainProblems, editedSince, entryOf, isIntact, lineOf, NO_ENTRIES, NO_HASH } from './chain.ts';
import { tenantHashOf } from './tenant-hash.ts';

/** The place where the next entries go, and the last entry before it when that can be read. */
export interface JournalEnd {
  readonly anchor: AuditAnchor;
  readonly last: AuditEntry | undefined;
  /** Whether what lies behind `anchor.bytes` may be cut: it was never acknowledged. */
  readonly cut: boolean;
  /** What somebody did to the journal or to the tenant file, found before anything is written. */
  readonly meddled?: Meddling;
}

/**
 * What a crash cannot leave. `rolledBack`: whole entries behind those that the tenant file acknowledges belong to writes after
 * the next one, so an older copy of the file was put in place of the newer. `missing`: there is no journal. `broken`: it is
 * shorter than what is acknowledged, or ends otherwise.
 */
export type Meddling =
  | { readonly kind: 'rolledBack'; readonly toSerial: number }
  | { readonly kind: 'missing'; readonly entries: number }
  | { readonly kind: 'broken'; readonly entries: number };

/**
 * The journal of a tenant file: one JSON entry a line, appended only. `document` gives what the tenant file acknowledges;
 * lines behind that were written by a transaction that did not come to its end, and are not read.
 */
export class AuditFile implements AuditJournal {
  readonly path: string;
  readonly #document: () => Pick<TenantDocument, 'audit' | 'tenant' | 'serial'>;

  constructor(path: string, document: () => Pick<TenantDocument, 'audit' | 'tenant' | 'serial'>) {
    this.path = path;
    this.#document = document;
  }

  /** Since the tenant was made: entries of a tenant that `init --force` replaced stay in the file and in the chain. */
  entries(): readonly AuditEntry[] {
    const { audit } = this.#document();
    const { length, head } = audit;
    const lines = this.#lines().slice(0, length);
    if (lines.length < length) throw this.#broken(`holds ${partOf(lines.length, length, 'entry', 'entries')}`);
    const entries = lines.map((line, index) => {
      const entry = entryOf(line);
      if (entry === undefined) throw this.#broken(`is damaged: line ${index + 1} is not an audit entry`);
      return entry;
    });
    // Another tenant's journal, or an altered one, may be as long.
    if (length > 0 && entries.at(-1)?.gsa.hash !== head)
      throw this.#broken('does not end with the entry that the tenant file acknowledges');
    const [problem] = chainProblems(lines, audit);
    if (problem !== undefined) throw this.#broken(`is not as it was written: ${problem}`);
    return entries.slice(
      Math.max(
        0,
        entries.findLastIndex(({ gsa }) => gsa.serialBefore === 0),
      ),
    );
  }

  verify(): readonly string[] {
    const { audit, tenant, serial } = this.#document();
    const all = this.#lines();
    const lines = all.slice(0, audit.length);
    const later = rolledBackFrom(all.slice(audit.length), serial);
    const problems = [...chainProblems(lines, audit), ...(later === undefined ? [] : [rollbackWords(later, serial)])];
    // Where the chain is broken, what its last entry says is worth nothing.
    const since =
      problems.length > 0 ? undefined : editedSince(entryOf(lines.at(-1) ?? ''), () => tenantHashOf(tenant));
    if (since === undefined) return problems;
    return [`the tenant file was edited by hand since serial ${since}; the next change keeps the edit and records it`];
  }

  remedy(): string | undefined {
    const { audit } = this.#document();
    return chainProblems(this.#lines().slice(0, audit.length), audit).length > 0 ? BRING_BACK : undefined;
  }

  signInLog(): LogAnchor | undefined {
    const { audit } = this.#document();
    return entryOf(this.#lines()[audit.length - 1] ?? '')?.gsa.signInLog;
  }

  #lines(): string[] {
    return existsSync(this.path) ? linesOf(readJournal(this.path).toString('utf8')) : [];
  }

  #broken(how: string): GsaError {
    return new GsaError('invalid', `the audit journal \`${this.path}\` ${how}`, {
      hint: BRING_BACK,
      problems: [{ file: this.path, message: how }],
    });
  }
}

/** What helps where a journal is lost or not whole, and cannot be brought back. */
export const NEW_JOURNAL = 'begin a new one with `gsa audit restart`, which keeps what is there';

const BRING_BACK = `bring the journal back from where the tenant file came from, or ${NEW_JOURNAL}`;

/** A whole chain, not shorter than the own one, without the entry that is acknowledged: another's, or one that was written anew. */
function isOfAnotherFile(path: string, { head, length }: AuditAnchor): boolean {
  const { anchor } = takenOver(path);
  if (anchor.length < length) return false;
  const lines = linesOf(readJournal(path).subarray(0, anchor.bytes).toString('utf8'));
  return chainProblems(lines, anchor).length === 0 && !lines.some((line) => entryOf(line)?.gsa.hash === head);
}

function ofAnotherFile(path: string): GsaError {
  return new GsaError(
    'invalid',
    `the audit journal \`${path}\` is not the one that the tenant file acknowledges: it is of another tenant file, or was written anew; nothing was written to either`,
    {
      hint: BRING_BACK,
    },
  );
}

/** The serial to which whole lines go on behind those that a tenant file of `serial` acknowledges; one crash leaves one write. */
function rolledBackFrom(lines: readonly string[], serial: number): number | undefined {
  const last = lines.reduce((most, line) => Math.max(most, entryOf(line)?.gsa.serialAfter ?? 0), 0);
  return last > serial + 1 ? last : undefined;
}

/** What `gsa tenant validate` and the next write say of an older copy. */
export function rollbackWords(journalSerial: number, serial: number): string {
  return (
    `the journal goes on to serial ${journalSerial}, the tenant file is at serial ${serial}: an older copy was put in its ` +
    'place, not by `gsa tenant restore`'
  );
}

/**
 * The place where a transaction of a tenant file of `serial` may append. Without an anchor (no readable tenant file) every whole
 * line counts as acknowledged. Evidence is never cut: after a rollback the chain goes on behind the entries that the older copy
 * does not know.
 */
export function journalEnd(path: string, anchor: AuditAnchor | undefined, serial = 0): JournalEnd {
  if (!existsSync(path)) {
    const meddled = { kind: 'missing', entries: anchor?.length ?? 0 } as const;
    const end = { anchor: anchor ?? NO_ENTRIES, last: undefined, cut: false };
    return meddled.entries === 0 ? end : { ...end, meddled };
  }
  const file = openJournal(path, constants.O_RDONLY);
  try {
    const { size } = fstatSync(file);
    if (anchor === undefined) return takenOver(path);
    // An editor may have left the last newline out: the next entry brings it back.
    const last = anchor.bytes > 0 && anchor.bytes <= size + 1 ? entryOf(lineBefore(file, anchor.bytes)) : undefined;
    if (anchor.bytes === 0 || (last?.gsa.hash === anchor.head && isIntact(last))) {
      const later = size > anchor.bytes ? linesBehind(path, anchor.bytes) : [];
      const rolledBack = rolledBackFrom(later, serial);
      if (rolledBack === undefined) return { anchor, last, cut: true };
      return { ...takenOver(path), meddled: { kind: 'rolledBack', toSerial: rolledBack } };
    }
    if (isOfAnotherFile(path, anchor)) throw ofAnotherFile(path);
    // Tampered with: nothing is cut, so that no trace is lost, and `verify` goes on reporting it.
    const meddled = { kind: 'broken', entries: anchor.length } as const;
    return { anchor: { ...anchor, bytes: size }, last: undefined, cut: false, meddled };
  } finally {
    closeSync(file);
  }
}

/** Appends entries behind `end` and returns once they are durable; gives the anchor that acknowledges them. */
export function appendEntries(path: string, end: JournalEnd, entries: readonly AuditEntry[]): AuditAnchor {
  const isNew = !existsSync(path);
  try {
    const file = openJournal(path, constants.O_RDWR | constants.O_CREAT | constants.O_APPEND);
    try {
      let { size } = fstatSync(file);
      if (end.cut && size > end.anchor.bytes) {
        ftruncateSync(file, end.anchor.bytes);
        size = end.anchor.bytes;
      }
      const torn = size > 0 && byteAt(file, size - 1) !== NEWLINE;
      const lines = entries.map((entry) => Buffer.from(lineOf(entry)));
      const text = Buffer.concat(torn ? [Buffer.of(NEWLINE), ...lines] : lines);
      writeAll(file, text);
      fsyncSync(file);
      if (isNew) syncFolder(dirname(path));
      const head = entries.at(-1)?.gsa.hash ?? end.anchor.head;
      return { head, length: end.anchor.length + entries.length, bytes: size + text.length };
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw fileTrouble('write', path, error);
  }
}

function takenOver(path: string): JournalEnd {
  const bytes = readJournal(path);
  const whole = bytes.subarray(0, bytes.lastIndexOf(NEWLINE) + 1);
  const lines = linesOf(whole.toString('utf8'));
  const last = entryOf(lines.at(-1) ?? '');
  return { anchor: { head: last?.gsa.hash ?? NO_HASH, length: lines.length, bytes: whole.length }, last, cut: true };
}

/** The whole lines behind so many bytes; what was torn off by a crash is none. */
function linesBehind(path: string, start: number): string[] {
  const bytes = readJournal(path).subarray(start);
  return linesOf(bytes.subarray(0, bytes.lastIndexOf(NEWLINE) + 1).toString('utf8'));
}

/** Text of the line whose newline is the byte before `end`, or would be where the file ends without. */
function lineBefore(file: number, end: number): string {
  if ((byteAt(file, end - 1) ?? NEWLINE) !== NEWLINE) return '';
  const pieces: Buffer[] = [];
  let until = end - 1;
  while (until > 0) {
    const piece = Buffer.alloc(Math.min(65_536, until));
    readSync(file, piece, 0, piece.length, until - piece.length);
    const newline = piece.lastIndexOf(NEWLINE);
    pieces.unshift(piece.subarray(newline + 1));
    if (newline !== -1) break;
    until -= piece.length;
  }
  return Buffer.concat(pieces).toString('utf8');
}

function byteAt(file: number, position: number): number | undefined {
  const one = Buffer.alloc(1);
  return readSync(file, one, 0, 1, position) === 1 ? one[0] : undefined;
}

function openJournal(path: string, flags: number): number {
  const kind = existsSync(path) ? lstatSync(path) : undefined;
  if (kind !== undefined && !kind.isFile())
    throw new GsaError('invalid', `the audit journal \`${path}\` is not a regular file`);
  return openSync(path, flags | (constants.O_NOFOLLOW ?? 0), 0o600);
}

function readJournal(path: string): Buffer {
  const file = openJournal(path, constants.O_RDONLY);
  try {
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}

function linesOf(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
