import type { ImportedFiles, Problem } from '../intake/types.ts';
import type { ErrorProblem } from '../trouble/error.ts';

/** Whether the system gave no byte of what was named, so that nothing in it can be mended. */
export function areUnreadable({ problems, files }: ImportedFiles): boolean {
  const errors = problems.filter(({ severity }) => severity === 'error');
  return files.every(({ taken }) => taken === 0) && errors.every(({ code }) => code === 'unreadable');
}

export const NAME_EXPORTS =
  'name files or folders of an export; `gsa import --requests` prints the commands that export a tenant';

/** What is wrong with exports, as an error tells it. */
export function errorProblems(problems: readonly Problem[]): readonly ErrorProblem[] {
  return problems.map(({ message, place: { pointer, ...place } }) => ({
    ...place,
    ...(pointer === undefined ? {} : { path: pointer }),
    message,
  }));
}
