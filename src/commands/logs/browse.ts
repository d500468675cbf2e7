import { plural } from '../../core/values/plural.ts';
import type { Report } from '../../output/report.ts';
import type { LogRow } from '../../output/reports/log/columns.ts';
import type { Session } from '../../shell/session.ts';
import { GsaError } from '../../trouble/error.ts';
import { logColumn, valueIn } from './columns.ts';

/** Rows that can be moved through at once; the filters of the command choose among more. */
export const BROWSED = 1_000;

/**
 * The rows on a terminal: typing filters them by what they show, Enter tells the chosen one whole, and the list comes back
 * until Esc. Throws GsaError `usage` without a terminal.
 */
export async function browse(session: Session, rows: readonly LogRow[], tell: (row: LogRow) => Report): Promise<void> {
  const prompter = await session.prompter();
  if (prompter === undefined) {
    throw new GsaError('usage', '`--interactive` wants a terminal', { hint: '`gsa logs show <id>` tells one sign-in' });
  }
  const lines = rows.map((row, at) => ({ value: String(at), name: lineOf(row) }));
  const question = `${plural(lines.length, 'sign-in')}; type to filter, Enter tells one, Esc leaves`;
  let last: string | undefined;
  for (;;) {
    const chosen = await prompter.search(question, (typed) => lines.filter(({ name }) => fits(name, typed)), last);
    const row = rows[Number(chosen)];
    if (chosen === undefined || row === undefined) return;
    await session.present(tell(row));
    last = chosen;
  }
}

/** Every word that was typed stands somewhere in the line. */
function fits(line: string, typed: string): boolean {
  const text = line.toLowerCase();
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** Columns of a line, and how wide each is: who and what came of it first, for a narrow screen cuts the end. */
const SHOWN = [
  ['time', 16],
  ['user', 28],
  ['result', 11],
  ['restoration', 13],
  ['ip', 15],
  ['application', 24],
] as const;

function shortened(column: string, text: string, width: number): string {
  if (column === 'time') return text.slice(0, width).replace('T', ' ');
  return column === 'restoration' ? `signaling ${text === 'enabled' ? 'on' : 'off'}` : text;
}

function lineOf(row: LogRow): string {
  const cells = SHOWN.map(([name, width]) => {
    const text = valueIn(row, logColumn(name)) ?? '-';
    const short = shortened(name, text, width);
    return (short.length > width ? `${short.slice(0, width - 1)}…` : short).padEnd(width);
  });
  const policies = row.replay.decidedBy.map(
    (id) => row.appliedConditionalAccessPolicies?.find((policy) => policy.id === id)?.displayName ?? id,
  );
  return [...cells, policies.join(', ')].join('  ').trimEnd();
}
