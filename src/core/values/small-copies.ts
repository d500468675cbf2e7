/** Elements of one room; more would outlive what is still asked for. */
const ROOM = 4096;

/**
 * Copies of short arrays, one behind the other in larger ones: what V8 notes of an array with memory of its own takes several times as
 * much as the some fifty bytes that are in it.
 */
export class SmallCopies<Numbers extends Uint8Array | Uint32Array> {
  readonly #make: (length: number) => Numbers;
  #room: Numbers;
  #used = 0;

  constructor(make: (length: number) => Numbers) {
    this.#make = make;
    this.#room = make(0);
  }

  /** A copy that whoever asked may change: nobody else has its elements. */
  of(numbers: Numbers): Numbers {
    if (this.#used + numbers.length > this.#room.length) {
      this.#room = this.#make(Math.max(ROOM, numbers.length));
      this.#used = 0;
    }
    const copy = this.#room.subarray(this.#used, this.#used + numbers.length) as Numbers;
    copy.set(numbers);
    this.#used += numbers.length;
    return copy;
  }
}
