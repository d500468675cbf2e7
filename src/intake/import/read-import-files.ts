import { promises as fs } from 'node:fs';
import type { ImportedFiles, Problem } from '../types.ts';
import { combine } from './combine.ts';
import type { FileContents } from './contents.ts';
import { noContents } from './contents.ts';
import { readFileContents } from './file.ts';
import { Findings } from './findings.ts';
import type { FileToRead, ImportKind } from './item.ts';
import { findFiles, isExportName, unreadable } from './walk.ts';

export interface ImportOptions {
  /** What the files hold; `auto` (the default) tells it from their content. */
  readonly kind?: ImportKind;
  /** Ids that the tenant has already, in small letters: references to them do not dangle. */
  readonly knownIds?: Iterable<string>;
}

/** A tenant's export has a few megabytes; V8 itself cannot hold a text of 512 MB (hazards 15). */
const LARGEST_FILE = 64 * 1024 * 1024;

/**
 * Reads what people have of a tenant: Graph objects, lists and pages, bare arrays, NDJSON, folders of EntraExporter and
 * IntuneManagement, rows of CIPP, what PowerShell makes of them. Never throws for what a file holds: the problems say it,
 * with file, line and column, and a file with an error contributes nothing. Whether the run goes on is the caller's choice.
 */
export async function readImportFiles(paths: readonly string[], options: ImportOptions = {}): Promise<ImportedFiles> {
  const found = await findFiles(paths);
  const files: FileContents[] = [];
  for (const file of found.files) files.push(await readOne(file, options.kind ?? 'auto'));
  const imported = combine(files, options.knownIds ?? []);
  return { ...imported, problems: [...found.problems, ...imported.problems] };
}

/** The same of files that are no files of the disk, such as those of a commit; a folder passes over what is not named as one. */
export function readImportContents(
  { isFolder, files }: { readonly isFolder: boolean; readonly files: readonly ImportedContents[] },
  options: ImportOptions = {},
): ImportedFiles {
  const meant = isFolder ? files.filter(({ file }) => isExportName(file)) : files;
  const contents = meant.map(({ file, bytes }) =>
    readFileContents({ file, isNamed: !isFolder }, bytes, options.kind ?? 'auto'),
  );
  return combine(contents, options.knownIds ?? []);
}

/** One file by its name and its bytes. */
export interface ImportedContents {
  readonly file: string;
  readonly bytes: Uint8Array;
}

async function readOne(file: FileToRead, kind: ImportKind): Promise<FileContents> {
  const findings = new Findings(file.file);
  const report = (severity: Problem['severity'], code: string, message: string) =>
    findings.add(severity, code, message, { file: file.file });
  try {
    const { size } = await fs.stat(file.file);
    if (size <= LARGEST_FILE) return readFileContents(file, await fs.readFile(file.file), kind);
    report('error', 'tooLarge', `has ${size} bytes, more than the ${LARGEST_FILE} of an export`);
  } catch (error) {
    unreadable(error, file.file, report);
  }
  return noContents(findings);
}
