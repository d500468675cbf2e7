import type { FileHandle } from 'node:fs/promises';
import { constants, open } from 'node:fs/promises';
import { GsaError } from '../../trouble/error.ts';
import { unreadableFile } from '../../trouble/unreadable-file.ts';

/** What a whole read may take. */
export interface WholeFile {
  /** Bytes; a file that has more is something else than it is taken for. */
  readonly most: number;
  /** What to type instead, where the file cannot be read. */
  readonly hint: string;
}

/**
 * The bytes of a regular file. A pipe, a device and whatever else may never begin or never end is refused, and so is a file
 * that is larger, or grows larger while it is read, than it may be. Throws GsaError `invalid`.
 */
export async function readRegularFile(path: string, { most, hint }: WholeFile): Promise<Uint8Array> {
  let handle: FileHandle;
  try {
    // Without O_NONBLOCK the opening of a pipe waits for somebody to write into it.
    handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (cause) {
    throw unreadableFile(path, cause, hint);
  }
  try {
    const status = await handle.stat();
    if (status.isDirectory()) throw new GsaError('invalid', `\`${path}\` is a folder`, { hint });
    if (!status.isFile()) throw new GsaError('invalid', `\`${path}\` is not a regular file`, { hint });
    if (status.size > most) throw tooLarge(path, most, hint);
    const bytes = await handle.readFile();
    if (bytes.length > most) throw tooLarge(path, most, hint);
    return bytes;
  } catch (cause) {
    throw cause instanceof GsaError ? cause : unreadableFile(path, cause, hint);
  } finally {
    await handle.close();
  }
}

function tooLarge(path: string, most: number, hint: string): GsaError {
  return new GsaError('invalid', `\`${path}\` has more than ${most} bytes`, { hint });
}
