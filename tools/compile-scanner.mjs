// src/intake/sign-ins/scan/scanner-code.ts: `npm run scanner`, after a change in assembly/.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './bundling.mjs';
import { scannerCode } from './scanner-code.mjs';

await writeFile(join(root, 'src/intake/sign-ins/scan/scanner-code.ts'), await scannerCode());
