/**
 * Sign-ins that were scanned wait for some others before they are taken: what they are looked for by lies all over the memory, and
 * what is asked for at once is waited for once.
 */
import { hashOf } from './bytes';
import { full, look, numberAt, PLACED, SHORTEST_PLACED, seeAll, seldomOf, texts } from './numbers';
import { changedIn, takeDevice, takeParts } from './parts';
import { ends, goTo, MOST_WAITING, numbers, resolveNumbers, starts } from './places';
import { MOST_MEMBERS, width } from './plan';
import { reserve } from './room';
import { askForValue, likelyNumber } from './values';

/** The places of each of them, its row, and bits of the values in which it differs from the one before. */
const places = reserve(MOST_WAITING << 2);
const rows = reserve(MOST_WAITING << 2);
const changed = reserve(MOST_WAITING << 3);
let count: u32 = 0;

/** A value that is looked for. */
@unmanaged
class Sought {
  places: u32;
  member: u32;
  hash: u32;
  /** The number of the value that it probably is; 0: it is a new one. */
  likely: u32;
}

const SOUGHT: usize = offsetof<Sought>();
const sought = reserve(<usize>MOST_WAITING * <usize>MOST_MEMBERS * SOUGHT);
let soughtEnd = sought;

/** For what is asked for, so that it is really loaded. */
const asked = reserve(4);

/** Lets the record that was scanned last wait for its numbers, which `row` will have. `block`: where the block begins. */
export function wait(block: usize, row: usize): void {
  const own = starts;
  const areSeldom = seldomOf();
  const unnumbered = seeAll();
  if (full !== 0) {
    // How many values were new shows when all before it are taken.
    takeWaiting();
    goTo(own);
    look();
  }
  for (let members = unnumbered; members !== 0; members &= members - 1) {
    const member = <i32>ctz(members);
    const at = member << 2;
    const start: usize = load<u32>(starts + at);
    const length = load<u32>(ends + at) - <u32>start;
    if (((areSeldom >> member) & 1) !== 0 && length >= SHORTEST_PLACED) {
      store<i32>(numbers + at, PLACED + <i32>(start - block));
      continue;
    }
    const value = changetype<Sought>(soughtEnd);
    value.places = <u32>own;
    value.member = member;
    value.hash = hashOf(start, length);
    soughtEnd += SOUGHT;
  }
  store<u32>(places + (count << 2), <u32>own);
  store<u32>(rows + (count << 2), <u32>row);
  count++;
  // The next record finds what this one has numbered, as its values may be left at their places.
  if (count === MOST_WAITING || full !== 0) takeWaiting();
}

/** Gives numbers to all that wait, and to their parts. */
export function takeWaiting(): void {
  askForValues();
  for (let at = sought; at < soughtEnd; at += SOUGHT) {
    const value = changetype<Sought>(at);
    goTo(value.places);
    store<u32>(numbers + (value.member << 2), numberAt(value.member, value.hash));
  }
  soughtEnd = sought;
  for (let at: u32 = 0; at < count; at++) {
    const row: usize = load<u32>(rows + (at << 2));
    goTo(load<u32>(places + (at << 2)));
    resolveNumbers();
    memory.copy(row, numbers, width << 2);
    store<u64>(changed + (at << 3), changedIn(row));
  }
  takeParts(rows, changed, count);
  for (let at: u32 = 0; at < count; at++) {
    goTo(load<u32>(places + (at << 2)));
    takeDevice(load<u32>(rows + (at << 2)));
  }
  count = 0;
}

/** Asks where all are, and then for them. */
function askForValues(): void {
  for (let at = sought; at < soughtEnd; at += SOUGHT) {
    const value = changetype<Sought>(at);
    value.likely = likelyNumber(texts, value.hash);
  }
  let all: u32 = 0;
  for (let at = sought; at < soughtEnd; at += SOUGHT) {
    const likely = changetype<Sought>(at).likely;
    if (likely !== 0) all ^= askForValue(texts, likely);
  }
  store<u32>(asked, all);
}
