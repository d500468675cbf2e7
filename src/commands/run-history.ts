import { RUN_KIND, readRuns } from '../intake/run-history.ts';
import type { RunSummary } from '../output/reports/run-history.ts';
import type { Session } from '../shell/session.ts';

/** Says what `--history` does, the same for every command that has it. */
export const HISTORY_HELP = 'keep what this run came to in a folder, and show the runs so far: -o html:report.html';

/** Keeps a run in the folder, one file each, and gives all of them, this one the last; without a folder none. */
export async function keptRuns(
  session: Session,
  folder: string | undefined,
  command: string,
  run: RunSummary,
): Promise<readonly RunSummary[]> {
  if (folder === undefined) return [];
  const before = await readRuns(session.toRead(folder), command);
  const stamp = run.createdDateTime.replace(/[-:]/g, '');
  const text = `${JSON.stringify({ schemaVersion: 1, kind: RUN_KIND, command, ...run }, null, 2)}\n`;
  await session.writeFile(`${folder}/gsa-${command}-${stamp}.json`, text);
  // The same instant again, as a fixed clock has it, is the same run.
  return [...before.filter(({ createdDateTime }) => createdDateTime !== run.createdDateTime), run];
}
