import type { Proof } from '../proof.ts';
import type { Mask } from '../worlds/masks.ts';
import { addTo, emptyMask, setBit } from '../worlds/masks.ts';

/** How an answer stands to the sign-ins behind a place of the diagram: it is about some of them. */
export interface Standing {
  /** Whether some of them come out so whatever the user does not know of them: egress and session. */
  readonly isCertain: boolean;
}

/** Which sign-ins an answer is about, seen from one place of the diagram. */
export interface Reached extends Standing {
  /** Places of the level `where`. */
  readonly places: Mask;
  /** Classes of the level `what`; all zero behind it. */
  readonly apps: Mask;
}

/** Adds up what is reached by several ways; most of them reach the very same. */
export class ReachedSum {
  readonly #places: Mask;
  readonly #apps: Mask;
  readonly #added = new Set<Reached>();
  #isCertain = false;

  constructor({ where, apps }: Proof) {
    this.#places = emptyMask(where.places.length);
    this.#apps = emptyMask(apps.classes.length);
  }

  /** `app`: the class of applications by which it is reached, where the level is theirs. */
  add(reached: Reached, app: number | undefined): void {
    if (app !== undefined) setBit(this.#apps, app);
    if (this.#added.has(reached)) return;
    this.#added.add(reached);
    this.#isCertain ||= reached.isCertain;
    addTo(this.#places, reached.places);
    if (app === undefined) addTo(this.#apps, reached.apps);
  }

  get total(): Reached | undefined {
    if (this.#added.size === 0) return undefined;
    return { places: this.#places, apps: this.#apps, isCertain: this.#isCertain };
  }
}
