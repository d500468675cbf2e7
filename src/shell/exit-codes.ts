import type { ErrorKind } from '../trouble/error.ts';

/** How a command that did its work judges the answer. */
export type Verdict = 'ok' | 'findings' | 'refused' | 'invalid';

/** The table of exit codes; `gsa help exit-codes` explains them: src/commands/topics.ts. */
export const EXIT_CODES: { readonly [kind in Verdict | ErrorKind | 'internal']: number } = {
  ok: 0,
  findings: 1,
  usage: 2,
  refused: 3,
  invalid: 4,
  forbidden: 5,
  internal: 70,
  busy: 75,
  interrupted: 130,
  terminated: 143,
};
