import type { ErrorKind } from './error.ts';

/** How a command that did its work judges the answer. */
export type Verdict = 'ok' | 'findings' | 'refused' | 'invalid';

/** The table of exit codes (design: cli); `gsa help exit-codes` prints it. */
export const EXIT_CODES: { readonly [kind in Verdict | ErrorKind | 'internal']: number } = {
  ok: 0,
  findings: 1,
  usage: 2,
  refused: 3,
  conflict: 3,
  invalid: 4,
  forbidden: 5,
  internal: 70,
  busy: 75,
  interrupted: 130,
  terminated: 143,
};

export const EXIT_CODE_MEANINGS: readonly (readonly [code: number, verdict: string, meaning: string])[] = [
  [0, 'ok', 'done; the question was answered'],
  [1, 'findings', 'a gate was asked for (check, test, --fail-on) and the answer is no'],
  [2, 'usage', 'the command line is wrong'],
  [3, 'refused', 'a safety guard stopped a change; nothing was written'],
  [4, 'invalid', 'a file or the state is missing, unreadable, not valid, newer, or holds nothing usable'],
  [5, 'forbidden', 'the acting administrator lacks the role; nothing was written'],
  [70, 'internal', 'a bug'],
  [75, 'busy', 'another process holds the tenant past --lock-timeout; try again'],
  [130, 'interrupted', 'SIGINT (Ctrl-C); nothing half-written'],
  [143, 'interrupted', 'SIGTERM; nothing half-written'],
];
