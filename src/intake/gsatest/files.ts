import { promises as fs } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { unreadableFile } from '../../trouble/unreadable-file.ts';
import { readRegularFile } from '../files/regular-file.ts';

/** Names by which test files are found in folders. */
const TEST_FILE = /\.gsatest\.(ya?ml|json)$/i;

export interface TestFile {
  /** The name for people: relative to the current folder, with `/`. */
  readonly name: string;
  /** Absolute. */
  readonly path: string;
}

/** A test file is small; what is larger is something else. A parser of YAML takes a hundred bytes of memory for each. */
const LARGEST = 4 * 1024 * 1024;

/**
 * Test files among the paths, and in the folders below them, by name: without dotfolders and `node_modules`. A file that is
 * named is taken whatever its name. Throws GsaError `invalid` for a path that is not there.
 */
export async function findTestFiles(paths: readonly string[], cwd: string): Promise<readonly TestFile[]> {
  const found = new Map<string, TestFile>();
  const add = (path: string) => {
    found.set(path, { path, name: shownName(path, cwd) });
  };
  const walk = async (folder: string): Promise<void> => {
    for (const entry of await fs.readdir(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      if (entry.isDirectory()) await walk(path);
      else if (entry.isFile() && TEST_FILE.test(entry.name)) add(path);
    }
  };
  for (const given of paths) {
    const path = resolve(cwd, given);
    try {
      if ((await fs.stat(path)).isDirectory()) await walk(path);
      else add(path);
    } catch (cause) {
      throw unreadableFile(given, cause, HINT);
    }
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A path as people like to read it: relative to the folder they are in, with `/`. */
export function shownName(path: string, cwd: string): string {
  const inside = relative(cwd, path);
  return (inside.startsWith('..') || isAbsolute(inside) ? path : inside).split(sep).join('/');
}

export async function readTestFile({ path }: TestFile): Promise<Uint8Array> {
  return readRegularFile(path, { most: LARGEST, hint: HINT });
}

/** What is wrong with a path that a test file names and that leads nowhere. */
export const BESIDE_THE_TEST = 'a path is relative to the test file that names it';

/** A path that a test file names, which is relative to it. */
export function beside(file: TestFile, path: string): string {
  return resolve(dirname(file.path), path);
}

/** The path as a test file at `from` names it. */
export function fromBeside(from: string, path: string): string {
  return relative(dirname(from), path).split(sep).join('/');
}

/** Whether the one absolute path is the other, or in the folder that it is. */
export function isAtOrBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder + sep);
}

export async function exists(path: string): Promise<boolean> {
  return fs.access(path).then(
    () => true,
    () => false,
  );
}

/** Whether the file is a tenant file of ours rather than an export; told by its first members. The hint is for one that is not there. */
export async function isTenantFile(path: string, hint: string): Promise<boolean> {
  const status = await fs.stat(path).catch((cause: unknown) => {
    throw unreadableFile(path, cause, hint);
  });
  if (!status.isFile()) return false;
  const handle = await fs.open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(512), 0, 512, 0);
    return beginsAsTenantFile(buffer.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}

export function beginsAsTenantFile(bytes: Uint8Array): boolean {
  return /^\s*\{\s*"schemaVersion"\s*:/.test(Buffer.from(bytes.subarray(0, 512)).toString('utf8'));
}

const HINT = 'give *.gsatest.yaml files, or folders with such files';
