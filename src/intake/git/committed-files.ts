import { promises as fs } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { GsaError } from '../../trouble/error.ts';
import { fileTrouble } from '../../trouble/file-trouble.ts';
import { treeOf } from './commit.ts';
import { damaged } from './object.ts';
import { GitObjects } from './objects.ts';
import { findRepository } from './repository.ts';
import { commitOf } from './revision.ts';
import type { CommittedFile } from './tree.ts';
import { filesAt } from './tree.ts';

/** What a path such as `HEAD~1:entra/` names: a revision of a git repository, and a file or folder in it. */
export interface CommittedPath {
  readonly revision: string;
  /** The path from the top of the repository; from the current folder where it begins with `./` or `../`, as git has it. */
  readonly path: string;
}

/** A file as a commit holds it. */
export interface CommittedContents {
  /** The name for people, such as `HEAD~1:entra/CA001.json`. */
  readonly file: string;
  readonly bytes: Uint8Array;
}

export interface Committed {
  readonly isFolder: boolean;
  readonly files: readonly CommittedContents[];
}

/** Reads `revision:path`; `undefined`: a path of another kind, a drive of Windows (`C:`) or a file of that name among them. */
export async function committedPath(text: string, cwd: string): Promise<CommittedPath | undefined> {
  const [, revision, path] = /^(@|[^:]{2,}):(.*)$/s.exec(text) ?? [];
  if (revision === undefined || path === undefined) return undefined;
  const isThere = await fs.stat(resolve(cwd, text)).catch(() => undefined);
  return isThere === undefined ? { revision, path } : undefined;
}

/**
 * The files that a commit holds at a path, read from the files of the repository: no program is started, nothing is checked
 * out. `mayRead` is asked for the folder of the repository first. Throws GsaError `invalid`.
 */
export async function committedFiles(
  { revision, path }: CommittedPath,
  cwd: string,
  mayRead: (folder: string) => void = () => undefined,
): Promise<Committed> {
  const repository = await findRepository(cwd);
  if (repository === undefined) {
    throw new GsaError('invalid', `\`${revision}:${path}\` names a revision, and this folder is in no git repository`, {
      hint: 'change to the repository first',
    });
  }
  mayRead(repository.workTree);
  mayRead(repository.commonFolder);
  const inside = pathInside(path, cwd, repository.workTree);
  const objects = new GitObjects(repository.commonFolder);
  try {
    const tree = await treeOf(await commitOf(revision, repository, objects), objects);
    const found = await filesAt(tree, inside, objects);
    if (found === undefined) {
      throw new GsaError('invalid', `there is no \`${inside}\` in \`${revision}\``, {
        hint: `git ls-tree --name-only ${revision}`,
      });
    }
    return { isFolder: found.isFolder, files: await contentsOf(found.files, revision, objects) };
  } catch (error) {
    throw fileTrouble('read', repository.commonFolder, error);
  } finally {
    await objects.close();
  }
}

/** Bytes of all files together: the largest tenant has a fifth of them. */
const MOST_BYTES = 256 * 1024 * 1024;

async function contentsOf(
  files: readonly CommittedFile[],
  revision: string,
  objects: GitObjects,
): Promise<readonly CommittedContents[]> {
  const contents: CommittedContents[] = [];
  let length = 0;
  for (const { path, id } of files) {
    const { kind, bytes } = await objects.read(id);
    if (kind !== 'blob') throw damaged(id);
    length += bytes.length;
    if (length > MOST_BYTES) throw new GsaError('invalid', `there are more than ${MOST_BYTES} bytes of files in it`);
    contents.push({ file: `${revision}:${path}`, bytes });
  }
  return contents;
}

function pathInside(path: string, cwd: string, workTree: string): string {
  if (!/^\.\.?(\/|$)/.test(path)) return path;
  const inside = relative(workTree, resolve(cwd, path)).split(sep).join('/');
  if (!/^\.\.(\/|$)/.test(inside)) return inside;
  throw new GsaError('invalid', `\`${path}\` leads out of the repository`);
}
