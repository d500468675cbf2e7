import { readFileSync } from 'node:fs';
import ts from 'typescript';

/**
 * Every function of these files with a body of its own: its name, where it begins, and its lines from the first to the last.
 * @param {readonly string[]} files
 */
export function functionLengths(files) {
  return files.flatMap((file) => {
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
    /** @type {{ name: string, place: string, lines: number }[]} */
    const found = [];
    /** @param {ts.Node} node */
    const visit = (node) => {
      if (ts.isFunctionLike(node) && 'body' in node && node.body !== undefined) {
        const [from, to] = [node.getStart(source), node.getEnd()].map(
          (position) => source.getLineAndCharacterOfPosition(position).line + 1,
        );
        found.push({ name: nameOf(node), place: `${file}:${from}`, lines: (to ?? 0) - (from ?? 0) + 1 });
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
  });
}

/** @param {ts.SignatureDeclaration} node */
function nameOf({ name, parent }) {
  if (name !== undefined) return name.getText();
  if (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent)) return parent.name.getText();
  return '(without a name)';
}
