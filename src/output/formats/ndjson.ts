import type { Report } from '../report.ts';
import { writeNdjson } from './json.ts';

/** A report as one JSON object a line. */
export function write(report: Report): Iterable<string> {
  return writeNdjson(report.data);
}
