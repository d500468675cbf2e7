import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '../..');

/** A test as documents cite it: its file, and the name of a test or of a group of tests in it. */
export interface Citation {
  readonly file: string;
  readonly name: string;
}

/** `path::name`; `undefined` for a text that is no citation. */
export function citationIn(text: string): Citation | undefined {
  const [, file, name] = /^(test\/[\w./-]+)::(.+)$/s.exec(text) ?? [];
  return file === undefined || name === undefined ? undefined : { file, name: plain(name) };
}

/** The citations of which the file, or a title in it that holds the name, is not there. */
export function missingTests(citations: readonly Citation[]): readonly Citation[] {
  const titles = new Map<string, readonly string[]>();
  return citations.filter(({ file, name }) => {
    if (!existsSync(join(root, file))) return true;
    const known = titles.get(file) ?? titlesIn(file);
    titles.set(file, known);
    return !known.some((title) => title.includes(name));
  });
}

/** A text without what marks it up where it stands: escapes of markdown and of strings, quotes of code, line breaks. */
function plain(text: string): string {
  return text
    .replaceAll(/\\(['"|\\])/g, '$1')
    .replaceAll('`', '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** Every `name` in a file of cases: of a case, a matrix or an invariant. */
function namesIn(node: unknown): readonly string[] {
  if (typeof node !== 'object' || node === null) return [];
  const own = 'name' in node && typeof node.name === 'string' ? [node.name] : [];
  return [...own, ...Object.values(node).flatMap(namesIn)];
}

/** The titles of the tests and groups of a file, with the rows of its tables, or the names in a file of cases. */
function titlesIn(file: string): readonly string[] {
  const text = readFileSync(join(root, file), 'utf8');
  if (!file.endsWith('.ts')) return namesIn(parse(text)).map(plain);
  const titles: string[] = [];
  const add = (node: ts.Node | undefined) => {
    if (node !== undefined && ts.isStringLiteralLike(node)) titles.push(plain(node.text));
    else if (node !== undefined && ts.isTemplateExpression(node)) titles.push(plain(node.getText().slice(1, -1)));
  };
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /^(?:test|describe)\b/.test(node.expression.getText())) {
      const [first] = node.arguments;
      add(first);
      if (first !== undefined && ts.isArrayLiteralExpression(first))
        for (const row of first.elements) add(ts.isArrayLiteralExpression(row) ? row.elements[0] : row);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return titles;
}
