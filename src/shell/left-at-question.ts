import type { GsaError } from '../trouble/error.ts';
import { interruption } from '../trouble/error.ts';

/** What a question becomes that nobody answered. */
export function leftAtQuestion(interrupted: AbortSignal): GsaError {
  return interruption(interrupted, 'interrupted at the question; nothing was changed');
}
