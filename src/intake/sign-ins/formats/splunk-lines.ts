import type { JsonObject } from '../../../core/tenant/plans/change.ts';
import { isJsonObject, plainText } from '../../json/value.ts';
import { excerpt } from '../../text/excerpt.ts';
import type { Members } from '../facts/members.ts';

/**
 * What a line of an export of Splunk says beside its event (`search/jobs/export`, `splunk search -output json`): each row of a
 * result is an object of its own, and the last one of a set has `lastrow`; a set without rows is that alone (SPLUNK-EXPORT).
 */
export interface SplunkLine {
  /** A row of results that are not the last word. */
  readonly isPreview: boolean;
  readonly isLast: boolean;
  /** Whether it holds a row; else it is a word of the search alone. */
  readonly holdsRow: boolean;
  /** The position of the row in its set, where the line says it. */
  readonly offset: number | undefined;
  readonly messages: string | undefined;
}

/** Names of a line that holds no row. */
const WORDS: ReadonlySet<string> = new Set(['preview', 'lastrow', 'offset', 'messages']);

export function splunkLine(record: Members): SplunkLine | undefined {
  const { preview, lastrow, offset, messages } = record;
  const holdsRow = typeof preview === 'boolean' && isJsonObject(record['result']);
  const isWord = typeof preview === 'boolean' || Array.isArray(messages);
  if (!holdsRow && !(isWord && Object.keys(record).every((name) => WORDS.has(name)))) return undefined;
  return {
    isPreview: preview === true,
    isLast: lastrow === true,
    holdsRow,
    offset: typeof offset === 'number' ? offset : undefined,
    messages: doubtIn({ messages }),
  };
}

/** Messages of a search that went on to its end, as it was asked to. */
const HARMLESS: ReadonlySet<unknown> = new Set(['DEBUG', 'INFO']);

/** What a search says of itself that may have cost results: a warning or an error; `undefined`: nothing. */
export function doubtIn({ messages }: JsonObject): string | undefined {
  if (!Array.isArray(messages)) return undefined;
  const doubtful = messages.find((each) => isJsonObject(each) && 'text' in each && !HARMLESS.has(each['type']));
  return isJsonObject(doubtful) ? `messages: ${excerpt(plainText(doubtful['text']), 80)}` : undefined;
}

/** The rows of one set in a file: where the first and the last of them stand, and whether the set ends there. */
interface Rows {
  readonly first: number | undefined;
  next: number | undefined;
  hasEnded: boolean;
}

/** The rows of Splunk over all files. A set may lie in several of them, where one goes on at the row at which another leaves off. */
export class SplunkRows {
  readonly #files = new Map<string, Rows[]>();

  note({ holdsRow, isLast, offset }: SplunkLine, file: string): void {
    const sets = this.#files.get(file) ?? [];
    this.#files.set(file, sets);
    const open = sets.at(-1);
    if (!holdsRow) {
      if (isLast && open !== undefined) open.hasEnded = true;
    } else if (open === undefined || open.hasEnded) sets.push({ first: offset, next: after(offset), hasEnded: isLast });
    else {
      open.next = after(offset);
      open.hasEnded = isLast;
    }
  }

  /** Files with what they lack of a set. */
  get missing(): readonly (readonly [file: string, what: string])[] {
    const all = [...this.#files].flatMap(([file, sets]) => sets.map((rows) => ({ file, ...rows })));
    const [begun, left] = [all.map(({ first }) => first), all.flatMap((rows) => (rows.hasEnded ? [] : [rows.next]))];
    return all.flatMap(({ file, first, next, hasEnded }) => [
      ...((first ?? 0) > 0 && !left.includes(first)
        ? [[file, `begins at row ${(first ?? 0) + 1} of what Splunk found (\`offset\`)`] as const]
        : []),
      ...(hasEnded || (next !== undefined && begun.includes(next))
        ? []
        : [[file, 'ends before the last row of what Splunk found (`lastrow`)'] as const]),
    ]);
  }
}

function after(offset: number | undefined): number | undefined {
  return offset === undefined ? undefined : offset + 1;
}
