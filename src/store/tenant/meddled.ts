import { plural } from '../../core/values/plural.ts';
import type { JournalEnd } from '../audit/file.ts';
import { NEW_JOURNAL, rollbackWords } from '../audit/file.ts';
import type { LogMeddling } from '../sign-in-log/writes.ts';

/** After a rollback serials go on behind those that the older copy does not know, so that each names one write. */
export function serialAfter({ meddled }: JournalEnd, serial: number): number {
  return (meddled?.kind === 'rolledBack' ? meddled.toSerial : serial) + 1;
}

/** What the journal keeps of what was done to it, or to the tenant file, since the write before. */
export function evidenceOf(
  end: JournalEnd,
  serial: number,
  log: LogMeddling | undefined,
): readonly { key: string; value: string }[] {
  return [...journalEvidence(end, serial), ...(log === undefined ? [] : [{ key: log.key, value: log.words }])];
}

function journalEvidence({ meddled }: JournalEnd, serial: number): readonly { key: string; value: string }[] {
  switch (meddled?.kind) {
    case 'rolledBack':
      return [{ key: 'tenantFileRolledBack', value: `from serial ${meddled.toSerial} to serial ${serial}` }];
    case 'missing':
      return [
        { key: 'auditJournalMissing', value: plural(meddled.entries, 'acknowledged entry', 'acknowledged entries') },
      ];
    case 'broken':
      return [
        { key: 'auditJournalBroken', value: plural(meddled.entries, 'acknowledged entry', 'acknowledged entries') },
      ];
    case undefined:
      return [];
  }
}

/** What a write tells of what it found: that others were at the files of the tenant, or that the clock went back. */
export function noticesOf(
  end: JournalEnd,
  serialBefore: number,
  now: string,
  log: LogMeddling | undefined,
): readonly string[] {
  return [
    ...meddlingNotices(end, serialBefore),
    ...clockNotices(end, now),
    ...(log === undefined ? [] : [`warning: ${log.words}; the journal records it`]),
  ];
}

function clockNotices({ last }: JournalEnd, now: string): readonly string[] {
  if (last === undefined || Date.parse(last.activityDateTime) <= Date.parse(now)) return [];
  return [
    `warning: the clock went back: the write before is of ${last.activityDateTime}, this one of ${now}; the journal records it`,
  ];
}

function meddlingNotices({ meddled }: JournalEnd, serial: number): readonly string[] {
  const remedy = `bring it back, or ${NEW_JOURNAL}: until then no change can be undone`;
  switch (meddled?.kind) {
    case 'rolledBack':
      return [`warning: ${rollbackWords(meddled.toSerial, serial)}; the journal keeps all entries and records it`];
    case 'missing':
      return [
        `warning: the audit journal of this tenant is missing: ${meddled.entries === 1 ? 'its one entry was' : `its ${plural(meddled.entries, 'entry', 'entries')} were`} not copied with the ` +
          `tenant file; ${remedy}`,
      ];
    case 'broken':
      return [`warning: the audit journal of this tenant is not as the last write left it; ${remedy}`];
    case undefined:
      return [];
  }
}
