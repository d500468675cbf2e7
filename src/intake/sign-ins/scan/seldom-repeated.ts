/** Values of a member after which it shows whether they repeat. */
export const WINDOW = 32_768;

/** So many times as many go by then until it is looked at again. */
const REST = 8;

/** Of eight values so many are new where they are not worth a number: among so many, those of the people of a company are fewer. */
const SELDOM = 5;

/** Which members have values that seldom come again, such as the devices of a large company: keeping these only takes room. */
export class SeldomRepeated {
  readonly #seen: Int32Array;
  readonly #fresh: Int32Array;
  /** Values of each member that go by before they are counted again. */
  readonly #resting: Int32Array;
  readonly #window: number;

  constructor(width: number, window = WINDOW) {
    this.#window = window;
    this.#seen = new Int32Array(width);
    this.#fresh = new Int32Array(width);
    this.#resting = new Int32Array(width);
  }

  /** Counts a value of the member; true where its values are not worth a number. */
  see(member: number): boolean {
    const resting = this.#resting[member] as number;
    if (resting > 0) {
      this.#resting[member] = resting - 1;
      return true;
    }
    const seen = (this.#seen[member] as number) + 1;
    this.#seen[member] = seen;
    if (seen >= this.#window) this.#look(member);
    return false;
  }

  /** A value that was seen was new. */
  isNew(member: number): void {
    this.#fresh[member] = (this.#fresh[member] as number) + 1;
  }

  #look(member: number): void {
    if ((this.#fresh[member] as number) * 8 > this.#window * SELDOM) this.#resting[member] = REST * this.#window;
    this.#seen[member] = 0;
    this.#fresh[member] = 0;
  }
}
