// Writes docs/schema: the schemas of test files and of known findings, from their readers. Tests hold the files to these.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { baselineSchemaText } from '../src/intake/baseline/baseline.ts';
import { publishedSchemaText } from '../src/intake/gsatest/published-schema.ts';

const folder = join(dirname(dirname(fileURLToPath(import.meta.url))), 'docs/schema');
await mkdir(folder, { recursive: true });
await writeFile(join(folder, 'gsatest.schema.json'), publishedSchemaText());
await writeFile(join(folder, 'baseline.schema.json'), baselineSchemaText());
