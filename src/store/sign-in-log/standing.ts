import { GsaError } from '../../trouble/error.ts';
import { isSystemError } from '../../trouble/file-trouble.ts';
import type { LogAnchor } from '../types.ts';
import { keepLogAnchor, readLogAnchor } from './anchor.ts';
import { guarded, openForReading } from './database.ts';
import type { LogMeddling } from './writes.ts';
import { foundByWrites, lastWrite, meddlingOf, missingLog, NO_WRITE } from './writes.ts';

/** The files of a log, and whose it is. */
export interface LogPlace {
  readonly signIns: string;
  readonly logAnchor: string;
  readonly lineage: string;
}

/** How a log stands to what was acknowledged of it. */
export interface LogStanding {
  /** Its last write; `undefined` where there is none. */
  readonly last: LogAnchor | undefined;
  readonly meddled: LogMeddling | undefined;
  /** What earlier writes have found, oldest first. */
  readonly found: readonly string[];
}

/**
 * How the log stands to the file beside it and to what the journal says of it. Throws GsaError `invalid` for a log that cannot be
 * read: damaged, another tenant's, or of a newer version.
 */
export function standingOf({ signIns, logAnchor, lineage }: LogPlace, journaled: LogAnchor | undefined): LogStanding {
  // Before the log: a write in between leaves the log ahead, which is as it should be.
  const acknowledged = readLogAnchor(logAnchor, lineage);
  const database = openForReading(signIns, lineage);
  // A copy of the tenant and its journal alone misses no log: what the journal says of one is looked at beside a log only.
  if (database === undefined) return { last: undefined, meddled: missingLog(acknowledged), found: [] };
  try {
    return guarded(signIns, () => ({
      last: lastWrite(database),
      meddled: meddlingOf(database, acknowledged) ?? meddlingOf(database, journaled),
      found: foundByWrites(database),
    }));
  } finally {
    database.close();
  }
}

/** The same for who writes something else: a log that cannot be read, or has another owner, is not judged. */
export function readableStanding(place: LogPlace, journaled: LogAnchor | undefined): LogStanding | undefined {
  try {
    return standingOf(place, journaled);
  } catch (error) {
    if (error instanceof GsaError || isSystemError(error)) return undefined;
    throw error;
  }
}

/** Takes the log as it is now for what is acknowledged, after what was done to it was told and recorded. */
export function acknowledgeAsItIs({ logAnchor, lineage }: LogPlace, { last }: LogStanding): void {
  try {
    keepLogAnchor(logAnchor, lineage, last ?? NO_WRITE);
  } catch (error) {
    // Then the next one tells it again.
    if (!isSystemError(error)) throw error;
  }
}
