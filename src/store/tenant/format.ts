import { isUtf8 } from 'node:buffer';
import type { Tenant } from '../../core/tenant/tenant.ts';
import { isObject } from '../../core/values/is-object.ts';
import type { ErrorProblem } from '../../trouble/error.ts';
import { readJson } from './json-bytes.ts';
import { readOwnJson } from './own-json.ts';
import { tenantProblems } from './shape.ts';

/** The version of the file format that this program reads and writes. */
export const SCHEMA_VERSION = 1;

/** Larger files are refused before they are read: the next write would no longer fit into one string. */
export const MAX_BYTES = 256 * 1024 * 1024;

/** What the tenant file says of its audit journal: the end of what is acknowledged. */
export interface AuditAnchor {
  /** Hash of the last acknowledged entry, 64 hex digits; 64 zeros when there is none. */
  readonly head: string;
  /** Number of acknowledged entries. */
  readonly length: number;
  /** Bytes of the journal that hold them. */
  readonly bytes: number;
}

/** One tenant file, read. Members that this program does not know stay in `members` and are written back. */
export interface TenantDocument {
  readonly serial: number;
  readonly lineage: string;
  readonly audit: AuditAnchor;
  readonly tenant: Tenant;
  readonly members: Readonly<Record<string, unknown>>;
}

/**
 * Why a file is not a tenant file of ours; `newer`: another version of gsa may be able to read it; `foreign`: it holds something else, and
 * no tenant file that was damaged.
 */
export interface Unreadable {
  readonly message: string;
  readonly problems: readonly ErrorProblem[];
  readonly newer: boolean;
  readonly foreign: boolean;
}

export type TenantReading = { readonly document: TenantDocument } | { readonly unreadable: Unreadable };

/** The same of a text that is no file of the disk. */
export function readTenantText(text: string, file: string): TenantReading {
  return readTenantBytes(Buffer.from(text), file);
}

/** Reads the bytes of a tenant file, which must stay as they are. `file` is only named in problems. */
export function readTenantBytes(bytes: Buffer, file: string): TenantReading {
  const unreadable = (
    message: string,
    { problems = [], newer = false, foreign = false }: Partial<Omit<Unreadable, 'message' | 'problems'>> & Found = {},
  ) => ({
    unreadable: { message, newer, foreign, problems: problems.map((problem) => ({ file, ...problem })) },
  });
  if (!isUtf8(bytes)) return unreadable('is not UTF-8 text', { foreign: !beginsAsOurs(bytes) });
  const body = bytes.subarray(0, BOM.length).equals(BOM) ? bytes.subarray(BOM.length) : bytes;
  const json = readOwnJson(body) ?? readJson(body);
  if ('problem' in json) {
    const { line, column, message } = json.problem;
    const otherwise = whatElse(body.toString());
    if (otherwise !== undefined) return unreadable(otherwise);
    return unreadable(`is not JSON: line ${line}, column ${column}: ${message}`, {
      problems: [{ line, column, message }],
      foreign: !beginsAsOurs(body),
    });
  }
  const members = json.value;
  if (!isObject(members)) return unreadable(OTHER_JSON, { foreign: true });
  const { schemaVersion, serial, lineage, audit, tenant } = members;
  if (typeof schemaVersion === 'number' && schemaVersion > SCHEMA_VERSION) {
    return unreadable(`was written by a newer version of gsa (schemaVersion ${schemaVersion})`, { newer: true });
  }
  if (schemaVersion !== SCHEMA_VERSION || !('tenant' in members)) {
    return unreadable(OTHER_JSON, { foreign: !('schemaVersion' in members) });
  }
  const problems = [
    ...(isCount(serial) && serial > 0 ? [] : [{ path: '/serial', message: 'must be a whole number above 0' }]),
    ...(typeof lineage === 'string' && lineage !== '' ? [] : [{ path: '/lineage', message: 'must be a text' }]),
    ...(isAnchor(audit) ? [] : [{ path: '/audit', message: 'must hold `head`, `length` and `bytes`' }]),
    ...tenantProblems(tenant),
  ];
  const [first] = problems;
  if (first !== undefined) return unreadable(`is not valid: ${first.path} ${first.message}`, { problems });
  return {
    document: {
      serial: serial as number,
      lineage: lineage as string,
      audit: audit as AuditAnchor,
      tenant: tenant as Tenant,
      members,
    },
  };
}

/** Problems of a file, without its name. */
type Found = { readonly problems?: readonly Omit<ErrorProblem, 'file'>[] };

const OTHER_JSON = 'is JSON, but not a tenant file of gsa';

/** As every tenant file does, also one of which the rest is lost. */
function beginsAsOurs(body: Buffer): boolean {
  return /^\s*\{\s*"schemaVersion"\s*:/.test(body.toString('utf8', 0, 512));
}

/** What a text is that is not JSON, where people know it by another name. */
function whatElse(text: string): string | undefined {
  if (text.trim() === '') return 'is empty';
  if (/^\0+$/.test(text)) return 'holds nothing but zero bytes';
  return /^(?:\s*\n)?<{7} /.test(text) ? 'holds the conflict markers of a merge' : undefined;
}

const BOM = Buffer.from('\uFEFF');

function isAnchor(value: unknown): value is AuditAnchor {
  if (!isObject(value)) return false;
  const { head, length, bytes } = value;
  return typeof head === 'string' && /^[0-9a-f]{64}$/.test(head) && isCount(length) && isCount(bytes);
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
