// docs/sources.md, from src/core/sources: `node tools/write-sources.ts` writes it, test/docs/sources.test.ts holds it fresh.
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Source } from '../src/core/sources/source.ts';
import { SOURCES } from '../src/core/sources/sources.ts';

/** The page of sources: what each key of docs/fidelity.md, of the rules and of the code stands for. */
export function sourcesPage(): string {
  const sources: Readonly<Record<string, Source>> = SOURCES;
  const rows = Object.entries(sources).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return [
    '# Sources',
    '',
    'What the short names in [fidelity.md](fidelity.md), in the pages of rules, in the tests and in the comments of the code stand',
    'for. The date is the one that a text gives itself; a commit names the very text that was read. Where one page has two keys, it',
    'said two things at two times. Titles are ours where a page has changed its own. An RFC is cited as `RFC 3339`, its number',
    'apart. This page is made by `node tools/write-sources.ts`.',
    '',
    '| key | document | where | date | read |',
    '|---|---|---|---|---|',
    ...rows
      .map(([key, source]) =>
        [key, source.title, linked(source), source.date ?? '–', source.read].map(cell).join(' | '),
      )
      .map((row) => `| ${row} |`),
    '',
  ].join('\n');
}

const cell = (text: string): string => text.replaceAll('|', '\\|');

/** The address, as a link where it names one file of a repository: at the commit that was read, or as it stands today. */
function linked({ address, read }: Source): string {
  const [, repository, path] = /^([\w-]+\/[\w.-]+), ([\w./-]+)$/.exec(address) ?? [];
  if (repository === undefined || path === undefined || !/\.\w+$/.test(path)) return address;
  const [, commit = 'HEAD'] = /^commit (\w+)$/.exec(read) ?? [];
  return `[${address}](https://github.com/${repository}/blob/${commit}/${path})`;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await writeFile(new URL('../docs/sources.md', import.meta.url), sourcesPage());
