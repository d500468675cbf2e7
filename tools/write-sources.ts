// docs/sources.md, from src/core/check/sources.ts: `node tools/write-sources.ts` writes it, test/docs/sources.test.ts holds it fresh.
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { SOURCES } from '../src/core/check/sources.ts';

/** The page of sources: what each key of docs/fidelity.md and of the rules stands for. */
export function sourcesPage(): string {
  const rows = Object.entries(SOURCES).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return [
    '# Sources',
    '',
    'What the short names in [fidelity.md](fidelity.md), in the pages of rules and in the code stand for. A date is that of the text',
    'that was read; where there is none, the text names none. This page is made by `node tools/write-sources.ts`.',
    '',
    '| key | where it is written |',
    '|---|---|',
    ...rows.map(([key, where]) => `| ${key} | ${where.replaceAll('|', '\\|')} |`),
    '',
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await writeFile(new URL('../docs/sources.md', import.meta.url), sourcesPage());
