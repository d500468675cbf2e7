import type { AttemptParts } from '../facts/to-attempt.ts';
import { ContentNumbers } from './content-numbers.ts';
import { isWholeRest } from './device-rests.ts';
import type { PartMemory } from './part-memory.ts';
import type { NumberedSignIn } from './part-reader.ts';
import { RECORD_PARTS } from './record-parts.ts';
import { DEVICE_REST, placesOf } from './row-places.ts';

const [DEVICE] = placesOf(RECORD_PARTS.device) as [number];

/** Stands for a rest that may go on behind a brace in a text: it says nothing of another device. */
const NOT_WHOLE = -1;

/** Numbers for what devices prove: nobody reads another one that is alike but for its names. */
export class DeviceNumbers {
  readonly #contents: ContentNumbers<AttemptParts['device']>;
  /** By the number of the rest (device-rests.ts); 0 where nothing is known of it. */
  readonly #rests: number[] = [0];

  constructor(memory: PartMemory<AttemptParts['device']>) {
    this.#contents = new ContentNumbers(memory, textOfClaims);
  }

  clear(): void {
    this.#contents.clear();
    this.#rests.length = 1;
  }

  number(signIn: NumberedSignIn): number {
    const { numbers, offset } = signIn;
    const rest = numbers[offset + DEVICE_REST] as number;
    const known = rest < this.#rests.length ? (this.#rests[rest] as number) : 0;
    if (known > 0) return known;
    const number = this.#contents.number(signIn);
    if (rest > 0 && known === 0) this.#keep(signIn, rest, number);
    return number;
  }

  #keep({ bytes, values, numbers, offset }: NumberedSignIn, rest: number, number: number): void {
    while (this.#rests.length < rest) this.#rests.push(0);
    const device = values.bytesFrom(numbers[offset + DEVICE] as number, bytes);
    this.#rests[rest] = isWholeRest(device) ? number : NOT_WHOLE;
  }
}

/** Everything of a device but the names that it has. */
function textOfClaims({ device, platform, claims, isSessionBound }: AttemptParts['device']): string {
  const has = device === undefined || device === null ? device : [device['isCompliant'], device['trustType']];
  return JSON.stringify([has === undefined, has, platform === undefined, platform, claims, isSessionBound]);
}
