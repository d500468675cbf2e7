import type { AddressClasses } from '../core/fact-keys/address-classes.ts';
import { addressOf } from '../intake/sign-ins/facts/network-path-of.ts';

const OCTET = '(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';

/** The pattern of a whole text that is an IPv4 address without leading zeros, as core/network/address.ts reads one. */
export const PLAIN_ADDRESS = `(${OCTET}[.]){3}${OCTET}`;

/** A text, the class of its address, and a number that all texts of that address have. */
interface ClassedText {
  readonly text: string;
  readonly number: number;
  readonly class: number;
  /** The one spelling of the address. */
  readonly address: string;
}

/** Texts that are no plain IPv4 address, as the product reads them; those of IPv6 have numbers below those of IPv4. */
export function classedTexts(texts: Iterable<string>, classOf: AddressClasses['classOf']): readonly ClassedText[] {
  const numbers = new Map<string, number>();
  return [...texts].flatMap((text) => {
    const address = addressOf(text);
    if (address === undefined) return [];
    const number = numbers.get(address.text) ?? (address.version === 4 ? address.words[0] : -1 - numbers.size);
    numbers.set(address.text, number);
    return [{ text, number, class: classOf(address), address: address.text }];
  });
}
