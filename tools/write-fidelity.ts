// The parts of docs/fidelity.md that the code itself holds as data: `node tools/write-fidelity.ts`.
// test/docs/fidelity.test.ts fails when they are not fresh.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { CHOICES } from '../src/core/signaling/choices.ts';
import type { MatrixRow, Seen } from '../src/core/signaling/matrix.ts';
import { MATRIX } from '../src/core/signaling/matrix.ts';
import { OPERATION_RULES } from '../src/core/tenant/roles/roles.ts';

const PARTS: { readonly [name: string]: () => string } = {
  matrix: () =>
    table(
      ['path', 'resource', 'signaling on', 'signaling off', 'traffic profile', 'certainty', 'source', 'test'],
      MATRIX.map((row: MatrixRow) => [
        row.path,
        row.resource,
        seen(row.seen.enabled),
        seen(row.seen.disabled),
        row.trafficProfile ?? 'none',
        row.certainty,
        row.source,
        'test/unit/core/signaling/matrix.test.ts::says what the documents say',
      ]),
    ),
  choices: () =>
    table(
      ['question', 'what we do', 'certainty', 'what the sources say', 'setting'],
      CHOICES.map(({ question, answer, certainty, sources, setting }) => [
        question,
        answer,
        certainty,
        sources.join('; '),
        setting ?? '–',
      ]),
    ),
  roles: () =>
    table(
      ['operation', 'roles that may, least privileged first', 'source', 'choice', 'test'],
      OPERATION_RULES.map(({ operation, allowed, source, choice }) => [
        operation,
        allowed.map(({ displayName }) => displayName).join(', '),
        source,
        choice ?? '–',
        'test/unit/core/tenant/roles/roles.test.ts::roles',
      ]),
    ),
};

/** The document with every part between its two comments made anew. */
export function withParts(markdown: string): string {
  return Object.entries(PARTS).reduce(
    (text, [name, make]) =>
      text.replace(
        new RegExp(`(<!-- ${name}: made by tools/write-fidelity.ts -->\n)[^]*?(<!-- end of ${name} -->)`),
        (_all, begin: string, end: string) => `${begin}\n${make()}\n${end}`,
      ),
    markdown,
  );
}

function seen({ entra, resource, compliantNetwork }: Seen): string {
  return `Entra: ${entra}; resource: ${resource}; compliant network: ${compliantNetwork}`;
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
  return `${line(columns)}|${columns.map(() => '---').join('|')}|\n${rows.map(line).join('')}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = new URL('../docs/fidelity.md', import.meta.url);
  await writeFile(file, withParts(await readFile(file, 'utf8')));
}
