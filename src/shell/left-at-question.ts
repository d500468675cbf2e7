import type { GsaError } from './error.ts';
import { interruption } from './error.ts';

/** What a question becomes that nobody answered. */
export function leftAtQuestion(interrupted: AbortSignal): GsaError {
  return interruption(interrupted, 'interrupted at the question; nothing was changed');
}
