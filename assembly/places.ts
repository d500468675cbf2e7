/** Where the values of a record stand, and their numbers as far as they are known; for some records, until they are taken. */
import { MOST_MEMBERS } from './plan';
import { reserve } from './room';

/** Records that wait to be taken, at most. */
export const MOST_WAITING: u32 = 16;

/** Stands for the number that the value has in the record before, until that one is taken. */
export const AS_BEFORE: i32 = i32.MIN_VALUE;

const NUMBERS: usize = MOST_MEMBERS << 2;
const PLACES: usize = NUMBERS * 3;
/** One more, so that the last record that was taken is there to be compared with. */
const all = reserve(<usize>(MOST_WAITING + 1) * PLACES);
const end = all + <usize>(MOST_WAITING + 1) * PLACES;

/** Of the members of one record; an offset of 0 is none. */
export let starts: usize = all;
export let ends: usize = all + NUMBERS;
export let numbers: usize = all + NUMBERS * 2;
/** Of the record before. */
export let numbersBefore: usize = numbers;

/** Goes to the places that begin at an offset. */
export function goTo(places: usize): void {
  starts = places;
  ends = places + NUMBERS;
  numbers = places + NUMBERS * 2;
  numbersBefore = (places === all ? end : places) - NUMBERS;
}

export function goToNext(): void {
  const next = starts + PLACES;
  goTo(next === end ? all : next);
}

export function clearPlaces(): void {
  for (let at: usize = 0; at < NUMBERS; at += 16) {
    v128.store(starts + at, i32x4.splat(0));
    v128.store(numbers + at, i32x4.splat(0));
  }
}

/** Puts the numbers where they are those of the record before, which has all of its own. */
export function resolveNumbers(): void {
  const before = i32x4.splat(AS_BEFORE);
  for (let at: usize = 0; at < NUMBERS; at += 16) {
    const known = v128.load(numbers + at);
    v128.store(numbers + at, v128.bitselect(v128.load(numbersBefore + at), known, i32x4.eq(known, before)));
  }
}
