import { GsaError } from '../../trouble/error.ts';
import { damaged } from './object.ts';
import type { GitObjects } from './objects.ts';

/** Files below one folder; a tenant's export has some thousand. */
const MOST_FILES = 50_000;
/** Folders that are looked into: a few folders that hold each other twice look like more than there are atoms. */
const MOST_FOLDERS = 10_000;
/** Folders within folders; a tree cannot hold itself, but may be made to look endless. */
const DEEPEST = 100;

/** One name in a folder of a commit. */
interface TreeEntry {
  readonly name: string;
  readonly kind: 'folder' | 'file' | 'other';
  readonly id: string;
}

/** A file of a commit, by its path in the repository with `/`. */
export interface CommittedFile {
  readonly path: string;
  readonly id: string;
}

/** The file of a path, or the files of a folder and of all below it, sorted by path. `undefined`: the commit has no such path. */
export async function filesAt(
  tree: string,
  path: string,
  objects: GitObjects,
): Promise<{ readonly isFolder: boolean; readonly files: readonly CommittedFile[] } | undefined> {
  let entry: TreeEntry | undefined = { name: '', kind: 'folder', id: tree };
  for (const part of path.split('/').filter((each) => each !== '')) {
    if (entry?.kind !== 'folder') return undefined;
    entry = (await entriesOf(entry.id, objects)).find(({ name }) => name === part);
  }
  if (entry === undefined) return undefined;
  if (entry.kind === 'file') return { isFolder: false, files: [{ path, id: entry.id }] };
  if (entry.kind === 'other') throw new GsaError('invalid', `\`${path}\` is a link or a submodule in that commit`);
  const found: Found = { files: [], entries: new Map(), folders: 0 };
  await collect(entry.id, path.replace(/\/+$/, ''), objects, found, DEEPEST);
  return { isFolder: true, files: found.files };
}

interface Found {
  readonly files: CommittedFile[];
  /** What each folder holds: equal ones are one object. */
  readonly entries: Map<string, readonly TreeEntry[]>;
  folders: number;
}

async function collect(tree: string, folder: string, objects: GitObjects, found: Found, left: number): Promise<void> {
  if (++found.folders > MOST_FOLDERS) {
    throw new GsaError('invalid', `there are more than ${MOST_FOLDERS} folders in it`);
  }
  if (left === 0) throw new GsaError('invalid', `\`${folder}\` has more than ${DEEPEST} folders within each other`);
  const entries = found.entries.get(tree) ?? (await entriesOf(tree, objects));
  found.entries.set(tree, entries);
  for (const { name, kind, id } of entries) {
    const path = folder === '' ? name : `${folder}/${name}`;
    if (name.startsWith('.') || kind === 'other') continue;
    if (kind === 'folder') await collect(id, path, objects, found, left - 1);
    else found.files.push({ path, id });
    if (found.files.length > MOST_FILES) throw new GsaError('invalid', `there are more than ${MOST_FILES} files in it`);
  }
}

async function entriesOf(id: string, objects: GitObjects): Promise<readonly TreeEntry[]> {
  const { kind, bytes } = await objects.read(id);
  if (kind !== 'tree') throw damaged(id);
  const entries: TreeEntry[] = [];
  for (let at = 0; at < bytes.length; ) {
    const [blank, zero] = [bytes.indexOf(32, at), bytes.indexOf(0, at)];
    if (blank < 0 || zero < blank || zero + 21 > bytes.length) throw damaged(id);
    const mode = bytes.toString('latin1', at, blank);
    const name = bytes.toString('utf8', blank + 1, zero);
    entries.push({ name, kind: kindOfMode(mode), id: bytes.toString('hex', zero + 1, zero + 21) });
    at = zero + 21;
  }
  return entries;
}

function kindOfMode(mode: string): TreeEntry['kind'] {
  if (/^0?40000$/.test(mode)) return 'folder';
  return mode.startsWith('100') ? 'file' : 'other';
}
