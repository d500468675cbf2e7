import type { JsonObject } from '../../core/tenant/plans/change.ts';
import { countIn, memberOfRest } from '../json/rest-of-list.ts';
import { isJsonObject, plainText } from '../json/value.ts';
import { excerpt } from '../text/excerpt.ts';
import type { SkippedSignIn } from '../types.ts';
import type { SplunkLine } from './formats/splunk-lines.ts';
import { doubtIn, SplunkRows } from './formats/splunk-lines.ts';
import { filterOf } from './left-by-filter.ts';

/** What the envelope of a list says of what is not in it. */
export interface PageNote {
  /** The member that names a next page. */
  readonly next: string | undefined;
  /** There is no next page, and this is an answer that would name one: by its context, or by its list alone. */
  readonly isLast: 'byContext' | 'byList' | false;
  /** The member that says that something of this very answer is missing. */
  readonly partial: string | undefined;
  /** The filter that left these sign-ins, where it selects more than a time or a kind. */
  readonly filter: string | undefined;
  /** How many there are altogether, and how many are here. */
  readonly counted: { readonly member: string; readonly count: number; readonly here: number } | undefined;
}

/** Reads an envelope whose list was left out, and held so many elements. That of an answer in a batch is its body. */
export function pageNote({ body, ...outer }: JsonObject, here: number): PageNote {
  const envelope = isJsonObject(body) ? body : outer;
  const { member: rest = nextOfDatadog(envelope), isError = false } = memberOfRest(envelope) ?? {};
  const total = countIn(envelope) ?? totalOfHits(envelope);
  const partial = isError ? rest : (partialMember(envelope) ?? boundOfHits(envelope));
  const isWhole = rest === undefined && partial === undefined;
  return {
    next: isError ? undefined : rest,
    isLast:
      isWhole && ('@odata.context' in envelope ? 'byContext' : ('value' in envelope || 'data' in envelope) && 'byList'),
    partial,
    filter: filterOf(envelope),
    counted: total === undefined ? undefined : { ...total, here },
  };
}

/** Datadog links to the next page beside its list. */
function nextOfDatadog({ links }: JsonObject): string | undefined {
  return isJsonObject(links) && typeof links['next'] === 'string' && links['next'] !== '' ? 'links.next' : undefined;
}

/** Elastic's `hits.total` is a number, or one with `relation`. */
function totalOfHits({ hits }: JsonObject): { readonly member: string; readonly count: number } | undefined {
  const total = isJsonObject(hits) ? hits['total'] : undefined;
  const value = Number(plainText(isJsonObject(total) ? total['value'] : total));
  if (!Number.isInteger(value) || value < 1) return undefined;
  return { member: 'hits.total', count: value };
}

/** Where the total is only a lower bound, there are more, however many answers are put together. */
function boundOfHits({ hits }: JsonObject): string | undefined {
  const total = isJsonObject(hits) ? hits['total'] : undefined;
  return isJsonObject(total) && total['relation'] === 'gte' ? 'hits.total.relation' : undefined;
}

/**
 * A preview of Splunk or a search that says what went wrong, and an answer of Elastic or Datadog that ran out of time or lacks something.
 */
function partialMember(answer: JsonObject): string | undefined {
  const { preview, timed_out: timedOut, _shards: shards, meta } = answer;
  if (preview === true) return 'preview';
  const doubt = doubtIn(answer);
  if (doubt !== undefined) return doubt;
  if (timedOut === true) return 'timed_out';
  if (isJsonObject(meta) && meta['status'] === 'timeout') return 'meta.status';
  if (isJsonObject(meta) && Array.isArray(meta['warnings']) && meta['warnings'].length > 0) return 'meta.warnings';
  return isJsonObject(shards) && Number(plainText(shards['failed'])) > 0 ? '_shards.failed' : undefined;
}

/**
 * Pages of answers, over all files. Where pages name a next one and none is the last, where fewer are here than an answer counts, and
 * where an answer says itself that it is not whole, sign-ins are missing, and nobody knows what they are.
 */
export class Pages {
  #linking: { readonly member: string; readonly file: string } | undefined;
  readonly #last = new Set<PageNote['isLast']>();
  readonly #partial = new Map<string, string>();
  readonly #left = new Map<string, string>();
  readonly #splunk = new SplunkRows();
  /** Pages of one answer give the same count. */
  readonly #counted = new Map<number, { readonly member: string; readonly file: string; here: number }>();

  note({ next, isLast, partial, filter, counted }: PageNote, file: string): void {
    if (filter !== undefined) this.leftBy(`what a filter left (\`${excerpt(filter, 80)}\`)`, file);
    if (next !== undefined) this.#linking = { member: next, file };
    this.#last.add(isLast);
    if (partial !== undefined) this.#partialBy(partial, file);
    if (counted === undefined) return;
    const { member, count, here } = counted;
    // A whole answer says nothing of another one that happens to count as many.
    if (here >= count) return;
    const before = this.#counted.get(count) ?? { member, file, here: 0 };
    this.#counted.set(count, { ...before, here: before.here + here });
  }

  /** A line of an export of Splunk. */
  noteLine(line: SplunkLine, file: string): void {
    if (line.messages !== undefined) this.#partialBy(line.messages, file);
    if (line.isPreview) this.#partialBy('preview', file);
    else this.#splunk.note(line, file);
  }

  /** What says that an answer is not whole; each once. */
  #partialBy(member: string, file: string): void {
    if (!this.#partial.has(member)) this.#partial.set(member, file);
  }

  /** Sign-ins that were selected before they were given; each way once. */
  leftBy(way: string, file: string): void {
    if (!this.#left.has(way)) this.#left.set(way, file);
  }

  /** Graph gives its last page a context, too; tools that spell the link otherwise leave it away. */
  get #hasLast(): boolean {
    return this.#last.has('byContext') || (this.#last.has('byList') && this.#linking?.member !== '@odata.nextLink');
  }

  get missing(): readonly SkippedSignIn[] {
    const linking = this.#hasLast ? undefined : this.#linking;
    return [
      ...(linking === undefined
        ? []
        : [missing(linking.file, `is one page of several (\`${linking.member}\`), and the last one was not given`)]),
      ...[...this.#partial].map(([member, file]) => missing(file, `is a part of an answer (\`${member}\`)`)),
      ...this.#splunk.missing.map(([file, what]) => missing(file, what)),
      ...[...this.#left].map(([way, file]) => ({
        reason: 'filtered',
        message: `is ${way}: nothing is known of the other sign-ins`,
        place: { file },
      })),
      ...[...this.#counted].flatMap(([count, { member, file, here }]) =>
        here >= count ? [] : [missing(file, `is a part of ${count} (\`${member}\`), of which ${here} were given`)],
      ),
    ];
  }
}

function missing(file: string, message: string): SkippedSignIn {
  return { reason: 'morePages', message: `${message}: sign-ins are missing`, place: { file } };
}
