import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { PROJECT } from '../support/terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'gsa-late-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Tells which modules of Node were begun by what was built, before and behind all that it says. */
const TOLD = `
const begun = new Set();
const get = process.getBuiltinModule;
process.getBuiltinModule = (name) => {
  begun.add(name);
  return get.call(process, name);
};
process.on('exit', () => process._rawDebug(\`begun \${[...begun].sort().join(' ')}\`));
`;

/** The modules that a command begins, with an answer to a file. */
function begunBy(...words: readonly string[]): readonly string[] {
  const told = join(folder, 'told.mjs');
  writeFileSync(told, TOLD);
  const answer = join(folder, 'answer');
  const command = ['--import', pathToFileURL(told).href, join(PROJECT, 'bin/gsa.js'), ...words, '--quiet'];
  const env = { ...process.env, HOME: folder, GSA_TENANT: join(folder, 'tenant.json') };
  const quoted = [process.execPath, ...command].map((word) => `'${word}'`).join(' ');
  const said = execFileSync('sh', ['-c', `${quoted} 2>&1 >'${answer}'`], { env, encoding: 'utf8' });
  return /^begun (.*)$/m.exec(said)?.[1]?.split(' ') ?? [];
}

test.skipIf(process.platform === 'win32')(
  'a small command begins no module of Node that takes longer than its work',
  () => {
    expect(begunBy('init')).toContain('node:crypto');
    for (const words of [
      ['signaling', 'status'],
      ['policy', 'list'],
    ]) {
      const begun = begunBy(...words);
      expect(begun).toContain('node:fs');
      for (const slow of ['crypto', 'net', 'sqlite', 'stream', 'tty', 'v8', 'vm', 'worker_threads', 'zlib']) {
        expect([words, begun]).not.toEqual([words, expect.arrayContaining([`node:${slow}`])]);
      }
    }
  },
);
