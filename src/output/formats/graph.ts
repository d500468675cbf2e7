import { graphBody } from '../graph-body.ts';
import type { Report } from '../report.ts';
import { writeJson, writeValue } from './json.ts';

/** A report as the response of Microsoft Graph. */
export function write(report: Report): Iterable<string> {
  return writeJson(graphBody(report));
}

export { writeValue };
