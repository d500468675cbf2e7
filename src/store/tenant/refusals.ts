import { constants, existsSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { GsaError } from '../../trouble/error.ts';
import { isSystemError, wordsOf } from '../../trouble/file-trouble.ts';
import { shellWord } from '../../trouble/shell-word.ts';
import { checkAccess } from '../access.ts';
import { backupPaths } from './backups.ts';
import type { UnreadableTenant } from './conf.ts';
import { readTenantFile } from './conf.ts';
import type { NotConfirmed } from './durable-write.ts';
import type { TenantDocument } from './format.ts';
import { MAX_BYTES } from './format.ts';
import type { TenantFiles } from './path.ts';
import { filesOf } from './path.ts';

/**
 * The error for a file that is no tenant. The bytes stay; the hint names the newest backup that can be read and the command that brings
 * it back. A file that holds something else, with nothing of ours beside it, was named by mistake: nobody is told to replace it.
 */
export function damagedTenant(path: string, { why }: UnreadableTenant): GsaError {
  const files = filesOf(path);
  const good = backupPaths(files).find((backup) => readableTenant(backup) !== undefined);
  const tenant = path === resolve(files.tenant) ? path : files.tenant;
  if (why.foreign && isAlone(files)) {
    return new GsaError('invalid', `\`${path}\` ${why.message}`, { hint: otherUses(tenant), problems: why.problems });
  }
  const restore =
    good === undefined
      ? `there is no backup that can be read; \`gsa init --force --tenant ${shellWord(tenant)}\` starts again and keeps this file`
      : `the newest good backup is serial ${readableTenant(good)?.serial}: \`gsa tenant restore ${shellWord(good)} --tenant ${shellWord(tenant)}\``;
  const hint = why.newer ? `install the newer gsa; ${restore}` : restore;
  return new GsaError('invalid', `\`${path}\` ${why.message}`, { hint, problems: why.problems });
}

/** Whether nothing lies beside the file that a tenant file of ours has from its first write on. */
export function isAlone({ journal, backups }: TenantFiles): boolean {
  return !existsSync(journal) && !existsSync(backups);
}

export function readableTenant(path: string): TenantDocument | undefined {
  try {
    return readTenantFile(path);
  } catch {
    return undefined;
  }
}

/** What a file may be for that was named as the tenant's. */
function otherUses(path: string): string {
  const word = shellWord(path);
  return (
    `\`--tenant\` names the file in which gsa keeps the tenant; of an export say \`gsa import ${word}\`, of sign-ins ` +
    `\`gsa impact ${word}\` or \`gsa replay ${word}\``
  );
}

/** A new file takes the place of the old one, which the system would allow also where that is read-only. */
export function checkNotReadOnly(tenant: string): void {
  const hint = 'it may be read-only so that it stays as it is: make it writable, or name another file';
  checkAccess('write', tenant, constants.W_OK, hint);
}

/** The file of the tenant that the system refused; the tenant file where it named none, or one that was to take its place. */
export function refusedFile({ tenant, backups, journal, signIns, logAnchor }: TenantFiles, error: unknown): string {
  // Of two files Node tells the second one, too, of which its types know nothing.
  const named = isSystemError(error) ? ((error as { readonly dest?: string }).dest ?? error.path) : undefined;
  const other = [backups, journal, signIns, logAnchor].find(
    (file) => named === file || named?.startsWith(join(file, sep)),
  );
  return other ?? tenant;
}

export function tooLarge({ tenant }: TenantFiles): GsaError {
  return new GsaError('invalid', `\`${tenant}\` would be larger than a tenant file may be (${MAX_BYTES} bytes)`);
}

export function notConfirmed(
  files: TenantFiles,
  serial: number,
  backup: string | undefined,
  { cause }: NotConfirmed,
): GsaError {
  const why = isSystemError(cause) ? wordsOf(cause) : String(cause);
  const message = `the new state (serial ${serial}) is in place in \`${files.tenant}\`, but the disk did not confirm it: ${why}`;
  const hint = `look at the disk before you go on${backup === undefined ? '' : `; the state before is \`${backup}\``}`;
  return new GsaError('invalid', message, { hint, problems: [{ file: files.tenant, message: why }], cause });
}
