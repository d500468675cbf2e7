import { Document, isScalar, visit } from 'yaml';
import { encodeJson } from '../encode.ts';
import type { Report } from '../report.ts';
import { isIterable, jsonBody } from './json.ts';

/** A report as one YAML document: the members of its JSON. */
export function write(report: Report): Iterable<string> {
  const body = jsonBody(report.data);
  const { value } = body;
  return writeValue(isIterable(value) ? { ...body, value: [...value] } : body);
}

/** A name that no reader takes for anything else; Graph's are such. */
const PLAIN_NAME = /^[\w@.]+$/;

/** A value as YAML; what a terminal or a build server would obey is escaped and quoted, in names of members too. */
export function* writeValue(value: unknown): Iterable<string> {
  const plain: unknown = JSON.parse(JSON.stringify(value ?? null));
  const document = new Document(plain, { aliasDuplicateObjects: false });
  visit(document, {
    Pair: (_at, { key }) => {
      if (isScalar(key) && !PLAIN_NAME.test(String(key.value))) key.type = 'QUOTE_DOUBLE';
    },
  });
  const text = document.toString({
    lineWidth: 0,
    blockQuote: false,
    defaultStringType: 'QUOTE_DOUBLE',
    defaultKeyType: 'PLAIN',
    // A text stays on its line: one that began a line could be a command to a build server.
    doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
  });
  yield encodeJson(text);
}
