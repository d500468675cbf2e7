import { createHash } from 'node:crypto';
import { promises as fs } from 'node:fs';
import { join } from 'node:path';
import { GsaError } from '../../trouble/error.ts';
import { isSystemError } from '../../trouble/file-trouble.ts';
import type { GitObject } from './object.ts';
import { damaged, inflated, isKind } from './object.ts';
import { LONGEST_CHAIN, Pack } from './pack.ts';

/** The objects of a repository by their ids, forty small hex digits: loose ones (gitformat-loose(5)) and packed ones. */
export class GitObjects {
  readonly #folder: string;
  #packs: Promise<readonly Pack[]> | undefined;

  constructor(commonFolder: string) {
    this.#folder = join(commonFolder, 'objects');
  }

  /** Throws GsaError `invalid` for an object that is not there, is damaged, or is too large for an export. */
  async read(id: string): Promise<GitObject> {
    return this.#read(id, LONGEST_CHAIN);
  }

  /** `left`: how many objects may still be told as changes of each other, over all packs. */
  async #read(id: string, left: number): Promise<GitObject> {
    const found = (await this.#loose(id)) ?? (await this.#packed(id, left));
    if (found !== undefined) return checked(found, id);
    throw new GsaError('invalid', `the repository does not hold the object ${id}`, {
      hint: 'git fetch --unshallow, where only a part of the history was cloned',
    });
  }

  /** The whole id of a beginning; `undefined`: there is none. Throws GsaError `invalid` where several begin so. */
  async complete(beginning: string): Promise<string | undefined> {
    const found = new Set(await this.#looseIds(beginning));
    for (const pack of await this.#allPacks()) for (const id of pack.idsFrom(beginning)) found.add(id);
    if (found.size > 1) throw new GsaError('invalid', `\`${beginning}\` is the beginning of ${found.size} ids`);
    return [...found][0];
  }

  async close(): Promise<void> {
    // Where they could not be opened, none is open, and who asked for them has been told.
    for (const pack of (await this.#packs?.catch(() => [])) ?? []) await pack.close();
  }

  async #loose(id: string): Promise<GitObject | undefined> {
    const stored = await fs.readFile(join(this.#folder, id.slice(0, 2), id.slice(2))).catch(nothingThere);
    if (stored === undefined) return undefined;
    const bytes = inflated(stored, id);
    const end = bytes.indexOf(0);
    const [kind = '', size] = bytes.toString('latin1', 0, end).split(' ');
    if (end < 0 || !isKind(kind) || Number(size) !== bytes.length - end - 1) throw damaged(id);
    return { kind, bytes: bytes.subarray(end + 1) };
  }

  async #looseIds(beginning: string): Promise<readonly string[]> {
    const folder = beginning.slice(0, 2);
    const names = (await fs.readdir(join(this.#folder, folder)).catch(nothingThere)) ?? [];
    return names.map((name) => folder + name).filter((id) => /^[0-9a-f]{40}$/.test(id) && id.startsWith(beginning));
  }

  async #packed(id: string, left: number): Promise<GitObject | undefined> {
    for (const pack of await this.#allPacks()) {
      const found = await pack.read(id, left, (base, rest) => this.#read(base, rest));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #allPacks(): Promise<readonly Pack[]> {
    this.#packs ??= openPacks(join(this.#folder, 'pack'));
    return this.#packs;
  }
}

/** The object itself: an id is the hash of what it names, so that an index that points elsewhere is found out. */
function checked(object: GitObject, id: string): GitObject {
  const hash = createHash('sha1').update(`${object.kind} ${object.bytes.length}\0`).update(object.bytes);
  if (hash.digest('hex') !== id) throw damaged(id);
  return object;
}

/** An index without its pack, as a kill may leave it, holds nothing: git passes over it too. */
async function openPacks(folder: string): Promise<readonly Pack[]> {
  const names = (await fs.readdir(folder).catch(nothingThere)) ?? [];
  const bases = names.filter((name) => /^pack-[0-9a-f]+\.idx$/.test(name)).map((name) => name.slice(0, -'.idx'.length));
  const packs: Pack[] = [];
  try {
    for (const base of bases.filter((each) => names.includes(`${each}.pack`)).sort()) {
      packs.push(await Pack.open(join(folder, base)));
    }
  } catch (error) {
    for (const pack of packs) await pack.close();
    throw error;
  }
  return packs;
}

function nothingThere(error: unknown): undefined {
  if (isSystemError(error) && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return undefined;
  throw error;
}
