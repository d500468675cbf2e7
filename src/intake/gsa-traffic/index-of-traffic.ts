import type { SignIn } from '../../core/conditional-access/record/sign-in.ts';
import type { Address } from '../../core/network/address.ts';
import { isMembers, textOf } from '../sign-ins/facts/members.ts';
import type { TrafficSource } from '../sign-ins/facts/network-path-of.ts';

/** One entry of the traffic log. */
export interface TrafficEntry {
  /** Object id and user principal name, as far as known. */
  readonly users: readonly string[];
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly address: Address;
  readonly via: TrafficSource['via'];
  readonly deviceId: string | undefined;
}

/** A device of a user at one address, seen at both ends and never silent for longer than the window in between. */
interface Stay {
  readonly source: TrafficSource;
  readonly deviceId: string | undefined;
  from: number;
  to: number;
}

/** An index of where users were, and when. Entries come in any order and are kept as stays: a window's traffic costs one. */
export class TrafficIndex {
  readonly #window: number;
  readonly #open = new Map<string, Stay>();
  readonly #users = new Map<string, Stay[]>();

  /** `window` in seconds. */
  constructor(window: number) {
    this.#window = window * 1000;
  }

  add({ users, time, address, via, deviceId }: TrafficEntry): void {
    const slot = Math.floor(time / this.#window);
    for (const user of users) {
      const name = user.toLowerCase();
      const key = [name, slot, address.text, via, deviceId ?? ''].join('\n');
      const stay = this.#open.get(key);
      if (stay === undefined) {
        const begun = { source: { address, via }, deviceId, from: time, to: time };
        this.#open.set(key, begun);
        const stays = this.#users.get(name);
        if (stays === undefined) this.#users.set(name, [begun]);
        else stays.push(begun);
      } else {
        stay.from = Math.min(stay.from, time);
        stay.to = Math.max(stay.to, time);
      }
    }
  }

  /** Everything has been added: sorts, and forgets what only adding needs. */
  close(): void {
    this.#open.clear();
    for (const stays of this.#users.values()) stays.sort((a, b) => a.from - b.from);
  }

  sourceOf(signIn: SignIn): TrafficSource | undefined {
    const stays = this.#staysOf(signIn);
    const near = stays === undefined ? [] : this.#near(stays, Date.parse(signIn.createdDateTime));
    const deviceId = deviceIdOf(signIn);
    const own = near.filter((stay) => deviceId !== undefined && stay.deviceId?.toLowerCase() === deviceId);
    const candidates = own.length > 0 ? own : near;
    const [first] = candidates;
    // Two addresses at one time: a second device, or the moment of a move. Neither is guessed.
    const agreed = candidates.every(({ source }) => source.address.text === first?.source.address.text);
    return agreed ? first?.source : undefined;
  }

  #staysOf(signIn: SignIn): readonly Stay[] | undefined {
    const byId = signIn.userId ? this.#users.get(signIn.userId.toLowerCase()) : undefined;
    return byId ?? (signIn.userPrincipalName ? this.#users.get(signIn.userPrincipalName.toLowerCase()) : undefined);
  }

  /** Stays that reach into the window around the time; none lasts longer than a window. */
  #near(stays: readonly Stay[], time: number): readonly Stay[] {
    const near: Stay[] = [];
    for (let at = firstFrom(stays, time - 2 * this.#window); at < stays.length; at++) {
      const stay = stays[at];
      if (stay === undefined || stay.from > time + this.#window) break;
      if (stay.to >= time - this.#window) near.push(stay);
    }
    return near;
  }
}

/** Position of the first stay that begins at that time or later. */
function firstFrom(stays: readonly Stay[], time: number): number {
  let low = 0;
  let high = stays.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stays[middle]?.from ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

function deviceIdOf(signIn: SignIn): string | undefined {
  const detail = signIn['deviceDetail'];
  return isMembers(detail) ? textOf(detail['deviceId'])?.toLowerCase() : undefined;
}
