import { readdirSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { PROJECT } from '../support/terminal.ts';

const CHUNKS = join(PROJECT, 'dist/chunks');
const WRITTEN_FOR_IT = /^var ([\w$]+) = \((?:async )?function\*? ?([\w$]+)\(/;

/** Functions that are compiled with their file: the line of the file on which each begins, and the line of the source. */
function compiledAtOnce(): readonly { readonly name: string; readonly source: string }[] {
  const maps = readdirSync(CHUNKS).filter((name) => name.endsWith('.js.map'));
  const chunks = maps.map((name) => name.replace(/\.map$/, ''));
  return chunks.flatMap((chunk) => {
    const lines = readFileSync(join(CHUNKS, chunk), 'utf8').split('\n');
    const map = new SourceMap(JSON.parse(readFileSync(join(CHUNKS, `${chunk}.map`), 'utf8')));
    return lines.flatMap((line, at) => {
      const [, variable, name = ''] = WRITTEN_FOR_IT.exec(line) ?? [];
      if (variable !== name) return [];
      const entry = map.findEntry(at, 0);
      if (!('originalSource' in entry)) return [{ name, source: 'nowhere' }];
      const source = readFileSync(resolve(CHUNKS, entry.originalSource), 'utf8').split('\n')[entry.originalLine] ?? '';
      return [{ name: name.replace(/\$\d+$/, ''), source }];
    });
  });
}

test('what common commands call is compiled with its file, and stack traces still name its lines', () => {
  const found = compiledAtOnce();
  expect(found.length).toBeGreaterThan(300);
  for (const { name, source } of found) expect(source.replace('function*', 'function')).toContain(`function ${name}`);
});
