import { DEVICE_MEMBERS } from '../facts/to-attempt.ts';
import { begins } from './json-scan.ts';
import type { NumberedSignIn } from './part-memory.ts';
import { READ_MEMBERS } from './read-members.ts';
import { PLACED } from './value-places.ts';

const QUOTE = 0x22;
const CLOSE_BRACE = 0x7d;

/** How Graph begins a device: with what no other device has, and nobody asks for who asks what the device proves. */
const ID = Buffer.from('{"deviceId":"');
const NAME = Buffer.from(',"displayName":"');

/** Bytes of ids of devices: digits, letters and dashes. */
const IS_ID = new Uint8Array(256);
for (const byte of Buffer.from('0123456789abcdefABCDEF-')) IS_ID[byte] = 1;

/** Bytes that stand for themselves in a text. */
const IS_PLAIN = new Uint8Array(256).fill(1, 0x20);
IS_PLAIN[QUOTE] = 0;
IS_PLAIN[0x5c] = 0;

/** Whole members without objects or lists in them; before them perhaps an id that is empty. */
const MEMBERS = /^(?:"")?(?:,"\w+":(?:"[^"\\]*"|true|false|null))*$/;

/** Rests of devices that are remembered. */
const MOST = 4096;

const [DEVICE, PROTECTION] = DEVICE_MEMBERS.map((name) => READ_MEMBERS.indexOf(name)) as [number, number];

/**
 * What is the same for all devices of which everything is alike but their id and their name, by the text behind these: so devices
 * that have no number, as each sign-in comes from another one, are not read anew for each.
 */
export class DeviceRests {
  /** By the number of what is said of token protection, and the rest. */
  readonly #known = new Map<number, Map<string, number>>();
  #count = 0;
  #bytes: Uint8Array | undefined;
  #text: Buffer = Buffer.alloc(0);

  clear(): void {
    this.#known.clear();
    this.#count = 0;
  }

  /** The number that was kept for the rest of this device, or the one that is made now. */
  number(signIn: NumberedSignIn, make: (signIn: NumberedSignIn) => number): number {
    const { numbers, offset, bytes } = signIn;
    const device = numbers[offset + DEVICE] as number;
    const protection = numbers[offset + PROTECTION] as number;
    const from = device < PLACED || protection >= PLACED ? -1 : behindNames(bytes, device - PLACED);
    if (from === -1) return make(signIn);
    const rest = this.#rest(bytes, from);
    const known = this.#known.get(protection)?.get(rest);
    if (known !== undefined) return known;
    const number = make(signIn);
    // Only then is the brace that ends it no part of a text: and wherever the same text stands, it is not.
    if (MEMBERS.test(rest)) this.#keep(protection, rest, number);
    return number;
  }

  /** The text up to the next brace. */
  #rest(bytes: Uint8Array, from: number): string {
    if (bytes !== this.#bytes) {
      this.#bytes = bytes;
      this.#text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    return this.#text.toString('latin1', from, this.#text.indexOf(CLOSE_BRACE, from));
  }

  #keep(protection: number, rest: string, number: number): void {
    if (this.#count++ >= MOST) this.clear();
    const known = this.#known.get(protection) ?? new Map<string, number>();
    this.#known.set(protection, known.set(rest, number));
  }
}

/** Behind the id, and behind the name where one follows; at an id that is empty, as nobody's device has. -1: it begins otherwise. */
function behindNames(bytes: Uint8Array, start: number): number {
  if (!begins(bytes, start, ID)) return -1;
  let at = start + ID.length;
  const id = at;
  while (IS_ID[bytes[at] as number] === 1) at++;
  if (bytes[at] !== QUOTE) return -1;
  if (at === id) return at - 1;
  const behind = at + 1;
  if (!begins(bytes, behind, NAME)) return behind;
  at = behind + NAME.length;
  while (IS_PLAIN[bytes[at] as number] === 1) at++;
  return bytes[at] === QUOTE ? at + 1 : behind;
}
