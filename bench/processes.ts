import { fileURLToPath } from 'node:url';
import type { Measured } from './measured.ts';
import { measure } from './measured.ts';
import { median } from './paired.ts';

/** This Node itself, as the shebang of the package would find it: no other one hands over to it. */
export const NODE = process.execPath;
export const GSA = `${NODE} ${fileURLToPath(new URL('../bin/gsa.js', import.meta.url))}`;
/** `file` is one of bench/peers. */
export const peer = (file: string) => `${NODE} ${fileURLToPath(new URL(`./peers/${file}`, import.meta.url))}`;

export interface Cost {
  readonly cpu: number;
  readonly wall: number;
  readonly peak: number;
}

/** The median cost of each command line, all of them in every round: a slow moment of the machine hits them alike. */
export async function compare(
  commands: Readonly<Record<string, string>>,
  rounds: number,
): Promise<Record<string, Cost>> {
  const runs = new Map<string, Measured[]>(Object.keys(commands).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, command] of Object.entries(commands)) runs.get(name)?.push(await measure(command, QUIET));
  }
  return Object.fromEntries([...runs].map(([name, all]) => [name, costOf(all)]));
}

/** The first run alone: for what may be done once, as a write. */
export async function once(command: string): Promise<Cost> {
  return costOf([await measure(command, QUIET)]);
}

/** These add to every start. */
const QUIET = { NODE_OPTIONS: '', NODE_EXTRA_CA_CERTS: '', GSA_TENANT: '' };

function costOf(all: readonly Measured[]): Cost {
  return {
    cpu: median(all.map(({ cpu }) => cpu)),
    wall: median(all.map(({ wall }) => wall)),
    peak: Math.max(...all.map(({ peak }) => peak)),
  };
}
