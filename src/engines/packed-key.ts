import type { GroupName } from './fact-columns.ts';
import { ADDRESS_COLUMNS, ADDRESS_PAIRS, GROUP_NAMES } from './fact-columns.ts';
import type { KeyPlan } from './fact-engine.ts';

/** One number of a key, and how many values it has. */
export interface KeyPart {
  readonly name: string;
  readonly size: number;
}

/** The numbers that make up a key, by the names that queries give them; `odd` is how many texts stand where times do. */
export function keyParts({ classes, addresses, changes }: KeyPlan, odd: number): readonly KeyPart[] {
  const ofAddresses = most([...addresses.ipv4, ...addresses.ipv6].map((range) => range.class));
  return [
    ...GROUP_NAMES.map((group) => ({ name: classColumn(group), size: most(classes[group].values()) + 1 })),
    ...ADDRESS_COLUMNS.map((_, at) => ({ name: `a${at}`, size: ofAddresses + 1 })),
    { name: 'equal', size: 2 ** ADDRESS_PAIRS.length },
    { name: 'odd', size: odd + 1 },
    ...changes.map((_, at) => ({ name: `m${at}`, size: 2 })),
  ];
}

function most(numbers: Iterable<number>): number {
  let found = 0;
  for (const number of numbers) found = Math.max(found, number);
  return found;
}

export function classColumn(group: GroupName): string {
  return `${group}_class`;
}

/** All parts in one whole number, so that two keys are one number only where they are one key. */
export function packed(parts: readonly KeyPart[], cast: (column: string) => string): string {
  return parts.reduce((sum, { name, size }) => (sum === '' ? cast(name) : `(${sum}) * ${size} + ${name}`), '');
}

/** Whether the number fits into 63 bits. */
export function isSmall(parts: readonly KeyPart[]): boolean {
  return parts.reduce((product, { size }) => product * size, 1) < 2 ** 62;
}
