import { lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, parse, relative, sep } from 'node:path';
import { GsaError } from '../trouble/error.ts';
import { fileTrouble, isSystemError } from '../trouble/file-trouble.ts';

/** How many files below a folder are looked at for links that lead out of it. */
const MOST_FILES = 100_000;

/** Whether `path` is `folder` or lies below it, links followed, also where the last parts of `path` are not there yet. */
export function liesIn(folder: string, path: string): boolean {
  const inside = relative(realPath(folder), realPath(path));
  return inside === '' || (inside !== '..' && !inside.startsWith(`..${sep}`) && !/^([a-z]:|[/\\])/i.test(inside));
}

/** What may not be read for somebody else's file, and why not. */
interface Stray {
  readonly path: string;
  readonly why: string;
  readonly hint: string;
}

/**
 * The path itself where it may never end, such as a pipe, or the first link at or below it that leads out of the folder;
 * `undefined` where all that can be read lies in it. Links to folders are followed: what lies in these can be read by their names too.
 */
function strayBelow(folder: string, path: string): Stray | undefined {
  const outside = (at: string): Stray => ({
    path: at,
    why: `lies outside of \`${folder}\``,
    hint: 'put the file below that folder, or name a folder that holds both: gsa test --root <folder>',
  });
  const endless = { path, why: 'is neither a file nor a folder', hint: 'write what it gives into a file first' };
  let left = MOST_FILES;
  const seen = new Set<string>();
  const look = (at: string): Stray | undefined => {
    if (left-- <= 0) return { path, why: `holds more than ${MOST_FILES} files`, hint: 'name a smaller folder' };
    const status = lstatSync(at, { throwIfNoEntry: false });
    const isLink = status?.isSymbolicLink() === true;
    if (isLink && !liesIn(folder, at)) return outside(at);
    const target = isLink ? statSync(at, { throwIfNoEntry: false }) : status;
    if (target === undefined || target.isFile()) return undefined;
    // Below a folder whoever reads it passes these over.
    if (!target.isDirectory()) return at === path ? endless : undefined;
    const real = realpathSync(at);
    if (seen.has(real)) return undefined;
    seen.add(real);
    for (const name of readdirSync(at)) {
      const stray = look(join(at, name));
      if (stray !== undefined) return stray;
    }
    return undefined;
  };
  return liesIn(folder, path) ? look(path) : outside(path);
}

/** Throws GsaError `invalid` where a path that a file names leads out of the folder, by a link below it too, or may never end. */
export function checkInside(folder: string, path: string): void {
  const stray = lookedAt(path, () => strayBelow(folder, path));
  if (stray !== undefined) throw new GsaError('invalid', `\`${stray.path}\` ${stray.why}`, { hint: stray.hint });
}

/** Throws GsaError `invalid` where the system does not let somebody look at a path, such as one that is too long. */
function lookedAt<T>(path: string, look: () => T): T {
  try {
    return look();
  } catch (error) {
    throw fileTrouble('look at', path, error);
  }
}

/** Part by part, up to the first that is not there: a path may have as many as somebody cared to write. */
function realPath(path: string): string {
  const { root } = parse(path);
  const parts = path.slice(root.length).split(sep);
  let known = root;
  for (const [at, part] of parts.entries()) {
    const next = join(known, part);
    if (!isThere(next)) return join(realpathSync(known), parts.slice(at).join(sep));
    known = next;
  }
  return realpathSync(known);
}

/** Whether something is at the end of a path that may be looked at, links followed. */
function isThere(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    if (isSystemError(error) && error.code !== 'ENAMETOOLONG') return false;
    throw error;
  }
}

/**
 * The folders that a command may read and write when a file asked for it, such as a test: data from a repository must not choose
 * them.
 */
export interface Borders {
  /** The copy of a tenant that the command works on; no other may be named. */
  readonly tenant: string;
  /** Folders of the files that it may read. */
  readonly reads: readonly string[];
  /** The folder for what it writes, which goes with the test. */
  readonly writes: string;
}

/**
 * Holds one command to its borders. What was refused is kept, so that a test which expects a refusal of its own does not pass
 * for one of these.
 */
export class Confinement {
  readonly #borders: Borders;
  refusal: GsaError | undefined;

  constructor(borders: Borders) {
    this.#borders = borders;
  }

  /** Throws GsaError `invalid` unless the tenant is the copy. */
  checkTenant(path: string | undefined): void {
    if (path === this.#borders.tenant) return;
    throw this.#refuse(
      'names a tenant of its own (`--tenant`)',
      'leave it out: the command runs on a copy of the tenant',
    );
  }

  /** Throws GsaError `invalid` for a command that may not run inside of another. */
  checkCommand(words: string, isAllowed: boolean): void {
    if (isAllowed) return;
    throw this.#refuse(
      `runs \`gsa ${words}\``,
      'a test runs commands that end by themselves, start no others and ask no engine',
    );
  }

  /** Throws GsaError `invalid` where a path to read, or a link below it, leads out of the folders. */
  checkRead(path: string): void {
    const { reads, writes, tenant } = this.#borders;
    const folders = [...reads, writes, dirname(tenant)];
    const home = folders.find((folder) => liesIn(folder, path)) ?? reads[0] ?? writes;
    const stray = lookedAt(path, () => strayBelow(home, path));
    if (stray !== undefined) throw this.#refuse(`reads \`${stray.path}\`, which ${stray.why}`, stray.hint);
  }

  /** Throws GsaError `invalid` where a path to write does not lie in the folder that goes with the test. */
  checkWrite(path: string): void {
    if (liesIn(this.#borders.writes, path)) return;
    throw this.#refuse(`writes \`${path}\``, 'name a file below {scratch}/, a folder that goes with the test');
  }

  #refuse(what: string, hint: string): GsaError {
    this.refusal ??= new GsaError('invalid', `a command of a test ${what}`, { hint });
    return this.refusal;
  }
}
