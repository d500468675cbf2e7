import { promises as fs } from 'node:fs';
import type { Problem } from '../types.ts';
import { foreignFormat } from './foreign.ts';
import type { FileToRead } from './item.ts';

/** The files of an import in the order they are read, and what among the paths is none. */
export interface FoundFiles {
  readonly files: readonly FileToRead[];
  readonly problems: readonly Problem[];
}

/** Names of files that may hold an export; the others of a folder are named and passed over. */
const EXPORT_NAME = /\.(json|jsonc|ndjson|jsonl)$/i;

export function isExportName(name: string): boolean {
  return EXPORT_NAME.test(name);
}

/**
 * Files as they are named, folders with everything below them: sorted by name, without dotfolders, and without following
 * links to folders, which could lead back.
 */
export async function findFiles(paths: readonly string[]): Promise<FoundFiles> {
  const files = new Map<string, FileToRead>();
  const problems: Problem[] = [];
  const problem = (severity: Problem['severity'], code: string, message: string, file: string) => {
    problems.push({ severity, code, message, place: { file } });
  };
  const add = async (file: string, top?: string) => {
    const real = await fs.realpath(file);
    const before = files.get(real);
    // A file that is named twice, or named and found, is read once.
    if (before !== undefined && top !== undefined) return;
    const folder = before?.folder ?? top;
    const place = { file: before?.file ?? file, isNamed: top === undefined };
    files.set(real, folder === undefined ? place : { ...place, folder });
  };
  const walk = async (folder: string, top: string): Promise<void> => {
    const entries = await fs.readdir(folder, { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = `${folder.replace(/[/\\]$/, '')}/${entry.name}`;
      if (entry.name.startsWith('.')) continue;
      if (entry.isDirectory()) await walk(path, top).catch((error: unknown) => unreadable(error, path, problem));
      else if (await isFile(path, entry.isSymbolicLink())) {
        if (isExportName(entry.name)) await add(path, top);
        else problem('note', 'otherFile', foreignFormat('', entry.name)?.message ?? 'is not JSON', path);
      } else problem('note', 'otherFile', 'is not a regular file, or is a link to a folder', path);
    }
  };
  for (const path of paths) {
    try {
      const status = await fs.stat(path);
      if (status.isDirectory()) await walk(path, path);
      else if (status.isFile()) await add(path);
      else problem('error', 'unreadable', 'is not a regular file', path);
    } catch (error) {
      unreadable(error, path, problem);
    }
  }
  return { files: [...files.values()], problems };
}

/** A link counts as the file that it leads to; one that leads nowhere is none. */
async function isFile(path: string, isLink: boolean): Promise<boolean> {
  if (!isLink) return (await fs.lstat(path)).isFile();
  return fs.stat(path).then(
    (status) => status.isFile(),
    () => false,
  );
}

type Report = (severity: Problem['severity'], code: string, message: string, file: string) => void;

/** The reasons of the operating system in words; anything but such a reason is a bug. */
export function unreadable(error: unknown, path: string, report: Report): void {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  if (code === undefined) throw error;
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'does not exist',
    EACCES: 'may not be read (permission denied)',
    EPERM: 'may not be read (not permitted)',
    ENOTDIR: 'does not exist: a part of the path is a file',
    ELOOP: 'is a link that leads back to itself',
    ENAMETOOLONG: 'has a name that is too long',
  };
  report('error', 'unreadable', reasons[code] ?? `cannot be read (${code})`, path);
}
