import type { RecordedOutcome } from '../../signaling/attempt.ts';

/** "Access has been blocked by Conditional Access policies" (D-ERR, ERR-EX). */
const BLOCKED = 53003;

/**
 * Errors that nothing gives but Conditional Access: of devices, of apps, of a session that is not bound, and of several (D-ERR, D-TRB, TP).
 */
const STOPPED: ReadonlySet<number> = new Set([50131, 53000, 53001, 53002, 53009, 530084]);

/**
 * The outcome by the error code and by `conditionalAccessStatus` in lower case (D-LOGD). A token was issued only where every policy was
 * satisfied. `undefined`: the record does not say, as with an error of something else after policies were satisfied, or contradicts itself.
 */
export function recordedOutcomeOf(
  errorCode: number | undefined,
  status: string | undefined,
): RecordedOutcome | undefined {
  if (errorCode === BLOCKED) return 'blocked';
  if (errorCode === 0) return status === 'failure' ? undefined : 'letIn';
  const isStopped = status === 'failure' || (errorCode !== undefined && STOPPED.has(errorCode));
  return isStopped ? 'stopped' : undefined;
}
