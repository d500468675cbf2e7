import type { SkippedSignIn } from '../types.ts';

/** What the envelope of a list of Graph says of the pages that follow it. */
export type PageNote = 'morePages' | 'lastPage';

/**
 * Pages of answers of Graph, over all files: each but the last names the next one (`@odata.nextLink`). Where pages name a next
 * one and none is the last, some are missing, and nobody knows what stands in them.
 */
export class Pages {
  #linking: string | undefined;
  #hasLast = false;

  note(note: PageNote, file: string): void {
    if (note === 'morePages') this.#linking = file;
    else this.#hasLast = true;
  }

  get missing(): SkippedSignIn | undefined {
    if (this.#linking === undefined || this.#hasLast) return undefined;
    const message = 'is one page of several (`@odata.nextLink`), and the last one was not given: sign-ins are missing';
    return { reason: 'morePages', message, place: { file: this.#linking } };
  }
}
