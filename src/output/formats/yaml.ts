import { stringify } from 'yaml';
import { encodeJson } from '../encode.ts';
import type { Report } from '../report.ts';
import { isIterable, jsonBody } from './json.ts';

/** A report as one YAML document: the members of its JSON. */
export function write(report: Report): Iterable<string> {
  const body = jsonBody(report.data);
  const { value } = body;
  return writeValue(isIterable(value) ? { ...body, value: [...value] } : body);
}

/** A value as YAML; what a terminal would obey is escaped, as in JSON, which quotes it. */
export function* writeValue(value: unknown): Iterable<string> {
  const plain: unknown = JSON.parse(JSON.stringify(value ?? null));
  yield encodeJson(
    stringify(plain, {
      lineWidth: 0,
      aliasDuplicateObjects: false,
      defaultStringType: 'QUOTE_DOUBLE',
      defaultKeyType: 'PLAIN',
    }),
  );
}
