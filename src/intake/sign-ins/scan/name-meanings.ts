import { DOUBTFUL } from '../draft-of.ts';
import { FLATTENED } from '../formats/flattened.ts';
import { LIST_NAMES } from '../json/levels.ts';

/** What the name of a member is to a scan: a place from 0 among those that are read, or one of these. */
const UNREAD = -1;
export const DOUBT = -2;

const BACKSLASH = 0x5c;

/** Tells members that are read from those that are not, and from those by which a record may be something else than a sign-in. */
export class NameMeanings {
  readonly #places: ReadonlyMap<string, number>;
  readonly #doubtful: ReadonlySet<string> = new Set([...DOUBTFUL, ...LIST_NAMES.map(({ name }) => name)]);

  constructor(members: readonly string[]) {
    this.#places = new Map(members.map((name, at) => [name, at]));
  }

  /** `quoted` is the name as it stands, in its quotes. One with an escape in it may be any. */
  of(quoted: Uint8Array): number {
    if (quoted.includes(BACKSLASH)) return DOUBT;
    const name = Buffer.from(quoted.subarray(1, -1)).toString('latin1');
    if (!/^[a-z]/.test(name) || this.#doubtful.has(name) || FLATTENED.test(name)) return DOUBT;
    return this.#places.get(name) ?? UNREAD;
  }
}
