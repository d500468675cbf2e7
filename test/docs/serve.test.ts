import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROUTES } from '../../src/serve/routes.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/serve.md'), 'utf8');

/** `| GET, PATCH | \`path\` | beta | … |`: each method of each row. */
const rows = [...page.matchAll(/^\| ([A-Z, ]+) \| `([^`]+)` \| (v1\.0|beta) \| (.+) \|$/gm)].flatMap(
  ([, methods = '', path, since]) => methods.split(', ').map((method) => `${method} ${path} ${since}`),
);

test('docs/serve.md lists every route of the simulated Graph, and none that there is not', () => {
  expect(rows.toSorted()).toEqual(ROUTES.map(({ method, path, since }) => `${method} ${path} ${since}`).toSorted());
});
