import { promises as fs } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { GsaError } from '../../trouble/error.ts';

/** The folders in which a git repository keeps what it knows (gitrepository-layout(5)). */
export interface GitRepository {
  /** The folder with the files of the work tree. */
  readonly workTree: string;
  /** `HEAD` lies here: the `.git` folder, or that of a linked work tree. */
  readonly gitFolder: string;
  /** Objects and branches lie here: what all work trees share. */
  readonly commonFolder: string;
}

/** The repository that a folder lies in; `undefined`: in none. Throws GsaError `invalid` for one that cannot be read. */
export async function findRepository(folder: string): Promise<GitRepository | undefined> {
  const dotGit = join(folder, '.git');
  const status = await fs.stat(dotGit).catch(() => undefined);
  if (status === undefined) return dirname(folder) === folder ? undefined : findRepository(dirname(folder));
  const gitFolder = status.isDirectory() ? dotGit : resolve(folder, await linkIn(dotGit));
  const shared = await firstLine(join(gitFolder, 'commondir'));
  const repository = { workTree: folder, gitFolder, commonFolder: resolve(gitFolder, shared ?? '.') };
  await refuseOtherFormats(repository);
  return repository;
}

/** A linked work tree has a file in the place of the folder: `gitdir: /path`. */
async function linkIn(dotGit: string): Promise<string> {
  const match = /^gitdir: (.+)$/.exec((await firstLine(dotGit)) ?? '');
  if (match?.[1] !== undefined) return match[1];
  throw new GsaError('invalid', `\`${dotGit}\` does not say where its repository is`);
}

/** Ids of SHA-256, tables of references and objects of other repositories are read by git alone. */
async function refuseOtherFormats({ commonFolder }: GitRepository): Promise<void> {
  const config = (await readShort(join(commonFolder, 'config'))) ?? '';
  const other = /^\s*(objectformat|refstorage)\s*=\s*(?!sha1\b|files\b)(\S+)/im.exec(config);
  if (other !== null) throw notRead(`${other[1]} = ${other[2]}`);
  const borrowed = await firstLine(join(commonFolder, 'objects/info/alternates'));
  if (borrowed !== undefined && borrowed !== '') throw notRead(`it borrows objects from ${borrowed}`);
}

function notRead(why: string): GsaError {
  return new GsaError('invalid', `the repository is kept in a form that gsa does not read (${why})`, {
    hint: 'lay the older state out with `git worktree add ../before <revision>`, and name its folder',
  });
}

/** The first line of a small file; `undefined`: there is none. */
export async function firstLine(path: string): Promise<string | undefined> {
  return (await readShort(path))?.split('\n')[0]?.trim();
}

/** References and settings are small; what is larger, or no regular file, is something else. */
const LARGEST = 16 * 1024 * 1024;

export async function readShort(path: string): Promise<string | undefined> {
  const status = await fs.stat(path).catch(() => undefined);
  if (status === undefined || !status.isFile() || status.size > LARGEST) return undefined;
  return fs.readFile(path, 'utf8');
}
