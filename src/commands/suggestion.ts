import type { ToldRow } from '../core/proof/answers/told.ts';
import type { ChangeToMend, Fix } from '../core/proof/questions/suggest.ts';
import { isProved, suggestFix } from '../core/proof/questions/suggest.ts';
import { TooLarge } from '../core/proof/too-large.ts';
import { withDirectory } from '../core/proof/worlds/supposed-directory.ts';
import type { Opening } from '../output/reports/proof/suggestion.ts';
import type { Invoked, NamedFiles } from '../shell/session.ts';
import type { Result } from './command.ts';
import { requireProvable, tooLarge } from './proof-question.ts';

/** A change for which a fix is looked for, as a user asked it. */
export type AskedChange = Omit<ChangeToMend, 'newLocationId'>;

/** A fix, and whether its people are stand-ins for those that no directory tells. */
export type FoundFix = Fix & { readonly peopleAreSupposed: boolean };

/** The smallest fix that was found. Throws GsaError `refused` where the question is too large. */
export function fixFor(session: Invoked, change: AskedChange): FoundFix {
  requireProvable(change.before, change.after);
  const { before, after, supposed } = withDirectory(change.before, change.after);
  const fix = suggestFix({ ...change, before, after, newLocationId: session.newId() });
  if (fix instanceof TooLarge) throw tooLarge(fix);
  return { ...fix, peopleAreSupposed: supposed };
}

/** Shows a fix, and writes its objects where a file is named for them. One that is not proved is a finding. */
export async function suggestion(
  session: Invoked & NamedFiles,
  fix: FoundFix,
  question: string,
  file: string | undefined,
  command: string,
): Promise<Result> {
  const objects = [...(fix.location === undefined ? [] : [fix.location]), ...fix.policies];
  if (file !== undefined) await session.writeFile(session.path(file), `${JSON.stringify(objects, null, 2)}\n`);
  return {
    report: {
      kind: 'suggestion',
      data: {
        question,
        proofs: fix.proofs,
        peopleAreSupposed: fix.peopleAreSupposed,
        edits: fix.edits.map((edit) => ({ ...edit, opens: edit.opens.map(opening) })),
        opens: fix.opens.map(opening),
        unknown: fix.unknown.map(opening),
        open: fix.open.map(({ what, policies }) => ({ what, policies })),
        objects,
        file: file ?? null,
        command: fix.edits.length === 0 ? null : command,
      },
    },
    verdict: isProved(fix) ? 'ok' : 'findings',
  };
}

function opening(row: ToldRow): Opening {
  const { class: name, displayName, people, others, from, ipv4Share } = row;
  return { class: name, displayName, people, others: others.length, from, ipv4Share };
}
