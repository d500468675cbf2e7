// Writes docs/schema/gsatest.schema.json from the reader of test files. A test holds the file to the reader.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { publishedSchemaText } from '../src/intake/gsatest/published-schema.ts';

const target = join(dirname(dirname(fileURLToPath(import.meta.url))), 'docs/schema/gsatest.schema.json');
await mkdir(dirname(target), { recursive: true });
await writeFile(target, publishedSchemaText());
