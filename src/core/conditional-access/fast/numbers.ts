/** How many values are remembered by default; texts of answers are long, and few unless every sign-in differs. */
const REMEMBERED = 500;

/** Numbers for what is equal, from 1; none is given twice, also where what was numbered is forgotten. */
export class Numbers<Value = string> {
  #known = new Map<Value, number>();
  #next = 1;
  readonly #most: number;

  constructor(most = REMEMBERED) {
    this.#most = most;
  }

  of(value: Value): number {
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    if (this.#known.size >= this.#most) this.#known = new Map();
    this.#known.set(value, this.#next);
    return this.#next++;
  }
}
