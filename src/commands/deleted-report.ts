import { isPastRestore, restorableUntil } from '../core/tenant/limits.ts';
import { compareTexts } from '../core/values/compare-texts.ts';
import type { DeletedReport } from '../output/reports/deleted.ts';

interface Deleted {
  readonly id: string;
  readonly displayName: string;
  readonly deletedDateTime?: string | null;
}

/** Soft-deleted objects, the last deleted first. */
export function deletedReport(items: readonly Deleted[], now: string, empty: string): DeletedReport {
  const value = items
    .map(({ id, displayName, deletedDateTime }) => ({
      id,
      displayName,
      deletedDateTime: deletedDateTime ?? '',
      restorableUntil: restorableUntil(deletedDateTime) ?? null,
      restorable: !isPastRestore(deletedDateTime, now),
    }))
    .sort((a, b) => compareTexts(b.deletedDateTime, a.deletedDateTime) || compareTexts(a.id, b.id));
  return { value, view: { empty } };
}
