import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { workplace } from '../support/in-process.ts';
import { PROJECT } from '../support/terminal.ts';

const NODE = join(PROJECT, 'node_modules/.bin/node');
const GSA = join(PROJECT, 'bin/gsa.js');

describe('what bin says by itself is what the program says', () => {
  test.each([[[]], [['--help']], [['-h']], [['help']], [['--version']], [['-V']]])('to %j', async (words) => {
    for (const COLUMNS of ['', '100', '120', '200', '90', '20', 'wide']) {
      const { stdout, stderr, status } = spawnSync(NODE, [GSA, ...words], { encoding: 'utf8', env: { COLUMNS } });
      const program = await workplace().gsa(words, { env: { COLUMNS } });
      expect([COLUMNS, stdout, stderr, status]).toEqual([COLUMNS, program.stdout, program.stderr, program.exitCode]);
    }
  });
});
