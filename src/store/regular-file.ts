import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { GsaError } from '../trouble/error.ts';

/**
 * The bytes of a file, links followed. A pipe or a device, which may never begin or never end, and a file of more than `most`
 * bytes are none that this program wrote. Throws GsaError `invalid` for these, and the system's error for what cannot be read.
 */
export function readRegularFile(path: string, most: number): Buffer {
  // Without O_NONBLOCK the opening of a pipe waits for somebody to write into it.
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const status = fstatSync(file);
    // The system has words of its own for a folder.
    if (!status.isFile() && !status.isDirectory()) throw new GsaError('invalid', `\`${path}\` is not a regular file`);
    if (status.isFile() && status.size > most) throw new GsaError('invalid', `\`${path}\` has more than ${most} bytes`);
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}
