import { GsaError } from './error.ts';

/** What a question becomes that nobody answered. */
export function leftAtQuestion(interrupted: AbortSignal): GsaError {
  const kind = interrupted.aborted && interrupted.reason === 'SIGTERM' ? 'terminated' : 'interrupted';
  return new GsaError(kind, 'interrupted at the question; nothing was changed');
}
