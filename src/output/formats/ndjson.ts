import { encodeJson } from '../encode.ts';
import type { Report } from '../report.ts';
import { writeNdjson } from './json.ts';

/** A report as one JSON object a line. */
export function write(report: Report): Iterable<string> {
  return writeNdjson(report.data);
}

/** What a query selected, a line for each item of a list. */
export function* writeValue(value: unknown): Iterable<string> {
  for (const item of Array.isArray(value) ? value : [value ?? null]) yield `${encodeJson(JSON.stringify(item))}\n`;
}
