import type { AddressClasses } from '../core/fact-keys/address-classes.ts';
import { addressOf } from '../intake/sign-ins/facts/network-path-of.ts';

const OCTET = '(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';

/** The pattern of a whole text that is an IPv4 address without leading zeros, as core/network/address.ts reads one. */
export const PLAIN_ADDRESS = `(${OCTET}[.]){3}${OCTET}`;

/** A text and the class of its address. */
interface ClassedText {
  readonly text: string;
  readonly class: number;
  /** The one spelling of the address. */
  readonly address: string;
}

/** Texts that are no plain IPv4 address, as the product reads them; what is no address is left out. */
export function classedTexts(texts: Iterable<string>, classOf: AddressClasses['classOf']): readonly ClassedText[] {
  return [...texts].flatMap((text) => {
    const address = addressOf(text);
    return address === undefined ? [] : [{ text, class: classOf(address), address: address.text }];
  });
}
