import { begins } from './json-scan.ts';

const QUOTE = 0x22;
const CLOSE_BRACE = 0x7d;

/** How Graph begins a device: with what no other device has, and nobody asks for who asks what the device proves. */
export const DEVICE_ID = Buffer.from('{"deviceId":"');
export const DEVICE_NAME = Buffer.from(',"displayName":"');

/** Bytes of ids of devices: digits, letters and dashes. */
const IS_ID = new Uint8Array(256);
for (const byte of Buffer.from('0123456789abcdefABCDEF-')) IS_ID[byte] = 1;

/** Bytes that stand for themselves in a text. */
const IS_PLAIN = new Uint8Array(256).fill(1, 0x20);
IS_PLAIN[QUOTE] = 0;
IS_PLAIN[0x5c] = 0;

/** Whole members without objects or lists in them; before them perhaps an id that is empty. */
const MEMBERS = /^(?:"")?(?:,"\w+":(?:"[^"\\]*"|true|false|null))*$/;

/** Rests of devices that have a number. Where there are more, these are of no use, and the others have none. */
const MOST = 4096;
/** Bytes of the longest one that has a number; that of an ordinary device takes some two hundred. */
const LONGEST = 1024;

/**
 * Numbers for what is the same for all devices of which everything is alike but their id and their name, by the text behind these: so
 * devices are not read anew for each sign-in, though each comes from another one.
 */
export class DeviceRests {
  readonly #known = new Map<string, number>();

  /** The number, from 1, of the rest of the device that stands at a place; 0: it begins otherwise, is long, or one too many. */
  number(bytes: Uint8Array, place: number): number {
    const rest = restAt(bytes, place);
    if (rest === undefined || rest.length > LONGEST) return 0;
    const known = this.#known.get(rest);
    if (known !== undefined) return known;
    if (this.#known.size === MOST) return 0;
    this.#known.set(rest, this.#known.size + 1);
    return this.#known.size;
  }
}

/** Whether the text behind the names of a device is all of the rest: then, wherever the same text stands, it is so too. */
export function isWholeRest(device: Uint8Array): boolean {
  const rest = restAt(device, 0);
  return rest !== undefined && MEMBERS.test(rest);
}

/** The text behind the names up to the next brace: one that ends the device, or part of a text. */
function restAt(bytes: Uint8Array, place: number): string | undefined {
  const from = behindNames(bytes, place);
  if (from === -1) return undefined;
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, bytes.indexOf(CLOSE_BRACE, from) - from).toString('latin1');
}

/** Behind the id, and behind the name where one follows; at an id that is empty, as nobody's device has. -1: it begins otherwise. */
function behindNames(bytes: Uint8Array, start: number): number {
  if (!begins(bytes, start, DEVICE_ID)) return -1;
  let at = start + DEVICE_ID.length;
  const id = at;
  while (IS_ID[bytes[at] as number] === 1) at++;
  if (bytes[at] !== QUOTE) return -1;
  if (at === id) return at - 1;
  const behind = at + 1;
  if (!begins(bytes, behind, DEVICE_NAME)) return behind;
  at = behind + DEVICE_NAME.length;
  while (IS_PLAIN[bytes[at] as number] === 1) at++;
  return bytes[at] === QUOTE ? at + 1 : behind;
}
