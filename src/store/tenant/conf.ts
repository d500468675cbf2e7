import { lstatSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Conf from 'conf';
import { GsaError } from '../../trouble/error.ts';
import { fileTrouble, isSystemError } from '../../trouble/file-trouble.ts';
import { shellWord } from '../../trouble/shell-word.ts';
import type { TenantDocument, Unreadable } from './format.ts';
import { MAX_BYTES, readTenantBytes } from './format.ts';
import { isPacked, unpacked } from './packed.ts';
import { missing } from './rules.ts';

/** A tenant file that is there and cannot be taken; the bytes are left alone. */
export class UnreadableTenant extends Error {
  readonly why: Unreadable;

  constructor(file: string, why: Unreadable) {
    super(`${file} ${why.message}`);
    this.name = 'UnreadableTenant';
    this.why = why;
  }
}

/** Which bytes were read: another writer always leaves another one. */
export interface Version {
  readonly key: string;
}

/** What identifies the bytes at `path` without reading them; `undefined` when there is no file. */
export function versionOf(path: string): Version | undefined {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  if (stat === undefined) return undefined;
  return { key: [stat.dev, stat.ino, stat.size, stat.mtimeNs, stat.ctimeNs].join(':') };
}

/** A file of more bytes is read as bytes: to make one text of it takes as long again, and three times its size in memory. */
const LARGE = 1024 * 1024;

/**
 * Reads a tenant file, once: through conf, a large one and a packed backup without it. Our reader checks all of it, members
 * around the tenant too. Throws {@link UnreadableTenant}, or GsaError `invalid` when the file system refuses.
 */
export function readTenantFile(path: string): TenantDocument {
  const size = sizeOf(path);
  try {
    if (isPacked(path)) return readPacked(path);
    return size > LARGE ? documentOf(path, readFileSync(path)) : readThroughConf(path);
  } catch (error) {
    if (error instanceof UnreadableTenant || error instanceof GsaError) throw error;
    throw fileTrouble('read', path, error);
  }
}

/**
 * Our reader keeps the tenant aside, so that conf neither copies nor compares it. conf has no schema: its compiler would take
 * longer to load than most commands take. conf writes nothing: no defaults, no migrations (they would stamp a newer file
 * older), no `clearInvalidConfig` (it would replace a torn file).
 */
function readThroughConf(path: string): TenantDocument {
  let document: TenantDocument | undefined;
  try {
    new Conf<Record<string, unknown>>({
      projectName: 'gsa',
      cwd: dirname(path),
      configName: basename(path),
      fileExtension: '',
      accessPropertiesByDotNotation: false,
      clearInvalidConfig: false,
      deserialize: (text) => {
        // conf decodes without complaint; only a text with the replacement character can have been anything but UTF-8.
        document = documentOf(path, text.includes('\uFFFD') ? readFileSync(path) : Buffer.from(text));
        const { tenant: _, ...members } = document.members;
        return members;
      },
    });
  } catch (error) {
    if (error instanceof UnreadableTenant || isSystemError(error)) throw error;
    throw new UnreadableTenant(path, refusal(path, `is not valid: ${(error as Error).message}`));
  }
  if (document === undefined) throw missing(path);
  return document;
}

/** A packed backup is none of conf's files; what is in it is read as strictly. */
function readPacked(path: string): TenantDocument {
  const bytes = unpacked(path);
  if (bytes === undefined) throw new UnreadableTenant(path, refusal(path, 'is not a packed backup, or a damaged one'));
  return documentOf(path, bytes);
}

function documentOf(path: string, bytes: Buffer): TenantDocument {
  const reading = readTenantBytes(bytes, path);
  if ('unreadable' in reading) throw new UnreadableTenant(path, reading.unreadable);
  return reading.document;
}

/** How large the file is, if it is one: a pipe or a device would be read for ever. */
function sizeOf(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) {
    const link = lstatSync(path, { throwIfNoEntry: false });
    throw link === undefined
      ? missing(path)
      : new GsaError('invalid', `\`${path}\` is a symbolic link to a file that is not there`);
  }
  if (stat.isDirectory()) {
    throw new GsaError('invalid', `\`${path}\` is a folder`, {
      hint:
        `\`--tenant\` names the file in which gsa keeps the tenant, such as ${shellWord(join(path, 'tenant.json'))}; ` +
        `\`gsa import ${shellWord(path)}\` takes an export`,
    });
  }
  if (!stat.isFile()) throw new GsaError('invalid', `\`${path}\` is not a regular file`);
  if (stat.size > MAX_BYTES) {
    throw new GsaError('invalid', `\`${path}\` is larger than a tenant file may be (${MAX_BYTES} bytes)`);
  }
  return stat.size;
}

const refusal = (file: string, message: string): Unreadable => ({
  message,
  newer: false,
  foreign: false,
  problems: [{ file, message }],
});
