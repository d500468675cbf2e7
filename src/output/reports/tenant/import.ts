import type { ObjectChange } from '../../../core/tenant/plans/object-changes.ts';
import { partOf, plural } from '../../../core/values/plural.ts';
import { fateText } from '../../changed-objects.ts';
import type { Block, View } from '../../view.ts';
import { bad, dim, strong, warning } from '../../view.ts';

export type ImportReport = {
  /** The tenant that is changed, or would be. */
  readonly tenant: { readonly displayName: string; readonly path: string };
  readonly applied: boolean;
  readonly dryRun: boolean;
  /** Whether it was stopped by what {@link warnings} name. */
  readonly refused: boolean;
  /** Locations that would go although they are trusted or policies name them. */
  readonly warnings: readonly string[];
  readonly files: readonly { readonly file: string; readonly kind: string; readonly taken: number }[];
  /** What changes in the tenant, by list. */
  readonly changes: readonly {
    readonly list: string;
    readonly added: number;
    readonly updated: number;
    readonly removed: number;
    readonly unchanged: number;
  }[];
  /** The objects and settings that change, by name. */
  readonly objects: readonly ObjectChange[];
  readonly problems: readonly {
    readonly severity: 'error' | 'warning' | 'note';
    readonly code: string;
    readonly message: string;
    readonly file: string;
    readonly line: number | null;
    readonly column: number | null;
    readonly path: string | null;
  }[];
};

const SHOWN = 20;

export function viewImport(report: ImportReport): View {
  const errors = report.problems.filter(({ severity }) => severity === 'error');
  const blocks: Block[] = [];
  const taken = report.files.filter((file) => file.taken > 0).length;
  const leftOut = new Set(report.files.filter((file) => file.taken === 0).map(({ file }) => file));
  // What a file is that was not taken is told whatever its severity.
  const notable = report.problems.filter(({ severity, file }) => severity !== 'note' || leftOut.has(file));
  if (notable.length > 0) {
    blocks.push({
      block: 'list',
      items: notable
        .slice(0, SHOWN)
        .map((problem) => [
          problem.severity === 'error'
            ? bad('error: ')
            : problem.severity === 'warning'
              ? warning('warning: ')
              : dim('note: '),
          placeOf(problem),
          problem.message,
        ]),
    });
    if (notable.length > SHOWN)
      blocks.push({ block: 'text', text: dim(`… and ${notable.length - SHOWN} more; -o json has them all`) });
  }
  blocks.push({
    block: 'table',
    columns: [
      { header: 'List' },
      ...['Added', 'Updated', 'Removed', 'Unchanged'].map((header) => ({ header, align: 'right' as const })),
    ],
    rows: report.changes.map((change) => [
      strong(change.list),
      ...[change.added, change.updated, change.removed, change.unchanged].map(String),
    ]),
    empty: 'Nothing to take.',
  });
  blocks.push(...objectBlocks(report.objects));
  if (report.warnings.length > 0)
    blocks.push({ block: 'list', items: report.warnings.map((text) => [warning('warning: '), text]) });
  const notes = report.problems.length - notable.length;
  blocks.push({
    block: 'text',
    text: [
      `${partOf(taken, report.files.length, 'file')} ${report.refused ? 'read for' : 'taken into'} `,
      strong(report.tenant.displayName),
      notes === 0 ? '' : dim(`, ${plural(notes, 'note')} (-o json shows ${notes === 1 ? 'it' : 'them'})`),
      report.applied
        ? '.'
        : report.dryRun
          ? '. Dry run: nothing was written.'
          : report.refused
            ? '. Refused: nothing was written.'
            : errors.length > 0
              ? '. Nothing was written.'
              : '. Nothing to write.',
    ],
  });
  return blocks;
}

/** Policies, locations and settings decide sign-ins: each is told. Of people, groups and applications there may be thousands. */
const ALWAYS_TOLD = ['Policy', 'NamedLocation', 'Setting'];

function objectBlocks(objects: readonly ObjectChange[]): readonly Block[] {
  const told = ALWAYS_TOLD.flatMap((type) => objects.filter((object) => object.type === type));
  const others = objects.filter(({ type }) => !ALWAYS_TOLD.includes(type));
  const shown = [...told, ...others.slice(0, SHOWN)];
  if (shown.length === 0) return [];
  const table: Block = {
    block: 'table',
    columns: [{ header: 'Object' }, { header: 'Change' }, { header: 'Id', dropOrder: 1 }],
    rows: shown.map((object) => [strong(object.displayName), fateText(object), dim(object.id)]),
    empty: '',
  };
  const left = others.length - SHOWN;
  return left > 0 ? [table, { block: 'text', text: dim(`… and ${left} more; -o json has them all`) }] : [table];
}

function placeOf({ file, line, column, path }: ImportReport['problems'][number]): string {
  const position = line === null ? '' : `:${line}${column === null ? '' : `:${column}`}`;
  return `${file}${position}${path === null || path === '' ? '' : ` ${path}`}: `;
}
