import { lstatSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import Conf from 'conf';
import { GsaError } from '../../trouble/error.ts';
import { fileTrouble, isSystemError } from '../../trouble/file-trouble.ts';
import type { TenantDocument, Unreadable } from './format.ts';
import { MAX_BYTES, readTenantText } from './format.ts';
import { isPacked, unpackedText } from './packed.ts';
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

/**
 * Reads a tenant file through conf, once. Our reader checks all of it, members around the tenant too, and keeps the tenant
 * aside, so that conf neither copies nor compares 37 MB. conf has no schema: its compiler would take longer to load than
 * most commands take. conf writes nothing: no defaults, no migrations (they would stamp a newer file older), no
 * `clearInvalidConfig` (it would replace a torn file).
 *
 * Throws {@link UnreadableTenant}, or GsaError `invalid` when the file system refuses.
 */
export function readTenantFile(path: string): TenantDocument {
  checkRegular(path);
  if (isPacked(path)) return readPacked(path);
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
        document = decoded(path, text);
        const { tenant: _, ...members } = document.members;
        return members;
      },
    });
  } catch (error) {
    if (error instanceof UnreadableTenant || error instanceof GsaError) throw error;
    if (isSystemError(error)) throw fileTrouble('read', path, error);
    throw new UnreadableTenant(path, refusal(path, `is not valid: ${(error as Error).message}`));
  }
  if (document === undefined) throw missing(path);
  return document;
}

/** A packed backup is none of conf's files; what is in it is read as strictly. */
function readPacked(path: string): TenantDocument {
  let text: string | undefined;
  try {
    text = unpackedText(path);
  } catch (error) {
    throw fileTrouble('read', path, error);
  }
  if (text === undefined) throw new UnreadableTenant(path, refusal(path, 'is not a packed backup, or a damaged one'));
  return decoded(path, text);
}

/** A pipe or a device would be read for ever. */
function checkRegular(path: string): void {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) {
    const link = lstatSync(path, { throwIfNoEntry: false });
    throw link === undefined
      ? missing(path)
      : new GsaError('invalid', `\`${path}\` is a symbolic link to a file that is not there`);
  }
  if (!stat.isFile()) throw new GsaError('invalid', `\`${path}\` is not a regular file`);
  if (stat.size > MAX_BYTES) {
    throw new GsaError('invalid', `\`${path}\` is larger than a tenant file may be (${MAX_BYTES} bytes)`);
  }
}

function decoded(path: string, text: string): TenantDocument {
  // conf decodes without complaint; only a text with the replacement character can have been anything but UTF-8.
  if (text.includes('\uFFFD') && !isPacked(path)) {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
    } catch {
      throw new UnreadableTenant(path, refusal(path, 'is not UTF-8 text'));
    }
  }
  const reading = readTenantText(text, path);
  if ('unreadable' in reading) throw new UnreadableTenant(path, reading.unreadable);
  return reading.document;
}

const refusal = (file: string, message: string): Unreadable => ({
  message,
  newer: false,
  problems: [{ file, message }],
});
