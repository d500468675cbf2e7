import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PROJECT } from '../support/terminal.ts';

/** A hook of git tells its programs of another repository, of which this test knows nothing. */
const ENVIRONMENT = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')));

test.skipIf(!existsSync(join(PROJECT, '.git')))('no source file is ignored, so a clone has them all', () => {
  const ignored = execFileSync(
    'git',
    [
      '-c',
      'safe.directory=*',
      'ls-files',
      '--others',
      '--ignored',
      '--exclude-standard',
      'src',
      'test',
      'bin',
      'docs',
      'examples',
      'tools',
    ],
    { cwd: PROJECT, encoding: 'utf8', env: ENVIRONMENT },
  );
  expect(ignored).toBe('');
});
