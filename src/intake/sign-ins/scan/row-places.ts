import { READ_MEMBERS } from './read-members.ts';
import type { RecordPart } from './record-parts.ts';
import { RECORD_PARTS } from './record-parts.ts';

/** Places of the members of each part among {@link READ_MEMBERS}, in the order of the numbers in a row. */
export const PART_PLACES: readonly (readonly number[])[] = Object.values(RECORD_PARTS).map(placesOf);

/** Where the number of a part stands in a row, behind those of the values. */
export function columnOf(part: RecordPart): number {
  return READ_MEMBERS.length + Object.keys(RECORD_PARTS).indexOf(part);
}

/** Where the number of what is the same for many devices stands (device-rests.ts). */
export const DEVICE_REST = READ_MEMBERS.length + PART_PLACES.length;

/** How many numbers a row has: of the values, of the parts, and that one. */
export const ROW_WIDTH = DEVICE_REST + 1;

export function placesOf(members: readonly string[]): readonly number[] {
  return members.map((name) => READ_MEMBERS.indexOf(name));
}
