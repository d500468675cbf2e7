import { readPlainAddress } from '../../../core/network/plain-address.ts';
import {
  ADDRESS_WIDTH,
  PROXY,
  putAddress,
  RECORDED,
  RESOURCE_PROVIDER,
  STATED,
  WORDS_WIDTH,
} from '../../../core/signaling/numbered-attempt.ts';
import { isPlainText, plainText } from './plain-text.ts';
import { READ_MEMBERS } from './read-members.ts';
import type { ValuePlaces } from './value-numbers.ts';

/** The members with an address, by their places in a row of words. */
export const ADDRESSES = {
  [RECORDED]: 'ipAddress',
  [PROXY]: 'globalSecureAccessIpAddress',
  [STATED]: 'sourceIpAddress',
  [RESOURCE_PROVIDER]: 'ipAddressFromResourceProvider',
} as const;

/** Places of these members among those that are read, and in a row of words. */
export const ADDRESS_MEMBERS: readonly (readonly [member: number, place: number])[] = Object.entries(ADDRESSES).map(
  ([place, name]) => [READ_MEMBERS.indexOf(name), Number(place)],
);

/** Stands for the version of an address that is written otherwise than nearly all are, and for what may be none. */
export const UNREAD = 1;

/** Puts the addresses of a record into its row of words, as far as they are written as they mostly are. */
export function putWords({ starts, ends }: ValuePlaces, bytes: Uint8Array, words: Uint32Array, row: number): void {
  for (const [member, place] of ADDRESS_MEMBERS) {
    const [start, end] = [starts[member] as number, ends[member] as number];
    const isThere = start >= 0 && !isNone(bytes, start, end);
    const address =
      isThere && isPlainText(bytes, start, end) ? readPlainAddress(plainText(bytes, start, end)) : undefined;
    putAddress(words, row, place, address);
    if (isThere && address === undefined) words[row * WORDS_WIDTH + place * ADDRESS_WIDTH] = UNREAD;
  }
}

/** `null`, and the text without a character. */
function isNone(bytes: Uint8Array, start: number, end: number): boolean {
  return bytes[start] === 0x6e || (bytes[start] === 0x22 && end - start === 2);
}
