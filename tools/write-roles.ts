// docs/roles.md: `node tools/write-roles.ts`. test/commands/roles.test.ts fails when it is not fresh.
import { writeFile } from 'node:fs/promises';
import { roleTable } from '../test/support/role-table.ts';

await writeFile(new URL('../docs/roles.md', import.meta.url), roleTable());
