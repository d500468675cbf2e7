import type { Address } from './address.ts';
import { addressFromWords, compareWords, parseAddress } from './address.ts';
import { cidrsOf } from './cidrs-of.ts';
import type { AddressWords } from './plain-address.ts';
import { readPlainAddress } from './plain-address.ts';

/** Addresses of one version from `first` to `last`, both included; `text` is the range as its author wrote it. */
export interface Range {
  readonly version: 4 | 6;
  /** One 32-bit word for IPv4, four for IPv6, most significant first. */
  readonly first: readonly number[];
  readonly last: readonly number[];
  readonly text: string;
}

/** A range, or why the text is none; a malformed range is data, not an exception. */
export type RangeReading =
  | {
      readonly range: Range;
      /** Masked and in canonical spelling: `12.34.220.0/22` for `12.34.221.11/22`. */
      readonly canonical: string;
      /** Bits behind the prefix are set; legal, kept and masked for matching (G-NLPOST). */
      readonly hostBits: boolean;
      /** `undefined` for a lower–upper range. */
      readonly prefixLength: number | undefined;
    }
  | { readonly problem: string };

const PREFIX = /^(?:0|[1-9]\d{0,2})$/;

/**
 * Reads a CIDR range. `/0` holds every address of its own version and none of the other. A bare address is refused, as Graph
 * does (demisto/content PR 44682), and so is a range with a dash, with the blocks to write in its place: no CIDR holds it as it
 * stands. `::ffff:203.0.113.0/120` is `203.0.113.0/24`.
 */
export function parseRange(text: string): RangeReading {
  const slash = text.indexOf('/');
  if (slash >= 0) return parseCidr(text, text.slice(0, slash), text.slice(slash + 1));
  const dash = text.indexOf('-');
  if (dash >= 0) return dashed(text, dash);
  if (parseAddress(text) === undefined) return { problem: `\`${text}\` is not an IP range` };
  return {
    problem: `\`${text}\` is an address without a prefix length; write ${text}/${text.includes(':') ? 128 : 32}`,
  };
}

/** Blocks that a message names; who needs more writes them with a calculator. */
const NAMED_BLOCKS = 4;

function dashed(text: string, dash: number): RangeReading {
  const reading = parseRangeBetween(text.slice(0, dash).trim(), text.slice(dash + 1).trim(), text);
  if ('problem' in reading) return reading;
  const blocks = cidrsOf(reading.range, NAMED_BLOCKS + 1);
  const named = blocks.slice(0, NAMED_BLOCKS).join(', ');
  return {
    problem: `\`${text}\` is written with a dash; write it in CIDR: ${named}${blocks.length > NAMED_BLOCKS ? ', …' : ''}`,
  };
}

/** The ranges that can be read; malformed ones hold no address, and whoever must say so asks `parseRange`. */
export function readRanges(texts: readonly string[]): Range[] {
  return texts.flatMap((text) => {
    const reading = parseRange(text);
    return 'range' in reading ? [reading.range] : [];
  });
}

/** Graph's `iPv4Range` and `iPv6Range`: from `lowerAddress` to `upperAddress`, both included. */
export function parseRangeBetween(lower: string, upper: string, text = `${lower}-${upper}`): RangeReading {
  const first = parseAddress(lower);
  const last = parseAddress(upper);
  if (first === undefined) return { problem: `\`${lower}\` is not an IP address` };
  if (last === undefined) return { problem: `\`${upper}\` is not an IP address` };
  if (first.version !== last.version) return { problem: `\`${text}\` mixes IPv4 and IPv6` };
  if (compareWords(first.words, last.words) > 0) return { problem: `\`${text}\` ends before it begins` };
  const range: Range = { version: first.version, first: first.words, last: last.words, text };
  return { range, canonical: `${first.text}-${last.text}`, hostBits: false, prefixLength: undefined };
}

export function rangeHolds(range: Range, address: Address): boolean {
  return (
    range.version === address.version &&
    compareWords(range.first, address.words) <= 0 &&
    compareWords(address.words, range.last) <= 0
  );
}

export function rangesOverlap(a: Range, b: Range): boolean {
  return a.version === b.version && compareWords(a.first, b.last) <= 0 && compareWords(b.first, a.last) <= 0;
}

export function rangeIsWithin(inner: Range, outer: Range): boolean {
  return (
    inner.version === outer.version &&
    compareWords(outer.first, inner.first) <= 0 &&
    compareWords(inner.last, outer.last) <= 0
  );
}

export function firstAddress(range: Range): Address {
  return addressFromWords(range.version, range.first);
}

function parseCidr(text: string, network: string, prefix: string): RangeReading {
  const address = readPlainAddress(network) ?? parseAddress(network);
  if (address === undefined) return { problem: `\`${network}\` is not an IP address` };
  const spelt = network.includes(':') ? 128 : 32;
  const length = Number(prefix);
  if (!PREFIX.test(prefix) || length > spelt) {
    return { problem: `\`${text}\` needs a prefix length from 0 to ${spelt}` };
  }
  const isMappedIpv4 = spelt === 128 && address.version === 4;
  if (isMappedIpv4 && length < 96) return wideMappedCidr(text, address, length);
  return masked(text, address.version, address.words, isMappedIpv4 ? length - 96 : length);
}

/** A prefix shorter than the mapped block (`::ffff:0:0/95`) is an IPv6 range, and IPv4 stays outside of it. */
function wideMappedCidr(text: string, address: AddressWords, length: number): RangeReading {
  return masked(text, 6, [0, 0, 0xffff, address.words[0]], length);
}

function masked(text: string, version: 4 | 6, words: readonly number[], prefixLength: number): RangeReading {
  const first: number[] = [];
  const last: number[] = [];
  for (let at = 0; at < words.length; at++) {
    const mask = maskOf(prefixLength - at * 32);
    const word = words[at] ?? 0;
    first.push((word & mask) >>> 0);
    last.push((word | ~mask) >>> 0);
  }
  const hostBits = compareWords(first, words) !== 0;
  return new Cidr({ version, first, last, text }, hostBits, prefixLength);
}

/** The mask of one word of which so many bits, and perhaps more, belong to the prefix. */
export function maskOf(bits: number): number {
  if (bits >= 32) return 0xffffffff;
  return bits <= 0 ? 0 : (0xffffffff << (32 - bits)) >>> 0;
}

/** One of hundreds of thousands: its canonical text is made when somebody shows it. */
class Cidr {
  readonly range: Range;
  readonly hostBits: boolean;
  readonly prefixLength: number;

  constructor(range: Range, hostBits: boolean, prefixLength: number) {
    this.range = range;
    this.hostBits = hostBits;
    this.prefixLength = prefixLength;
  }

  get canonical(): string {
    return `${firstAddress(this.range).text}/${this.prefixLength}`;
  }
}
