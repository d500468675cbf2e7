import { promises as fs } from 'node:fs';
import type { ImportedFiles, Problem } from '../types.ts';
import { combine } from './combine.ts';
import type { FileContents } from './contents.ts';
import { noContents } from './contents.ts';
import { listFolders } from './exporter-folders.ts';
import { readFileContents } from './file.ts';
import { Findings } from './findings.ts';
import type { FileToRead, ImportOptions } from './item.ts';
import { findFiles, isExportName, unreadable } from './walk.ts';

/** A tenant's export has a few megabytes; V8 itself cannot hold a text of 512 MB (hazards 15). */
const MEGABYTE = 1024 * 1024;
const LARGEST_FILE = 64 * MEGABYTE;

function tooLarge(bytes: number): string {
  const most = LARGEST_FILE / MEGABYTE;
  return `has ${Math.ceil(bytes / MEGABYTE)} MB, more than the ${most} MB that one file of an export may have; sign-ins are for \`gsa replay\``;
}

/**
 * Reads what people have of a tenant: Graph objects, lists and pages, bare arrays, NDJSON, folders of EntraExporter and
 * IntuneManagement, rows of CIPP, what PowerShell makes of them. Never throws for what a file holds: the problems say it,
 * with file, line and column, and a file with an error contributes nothing. Whether the run goes on is the caller's choice.
 */
export async function readImportFiles(paths: readonly string[], options: ImportOptions = {}): Promise<ImportedFiles> {
  const found = await findFiles(paths);
  const files: FileContents[] = [];
  const folders = listFolders(found.files);
  const all = options.onProgress === undefined ? 0 : await bytesOf(found.files);
  let [objects, bytes] = [0, 0];
  for (const file of found.files) {
    const { contents, size } = await readOne(file, options);
    files.push(inFolders(contents, file, folders));
    objects += objectsIn(contents);
    bytes += size;
    options.onProgress?.(objects, Math.min(1, bytes / Math.max(1, all)));
  }
  const imported = combine(files, options.knownIds ?? []);
  return { ...imported, problems: [...found.problems, ...imported.problems] };
}

/** The same of files that are no files of the disk, such as those of a commit; a folder passes over what is not named as one. */
export function readImportContents(
  { isFolder, files }: { readonly isFolder: boolean; readonly files: readonly ImportedContents[] },
  options: ImportOptions = {},
): ImportedFiles {
  const meant = isFolder ? files.filter(({ file }) => isExportName(file)) : files;
  const places = meant.map(({ file }) => ({ file, isNamed: !isFolder, ...(isFolder ? { folder: '' } : {}) }));
  const folders = listFolders(places);
  const contents = meant.flatMap(({ bytes }, at) => {
    const place = places[at];
    return place === undefined ? [] : [inFolders(readFileContents(place, bytes, options), place, folders)];
  });
  return combine(contents, options.knownIds ?? []);
}

/** Says of objects that stand alone in a file in which folder of an exporter that is. */
function inFolders(contents: FileContents, file: FileToRead, folderOf: ReturnType<typeof listFolders>): FileContents {
  const { single } = contents.proofs;
  single.splice(0, single.length, ...single.map((page) => ({ ...page, folder: folderOf(file, page.list) })));
  return contents;
}

/** One file by its name and its bytes. */
export interface ImportedContents {
  readonly file: string;
  readonly bytes: Uint8Array;
}

/** Bytes of all files together; of what cannot be looked at, whoever reads it says so. */
async function bytesOf(files: readonly FileToRead[]): Promise<number> {
  const sizes = files.map(({ file }) =>
    fs.stat(file).then(
      ({ size }) => size,
      () => 0,
    ),
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

function objectsIn({ policies, namedLocations, users, groups, ...contents }: FileContents): number {
  const { roleAssignments, roleDefinitions, servicePrincipals } = contents;
  return [policies, namedLocations, users, groups, roleAssignments, roleDefinitions, servicePrincipals]
    .map(({ length }) => length)
    .reduce((sum, length) => sum + length, 0);
}

async function readOne(
  file: FileToRead,
  options: ImportOptions,
): Promise<{ readonly contents: FileContents; readonly size: number }> {
  let size = 0;
  const findings = new Findings(file.file);
  const report = (severity: Problem['severity'], code: string, message: string) =>
    findings.add(severity, code, message, { file: file.file });
  try {
    size = (await fs.stat(file.file)).size;
    if (size <= LARGEST_FILE) return { contents: readFileContents(file, await fs.readFile(file.file), options), size };
    report('error', 'tooLarge', tooLarge(size));
  } catch (error) {
    unreadable(error, file.file, report);
  }
  return { contents: noContents(findings), size };
}
