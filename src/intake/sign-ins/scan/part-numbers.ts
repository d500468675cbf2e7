import { DeviceRests } from './device-rests.ts';
import { RECORD_PARTS } from './record-parts.ts';
import { DEVICE_REST, PART_PLACES, placesOf } from './row-places.ts';
import { Tuples } from './tuples.ts';
import type { ValuePlaces } from './value-numbers.ts';
import { PLACED } from './value-places.ts';

/** Parts of a kind after which all are numbered anew: there are two for each person of a company of thirty thousand. */
const MOST_PARTS = 65_536;

/** Where the numbers of the parts begin in a row. */
const FIRST_PART = DEVICE_REST - PART_PLACES.length;

const WIDEST = Math.max(...PART_PLACES.map((places) => places.length));

const [DEVICE, PROTECTION] = placesOf(RECORD_PARTS.device) as [number, number];

/** Numbers the parts of one record after the other by the numbers of their values; 0: a value of it has none. */
export class PartNumbers {
  readonly #tuples = PART_PLACES.map((places) => new Tuples(places.length));
  readonly #devices = new DeviceRests();
  /** What is said of token protection, and the rest of a device. */
  readonly #protectedDevices = new Tuples(2);
  readonly #row = new Int32Array(WIDEST);

  get isFull(): boolean {
    return this.#tuples.some(({ size }) => size > MOST_PARTS) || this.#protectedDevices.size > MOST_PARTS;
  }

  clear(): void {
    for (const tuples of this.#tuples) tuples.clear();
    this.#protectedDevices.clear();
  }

  /** Puts the numbers of the parts behind those of the values, which begin at `offset`. */
  take({ starts }: ValuePlaces, bytes: Uint8Array, row: Int32Array, offset: number): void {
    for (let part = 0; part < PART_PLACES.length; part++) {
      row[offset + FIRST_PART + part] = this.#number(part, row, offset);
    }
    row[offset + DEVICE_REST] = this.#deviceNumber(bytes, starts[DEVICE] as number, row[offset + PROTECTION] as number);
  }

  #number(part: number, row: Int32Array, offset: number): number {
    const places = PART_PLACES[part] as readonly number[];
    for (let column = 0; column < places.length; column++) {
      const place = places[column] as number;
      const number = row[offset + place] as number;
      if (number >= PLACED || (number === 0 && place >= FIRST_PART)) return 0;
      this.#row[column] = number;
    }
    return (this.#tuples[part] as Tuples).number(this.#row);
  }

  /** `place`: where the device begins, -1 where there is none; `protection`: the number of what is said of token protection. */
  #deviceNumber(bytes: Uint8Array, place: number, protection: number): number {
    if (place < 0 || protection >= PLACED) return 0;
    const rest = this.#devices.number(bytes, place);
    if (rest === 0) return 0;
    this.#row[0] = protection;
    this.#row[1] = rest;
    return this.#protectedDevices.number(this.#row);
  }
}
