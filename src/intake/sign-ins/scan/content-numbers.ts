import type { PartMemory } from './part-memory.ts';
import type { NumberedSignIn } from './part-reader.ts';

/** Numbers parts by their content, from 1: few, where the members differ in much that is not read. */
export class ContentNumbers<Content> {
  readonly #memory: PartMemory<Content>;
  readonly #textOf: (part: Content) => string;
  readonly #numbers = new Map<string, number>();
  /** By the number of the part; 0 where it is not known yet. */
  readonly #known: number[] = [0];

  constructor(memory: PartMemory<Content>, textOf: (part: Content) => string) {
    this.#memory = memory;
    this.#textOf = textOf;
  }

  clear(): void {
    this.#numbers.clear();
    this.#known.length = 1;
  }

  number(signIn: NumberedSignIn): number {
    const part = this.#memory.number(signIn);
    const known = part < this.#known.length ? (this.#known[part] as number) : 0;
    return known === 0 ? this.#numberOf(signIn, part) : known;
  }

  #numberOf(signIn: NumberedSignIn, part: number): number {
    const number = this.#ofText(this.#textOf(this.#memory.part(signIn)));
    if (part === 0) return number;
    // A hole would make the list a slow one.
    while (this.#known.length < part) this.#known.push(0);
    this.#known[part] = number;
    return number;
  }

  #ofText(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.#numbers.size + 1);
    return this.#numbers.size;
  }
}
