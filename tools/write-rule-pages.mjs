// Writes docs/rules from the text that lives beside each rule, and removes pages of rules that are gone.
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rulePages } from '../src/core/check/page.ts';
import { RULES } from '../src/core/check/rules.ts';

const folder = join(dirname(dirname(fileURLToPath(import.meta.url))), 'docs/rules');
await mkdir(folder, { recursive: true });
const pages = rulePages(RULES);
const names = new Set(pages.map(({ name }) => name));
for (const name of await readdir(folder)) if (!names.has(name)) await rm(join(folder, name));
for (const { name, text } of pages) await writeFile(join(folder, name), text);
process.stdout.write(`${pages.length} pages in docs/rules\n`);
