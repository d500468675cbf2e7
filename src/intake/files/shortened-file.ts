import { GsaError } from '../../trouble/error.ts';

/**
 * Holds a file that was read to its end to the bytes that it had when it was opened. One that somebody writes anew, such as a log that
 * is emptied when it is rotated, would pass for all that it held. Throws GsaError `invalid` where bytes are missing; what was
 * appended meanwhile is no matter.
 */
export function checkNotShortened(path: string, had: number, read: number): void {
  if (read >= had) return;
  throw new GsaError('invalid', `\`${path}\` became shorter while it was read: ${read} of ${had} bytes were there`, {
    hint: 'give a copy into which nobody writes',
  });
}
