// Writes types/library.d.ts, what those who import the package see of src/library.ts: `node tools/write-library-types.mjs`.
// test/library-types.ts does not compile where it is stale.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateDtsBundle } from 'dts-bundle-generator';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [text = ''] = generateDtsBundle(
  [{ filePath: join(root, 'src/library.ts'), output: { exportReferencedTypes: false, noBanner: true } }],
  { preferredConfigPath: join(root, 'tsconfig.json') },
);
await mkdir(join(root, 'types'), { recursive: true });
await writeFile(join(root, 'types/library.d.ts'), text);
