import type { GsaError } from '../trouble/error.ts';
import { interruption } from '../trouble/error.ts';

/** The error of a question that was left unanswered. */
export function leftAtQuestion(interrupted: AbortSignal): GsaError {
  return interruption(interrupted, 'interrupted at the question; nothing was changed');
}
