import type { Plan, SlotChange } from '../../core/tenant/plans/change.ts';
import { objectChanges } from '../../core/tenant/plans/object-changes.ts';
import type { ImportedFiles, Problem } from '../../intake/types.ts';
import type { ImportReport } from '../../output/reports/tenant/import.ts';

const LISTS = [
  ['policies', 'policies'],
  ['namedLocations', 'named locations'],
  ['users', 'users'],
  ['groups', 'groups'],
  ['roleAssignments', 'role assignments'],
  ['roleDefinitions', 'role definitions'],
  ['servicePrincipals', 'service principals'],
] as const;

/** What an import comes to: by list, by object and by problem. */
export function reportOf(
  imported: ImportedFiles,
  plan: Plan,
  how: Pick<ImportReport, 'tenant' | 'applied' | 'dryRun' | 'refused' | 'warnings'>,
): ImportReport {
  const changes = plan.steps.flatMap((step) => step.changes);
  const byList = Map.groupBy(changes, (change) => ('list' in change ? change.list : 'settings'));
  return {
    ...how,
    files: imported.files,
    changes: [
      ...LISTS.flatMap(([list, name]) => {
        const own = byList.get(list) ?? [];
        const added = own.filter(({ before }) => before === null).length;
        const removed = own.filter(({ after }) => after === null).length;
        const updated = own.length - added - removed;
        const unchanged = Math.max(imported[list].length - added - updated, 0);
        return imported[list].length + own.length === 0 ? [] : [{ list: name, added, updated, removed, unchanged }];
      }),
      ...settingsRow(imported, (byList.get('settings') ?? []).filter(isOfSettings).length),
    ],
    objects: objectChanges(changes),
    problems: imported.problems.map(problemRow),
  };
}

/** What becomes known with a list is told with the list. */
function isOfSettings(change: SlotChange): boolean {
  return 'setting' in change && (change.setting === 'globalSecureAccess' || change.setting === 'mfaTrustedIps');
}

function settingsRow(imported: ImportedFiles, updated: number): ImportReport['changes'] {
  if (imported.settings.length === 0) return [];
  return [
    { list: 'settings', added: 0, updated, removed: 0, unchanged: Math.max(imported.settings.length - updated, 0) },
  ];
}

function problemRow({ severity, code, message, place, count }: Problem): ImportReport['problems'][number] {
  return {
    severity,
    code,
    message,
    file: place.file,
    line: place.line ?? null,
    column: place.column ?? null,
    path: place.pointer ?? null,
    count: count ?? 1,
  };
}
