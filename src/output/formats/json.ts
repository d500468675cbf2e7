import { encodeJson } from '../encode.ts';
import type { Report } from '../report.ts';

/** A report as one JSON object. */
export function write(report: Report): Iterable<string> {
  return writeJson(jsonBody(report.data));
}

/** The version that every JSON body carries; it grows when a member changes its meaning (members are added, never taken away). */
const SCHEMA_VERSION = 1;

type Body = Readonly<Record<string, unknown>>;

/** A report without what is for people only (its member `view`). */
export function jsonBody({ view: _, ...data }: Body): Body {
  return { schemaVersion: SCHEMA_VERSION, ...data };
}

/** Pretty JSON; a `value` list is written item by item, so that a long one is never one string. */
export function* writeJson(body: Body): Iterable<string> {
  const { value, ...rest } = body;
  if (!isIterable(value)) {
    yield `${encodeJson(JSON.stringify(body, null, 2))}\n`;
    return;
  }
  const head = JSON.stringify(rest, null, 2).slice(0, -2);
  yield `${encodeJson(head)},\n  "value": [`;
  let first = true;
  for (const item of value) {
    const text = JSON.stringify(item, null, 2).replaceAll('\n', '\n    ');
    yield `${first ? '' : ','}\n    ${encodeJson(text)}`;
    first = false;
  }
  yield first ? ']\n}\n' : '\n  ]\n}\n';
}

/** What a query selected. */
export function* writeValue(value: unknown): Iterable<string> {
  yield `${encodeJson(JSON.stringify(value ?? null, null, 2))}\n`;
}

/** One line of JSON for each item of the list, or one for a report that is no list. */
export function* writeNdjson(data: Body): Iterable<string> {
  const items = isIterable(data['value']) ? data['value'] : [jsonBody(data)];
  for (const item of items) yield `${encodeJson(JSON.stringify(item))}\n`;
}

export function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}
