import type { ImportedFiles, Problem } from '../intake/types.ts';
import type { ErrorProblem } from '../trouble/error.ts';

/** Whether the system gave no byte of what was named, so that nothing in it can be mended. */
export function areUnreadable({ problems, files }: ImportedFiles): boolean {
  const errors = problems.filter(({ severity }) => severity === 'error');
  return files.every(({ taken }) => taken === 0) && errors.every(({ code }) => code === 'unreadable');
}

export const NAME_EXPORTS =
  'name files or folders of an export; `gsa import --requests` prints the commands that export a tenant';

/** What a file is that is no export of a tenant: whoever mended it would have another one. */
const NO_EXPORTS: ReadonlySet<string> = new Set(
  (
    'unreadable notAnExport signInLog html xml terraform powershell bicep yaml csv notJson template pulumi microsoft365Dsc ' +
    'azureAdGraph migrationTable queryResult otherReport errorResponse notUsed scheduleRequest tenantFile tooLarge'
  ).split(' '),
);

/** What to do about files that cannot be taken. */
export function whatToDo(imported: ImportedFiles): string {
  const errors = imported.problems.filter(({ severity }) => severity === 'error');
  const broken = new Set(errors.map(({ place }) => place.file));
  const others = errors.filter(isOfNoExport);
  const hasGood = imported.files.some(({ file }) => !broken.has(file));
  if (others.length === errors.length && !hasGood) return NAME_EXPORTS;
  const them = broken.size === 1 ? 'it' : 'them';
  const mended = others.length === 0 ? `mend ${them}` : `mend ${them}, leave out what is no export`;
  const first = others.length === errors.length ? `leave ${them} out` : mended;
  return hasGood ? `${first}, or take the good ones with --keep-going` : first;
}

/** Objects that stand in files with nothing else. */
const ALL_OF_A_FILE: ReadonlySet<string> = new Set(['signInLog', 'microsoft365Dsc']);

/** One object among others may be taken out of its file. */
function isOfNoExport({ code, place }: Problem): boolean {
  return NO_EXPORTS.has(code) && (place.pointer === undefined || ALL_OF_A_FILE.has(code));
}

/** What is wrong with exports, as an error tells it. */
export function errorProblems(problems: readonly Problem[]): readonly ErrorProblem[] {
  return problems.map(({ message, place: { pointer, ...place } }) => ({
    ...place,
    ...(pointer === undefined ? {} : { path: pointer }),
    message,
  }));
}
