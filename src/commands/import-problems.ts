import type { Problem } from '../intake/types.ts';
import type { ErrorProblem } from '../trouble/error.ts';

/** What is wrong with exports, as an error tells it. */
export function errorProblems(problems: readonly Problem[]): readonly ErrorProblem[] {
  return problems.map(({ message, place: { pointer, ...place } }) => ({
    ...place,
    ...(pointer === undefined ? {} : { path: pointer }),
    message,
  }));
}
