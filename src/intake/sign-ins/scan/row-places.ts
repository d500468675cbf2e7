import { READ_MEMBERS } from './read-members.ts';
import type { RecordPart } from './record-parts.ts';
import { RECORD_PARTS } from './record-parts.ts';

/** What each part is numbered by, in the order of the parts in a row: places of values and of parts before it. */
export const PART_PLACES: readonly (readonly number[])[] = Object.keys(RECORD_PARTS).map((_, part) => placesIn(part));

/** Where the number of a part stands in a row, behind those of the values. */
export function columnOf(part: RecordPart): number {
  return READ_MEMBERS.length + Object.keys(RECORD_PARTS).indexOf(part);
}

/** Where the number of what is the same for many devices stands (device-rests.ts). */
export const DEVICE_REST = READ_MEMBERS.length + PART_PLACES.length;

/** How many numbers a row has: of the values, of the parts, and that one. */
export const ROW_WIDTH = DEVICE_REST + 1;

/** Parts before it of which a part has all members, and the members that are left. */
function placesIn(part: number): readonly number[] {
  const parts: readonly (readonly string[])[] = Object.values(RECORD_PARTS).slice(0, part + 1);
  const places: number[] = [];
  let members = parts[part] ?? [];
  for (let other = part - 1; other >= 0; other--) {
    const inner = parts[other] ?? [];
    if (inner.length === 1 || !inner.every((name) => members.includes(name))) continue;
    places.push(READ_MEMBERS.length + other);
    members = members.filter((name) => !inner.includes(name));
  }
  return [...places, ...placesOf(members)];
}

export function placesOf(members: readonly string[]): readonly number[] {
  return members.map((name) => READ_MEMBERS.indexOf(name));
}
