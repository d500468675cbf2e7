// docs/exporting.md, from the table of requests: `node tools/write-exporting.ts` writes it, a test holds it to the table.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exportingPage } from '../src/commands/import/exporting-page.ts';

writeFileSync(join(fileURLToPath(new URL('..', import.meta.url)), 'docs/exporting.md'), exportingPage());
