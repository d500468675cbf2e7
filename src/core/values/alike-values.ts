import { isSameJson } from './same-json.ts';

/** Numbers for JSON values that are few and may be long: one for all that mean the same. */
export class AlikeValues {
  readonly #known: unknown[] = [];

  numberOf(value: unknown): number {
    const known = this.#known.findIndex((each) => isSameJson(each, value));
    return known >= 0 ? known : this.#known.push(value) - 1;
  }
}
