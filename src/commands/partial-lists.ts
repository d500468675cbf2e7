import { placeText } from '../core/values/place-text.ts';
import type { ImportedFiles } from '../intake/types.ts';
import type { Talk } from '../shell/session.ts';

/** Warnings that are said; `gsa import --dry-run` has them all. */
const SAID = 5;

/** Says of an export that is read as a tenant which of its lists are parts, and by what: whatever hangs on these is not known. */
export async function tellPartialLists(talk: Pick<Talk, 'say'>, { problems }: ImportedFiles): Promise<void> {
  const parts = problems.filter(({ code }) => code === 'partialList');
  for (const { place, message } of parts.slice(0, SAID)) await talk.say(`warning: ${placeText(place)}: ${message}`);
  const more = parts.length - SAID;
  if (more > 0) await talk.say(`warning: … and ${more} more; \`gsa import --dry-run\` shows them all`);
}
