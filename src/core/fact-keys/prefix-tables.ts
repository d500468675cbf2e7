import { alignedBlocks } from '../network/aligned-blocks.ts';
import type { AddressRange } from './address-classes.ts';

/** The ranges of a table as prefixes, a list for each length; addresses in none of them are of the class `other`. */
export interface PrefixTables<Word = number> {
  readonly other: number;
  readonly lengths: readonly {
    readonly length: number;
    readonly prefixes: readonly { readonly first: Word; readonly class: number }[];
  }[];
}

/** For engines that can look a number up and cannot find the range that holds it: at most 32 look-ups an address. */
export function prefixTables(ipv4: readonly AddressRange[]): PrefixTables {
  const { other, lengths } = tablesOf(rangesOf(ipv4, 32), 32);
  return {
    other,
    lengths: lengths.map(({ length, prefixes }) => ({
      length,
      prefixes: prefixes.map((prefix) => ({ ...prefix, first: Number(prefix.first) })),
    })),
  };
}

/** The same of IPv6, whose prefixes begin with a number of 128 bits. */
export function ipv6PrefixTables(ipv6: readonly AddressRange[]): PrefixTables<bigint> {
  return tablesOf(rangesOf(ipv6, 128), 128);
}

/** The class that most IPv4 addresses have. */
export function widestClass(ipv4: readonly AddressRange[]): number {
  return widest(rangesOf(ipv4, 32));
}

interface Range {
  readonly from: bigint;
  readonly to: bigint;
  readonly class: number;
}

function tablesOf(ranges: readonly Range[], bits: number): PrefixTables<bigint> {
  const other = widest(ranges);
  const byLength = new Map<number, { first: bigint; class: number }[]>();
  for (const { from, to, class: number } of ranges) {
    if (number === other) continue;
    for (const { first, freeBits } of alignedBlocks(from, to - 1n)) {
      const known = byLength.get(bits - freeBits) ?? [];
      byLength.set(bits - freeBits, known);
      known.push({ first, class: number });
    }
  }
  return {
    other,
    lengths: [...byLength].sort(([a], [b]) => b - a).map(([length, prefixes]) => ({ length, prefixes })),
  };
}

function rangesOf(table: readonly AddressRange[], bits: number): readonly Range[] {
  return table.map(({ first, class: number }, at) => {
    const next = table[at + 1];
    return {
      from: addressValue(first),
      to: next === undefined ? 1n << BigInt(bits) : addressValue(next.first),
      class: number,
    };
  });
}

/** An address as a whole number of 32 or 128 bits. */
export function addressValue({ words }: AddressRange['first']): bigint {
  return words.reduce((value, word) => value * 2n ** 32n + BigInt(word), 0n);
}

function widest(ranges: readonly Range[]): number {
  const sizes = new Map<number, bigint>();
  for (const { from, to, class: number } of ranges) sizes.set(number, (sizes.get(number) ?? 0n) + to - from);
  const [first, ...others] = sizes;
  return others.reduce((most, each) => (each[1] > most[1] ? each : most), first ?? [0, 0n])[0];
}
