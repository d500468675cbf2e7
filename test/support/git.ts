import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A git repository in a folder, made by git itself. */
export interface GitPlace {
  readonly folder: string;
  /** Runs git and returns what it prints, without the last newline. */
  git(...words: string[]): string;
  /** Writes files and commits everything. */
  commit(files: Readonly<Record<string, string>>): void;
}

/** Nothing of the machine's own settings: who commits, hooks, signing. */
const ENV = {
  PATH: process.env['PATH'],
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Ann',
  GIT_AUTHOR_EMAIL: 'ann@contoso.example',
  GIT_COMMITTER_NAME: 'Ann',
  GIT_COMMITTER_EMAIL: 'ann@contoso.example',
};

export function gitPlace(folder: string): GitPlace {
  const git = (...words: string[]) =>
    execFileSync('git', words, { cwd: folder, env: ENV, encoding: 'utf8', maxBuffer: 1 << 28 }).replace(/\n$/, '');
  git('init', '--quiet', '--initial-branch=main');
  return {
    folder,
    git,
    commit: (files) => {
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        writeFileSync(join(folder, name), text);
      }
      git('add', '--all');
      git('commit', '--quiet', '--message', 'parent 0000000000000000000000000000000000000000');
    },
  };
}
