import ipaddr from 'ipaddr.js';
import { parseAddress } from '../../src/core/network/address.ts';
import { buildRangeIndex, lookup } from '../../src/core/network/range-index.ts';
import { readRangeTexts } from '../../src/core/network/read-range-list.ts';
import type { Extent, Figure, Growth, Measurements } from '../figure.ts';
import { atLeast, atMost } from '../figure.ts';
import { randomNumbers } from '../generated-tenant.ts';
import { median, race } from '../paired.ts';

const AREA = 'Ranges';
const LOCATIONS = 195;

/** Texts of ranges of as many locations, three IPv4 to one IPv6, spread over the address space. */
function rangeTexts(count: number): string[][] {
  const random = randomNumbers(count);
  const lists = Array.from({ length: Math.min(LOCATIONS, count) }, (): string[] => []);
  for (let at = 0; at < count; at++) {
    const octets = [0, 0, 0].map(() => Math.floor(random() * 256)).join('.');
    const group = Math.floor(random() * 65536).toString(16);
    lists[at % lists.length]?.push(
      at % 4 === 3 ? `2a0${at % 10}:${group}::/${32 + (at % 17)}` : `${11 + (at % 190)}.${octets}/${18 + (at % 15)}`,
    );
  }
  return lists;
}

function cpu(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

/** Seconds to read so many ranges and to index them. */
function built(count: number, rounds: number): { readonly reading: number; readonly indexing: number } {
  const lists = rangeTexts(count);
  const runs = Array.from({ length: rounds }, () => {
    let holders: { ranges: ReturnType<typeof readRangeTexts>; value: number }[] = [];
    const reading = cpu(() => {
      holders = lists.map((texts, value) => ({ ranges: readRangeTexts(texts), value }));
    });
    return { reading, indexing: cpu(() => void buildRangeIndex(holders)) };
  });
  return {
    reading: median(runs.map(({ reading }) => reading)),
    indexing: median(runs.map(({ indexing }) => indexing)),
  };
}

/** An address as text to the locations that hold it, beside ipaddr.js that is asked for every range. */
function lookUps(rounds: number): Figure {
  const lists = rangeTexts(10_000);
  const index = buildRangeIndex(lists.map((texts, value) => ({ ranges: readRangeTexts(texts), value })));
  const ranges = lists.map((texts) => texts.map((text) => ipaddr.parseCIDR(text)));
  const random = randomNumbers(7);
  const octet = () => Math.floor(random() * 256);
  const addresses = Array.from({ length: 20_000 }, () => `${11 + (octet() % 190)}.${octet()}.${octet()}.${octet()}`);
  const few = addresses.slice(0, 40);
  const ours = (text: string) => {
    const address = parseAddress(text);
    return address === undefined ? [] : lookup(index, address);
  };
  const theirs = (text: string) => {
    const address = ipaddr.parse(text);
    return ranges.flatMap((list, at) =>
      list.some(([network, bits]) => network.kind() === address.kind() && address.match(network, bits)) ? [at] : [],
    );
  };
  for (const text of few)
    if (ours(text).join() !== theirs(text).join()) throw new Error(`${text}: not the same locations`);
  const [fast, slow] = race(
    [
      { name: 'gsa', units: addresses.length, run: () => addresses.forEach((text) => void ours(text)) },
      { name: 'ipaddr.js', units: few.length, run: () => few.forEach((text) => void theirs(text)) },
    ],
    rounds,
  );
  const [own, peer] = [median(fast?.rounds ?? []), median(slow?.rounds ?? [])];
  return {
    area: AREA,
    what: 'address as text → named locations, 10,000 ranges, by the clock',
    value: 1e9 / own,
    unit: 'a second',
    peer: { name: 'ipaddr.js', value: 1e9 / peer },
    ratio: peer / own,
    goal: atLeast(peer / own, 300, '≥ 300 ×'),
  };
}

export async function ranges({ rounds }: Extent): Promise<Measurements> {
  const sizes = [10, 100, 1_000, 10_000, 100_000, 390_000];
  const costs = sizes.map((size) => [size, built(size, rounds)] as const);
  const [, most = { reading: 0, indexing: 0 }] = costs.at(-1) ?? [];
  const figures: Figure[] = [
    { area: AREA, what: 'reading 390,000 ranges', value: most.reading * 1000, unit: 'ms' },
    {
      area: AREA,
      what: 'index of 390,000 ranges',
      value: most.indexing * 1000,
      unit: 'ms',
      goal: atMost(most.indexing, 0.4, '≤ 400 ms'),
    },
    lookUps(rounds),
  ];
  const growth: Growth = {
    name: 'ranges',
    title: 'Reading and indexing ranges',
    across: 'ranges',
    up: 'ms of processor time',
    points: costs.map(([size, { reading, indexing }]) => [size, (reading + indexing) * 1000]),
  };
  return { figures, growth: [growth] };
}
