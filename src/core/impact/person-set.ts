/** As many people as are looked for one by one. */
const FEW = 16;

/**
 * People by their numbers, each once. Most sets have one or few; of a company's people one bit each, where their ids would take a
 * hundred times as much.
 */
export class PersonSet {
  #few: readonly number[] = NOBODY;
  /** Whoever it has, once they are not few. */
  #bits: Uint32Array | undefined;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(number: number): void {
    if (this.#bits !== undefined) this.#set(this.#bits, number);
    else if (!this.#few.includes(number)) this.#addToFew(number);
  }

  addAll(other: PersonSet): void {
    for (const number of other.#few) this.add(number);
    const bits = other.#bits;
    for (let word = 0; bits !== undefined && word < bits.length; word++) {
      for (let rest = bits[word] as number; rest !== 0; rest &= rest - 1) this.add(word * 32 + lowestIn(rest));
    }
  }

  #addToFew(number: number): void {
    // A list that is added to would have room for more.
    const few = [...this.#few, number];
    this.#size++;
    this.#few = few.length <= FEW ? few : NOBODY;
    if (few.length > FEW) this.#bits = bitsOf(few);
  }

  #set(bits: Uint32Array, number: number): void {
    const word = wordOf(number);
    const held = word < bits.length ? (bits[word] as number) : 0;
    if ((held & bitOf(number)) !== 0) return;
    const room = word < bits.length ? bits : this.#widen(bits, word);
    room[word] = held | bitOf(number);
    this.#size++;
  }

  #widen(bits: Uint32Array, word: number): Uint32Array {
    const wider = new Uint32Array(Math.max(word + 1, Math.ceil(bits.length * 1.5)));
    wider.set(bits);
    this.#bits = wider;
    return wider;
  }
}

const NOBODY: readonly number[] = [];

function bitsOf(numbers: readonly number[]): Uint32Array {
  const bits = new Uint32Array(wordOf(Math.max(...numbers)) + 1);
  for (const number of numbers) bits[wordOf(number)] = (bits[wordOf(number)] as number) | bitOf(number);
  return bits;
}

function wordOf(number: number): number {
  return number >>> 5;
}

function bitOf(number: number): number {
  return 1 << (number & 31);
}

/** The position of the lowest bit that is set. */
function lowestIn(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}
