import type { ObjectChange } from '../../../core/tenant/plans/object-changes.ts';
import { partOf, plural } from '../../../core/values/plural.ts';
import { fateText } from '../../changed-objects.ts';
import type { Block, Inline, Span, View } from '../../view.ts';
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
    /** How many of this kind it stands for: more than a number of a kind in one file are not listed. */
    readonly count: number;
  }[];
};

const SHOWN = 20;

type Problem = ImportReport['problems'][number];

export function viewImport(report: ImportReport): View {
  const notable = notableOf(report);
  return [
    ...problemBlocks(notable),
    {
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
    },
    ...objectBlocks(report.objects),
    ...(report.warnings.length === 0
      ? []
      : [{ block: 'list', items: report.warnings.map((text) => [warning('warning: '), text]) } as const]),
    ...noteBlocks(report.problems.filter((problem) => !notable.includes(problem))),
    summary(report),
  ];
}

/** Problems that are told: what a file is that was not taken is told whatever its severity. */
function notableOf({ problems, files }: ImportReport): readonly Problem[] {
  const leftOut = new Set(files.filter((file) => file.taken === 0).map(({ file }) => file));
  return problems.filter(({ severity, file }) => severity !== 'note' || leftOut.has(file));
}

const SEVERITY_SPANS: Readonly<Record<Problem['severity'], Span>> = {
  error: bad('error: '),
  warning: warning('warning: '),
  note: dim('note: '),
};

/** Problems of one kind in a row of lines; more of a kind are one line. */
const MOST_OF_A_KIND = 3;

/** The reader lists so many of a kind in a file and counts the others. */
const LISTED = '-o json lists them, up to 25 of a kind in a file';

/** Each problem on a line of its own, or where there are many of a kind one line with their number and the first places. */
function problemBlocks(notable: readonly Problem[]): readonly Block[] {
  if (notable.length === 0) return [];
  const kinds = Map.groupBy(notable, ({ severity, code }) => `${severity} ${code}`);
  const items = [...kinds.values()].flatMap((alike) =>
    alike.length <= MOST_OF_A_KIND ? alike.map(problemLine) : [groupLine(alike)],
  );
  const isGrouped = items.length < notable.length;
  const more = items.length - SHOWN;
  const whole = more > 0 ? `… and ${plural(more, 'more line')}; ` : '';
  return [
    { block: 'list', items: items.slice(0, SHOWN) },
    ...(more > 0 || isGrouped ? [{ block: 'text', text: dim(`${whole}${LISTED}`) } as const] : []),
  ];
}

function problemLine(problem: Problem): Inline {
  return [SEVERITY_SPANS[problem.severity], placeOf(problem), problem.message];
}

/** How many there are of a kind, what is wrong with the first, and where the first are. */
function groupLine(alike: readonly Problem[]): Inline {
  const [first] = alike;
  if (first === undefined) return '';
  const places = alike.filter(({ count }) => count === 1).map((problem) => placeOf(problem).replace(/: $/, ''));
  const isSame = alike.every(({ message, count }) => count > 1 || message === first.message);
  return [
    SEVERITY_SPANS[first.severity],
    strong(`${alike.reduce((sum, { count }) => sum + count, 0)} × `),
    isSame ? first.message : `such as: ${first.message}`,
    dim(` (first at ${[...new Set(places)].slice(0, MOST_OF_A_KIND).join(', ')})`),
  ];
}

/** What was made of the files without harm to them, a line each kind. */
function noteBlocks(notes: readonly Problem[]): readonly Block[] {
  const kinds = [...Map.groupBy(notes, ({ code }) => code).values()];
  if (kinds.length === 0) return [];
  const items = kinds.map((alike) => (alike.length === 1 ? alike.map(problemLine)[0] : groupLine(alike)) ?? '');
  const isCut = kinds.some((alike) => alike.length > 1);
  return [{ block: 'list', items }, ...(isCut ? [{ block: 'text', text: dim(LISTED) } as const] : [])];
}

function summary(report: ImportReport): Block {
  const taken = report.files.filter((file) => file.taken > 0).length;
  return {
    block: 'text',
    text: [
      `${partOf(taken, report.files.length, 'file')} ${report.refused ? 'read for' : 'taken into'} `,
      strong(report.tenant.displayName),
      writtenText(report),
    ],
  };
}

function writtenText({ applied, dryRun, refused, problems }: ImportReport): string {
  if (applied) return '.';
  if (dryRun) return '. Dry run: nothing was written.';
  if (refused) return '. Refused: nothing was written.';
  return problems.some(({ severity }) => severity === 'error') ? '. Nothing was written.' : '. Nothing to write.';
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
