import { isSystemError } from '../trouble/file-trouble.ts';

/** Whether a write failed because whoever was to read it has left, as `head` does when it has seen enough. */
export function hasReaderLeft(error: unknown): boolean {
  return isSystemError(error) && error.code === 'EPIPE';
}

/** Waits until all is written, or until its reader leaves, which is no failure. */
export async function untilReaderLeft(written: Promise<void>): Promise<void> {
  try {
    await written;
  } catch (error) {
    if (!hasReaderLeft(error)) throw error;
  }
}
