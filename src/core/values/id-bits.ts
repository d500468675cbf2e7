import { bitsInAnyCase, bitsOfAsciiInAnyCase } from './text-bits.ts';

/** 64 bits of an id, in two numbers. Letter case does not count, as in the log. */
export interface IdBits {
  readonly high: number;
  readonly low: number;
}

/** What the two numbers are made with; assembly/id-bits.ts has the same. */
const HIGH = 0x9e3779b1;
const LOW = 0x5f356495;

export function bitsOfId(id: string): IdBits {
  return { high: bitsInAnyCase(id, HIGH), low: bitsInAnyCase(id, LOW) };
}

/** The same of an id in ASCII, by its bytes between two offsets. */
export function bitsOfAsciiId(bytes: Uint8Array, from: number, to: number): IdBits {
  return { high: bitsOfAsciiInAnyCase(bytes, from, to, HIGH), low: bitsOfAsciiInAnyCase(bytes, from, to, LOW) };
}
