import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { APART } from '../../vitest.config.ts';
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

test('a test that puts something in the place of a module shares its process with no other', () => {
  const replacing = globSync('test/**/*.test.ts', { cwd: PROJECT }).filter((file) =>
    /\bvi\.(doMock|mock|resetModules)\(/.test(readFileSync(join(PROJECT, file), 'utf8')),
  );
  expect(replacing.toSorted()).toEqual(APART.toSorted());
});
