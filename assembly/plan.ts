/** What is looked for, as it is told at the beginning: the members of a record, those of a step, and how a step begins. */
import { isSame } from './bytes';
import { reserve } from './room';

/** Bytes of the largest block that is scanned: a mebibyte to the end of its last line. */
export const LARGEST_BLOCK: u32 = 3 << 19;

/** Members that can be asked for. */
export const MOST_MEMBERS: i32 = 64;

const MOST_STEP_MEMBERS: usize = 16;
const LONGEST_NAME: usize = 64;

/** What a member is, in bits. */
const OBJECT: u32 = 1;
export const SUBJECT: u32 = 2;

/** How many members have numbers: the first ones. */
export let width: i32 = 0;
export let id: i32 = -1;
export let time: i32 = -1;
export let correlation: i32 = -1;
export let listed: i32 = -1;
export let steps: i32 = -1;
export let device: i32 = -1;
/** What is said of token protection. */
export let protection: i32 = -1;
/** Values of a member after which it shows whether they repeat. */
export let window: u32 = 0;

const kinds = reserve(MOST_MEMBERS);
/** Bits of the members whose values are never numbered. */
export let placedMembers: u64 = 0;

/** `{"authenticationStepDateTime":"`, and the names of the members of steps that are read, each in its quotes. */
export const TIMED = reserve(LONGEST_NAME);
export let TIMED_LENGTH: usize = 0;
const names = reserve(LONGEST_NAME * MOST_STEP_MEMBERS);
const lengths = reserve(MOST_STEP_MEMBERS << 2);
let nameCount: usize = 0;

/** How a device begins, and how its name does behind its id. */
export const DEVICE_ID = reserve(LONGEST_NAME);
export let DEVICE_ID_LENGTH: usize = 0;
export const DEVICE_NAME = reserve(LONGEST_NAME);
export let DEVICE_NAME_LENGTH: usize = 0;

/** Members with an address, by their places in a row of words. */
export const ADDRESSES: i32 = 4;
const addresses = reserve(ADDRESSES << 2);

/** Where a text is put before it is told. */
export const desk = reserve(LONGEST_NAME);

export function tell(
  widthOfAll: i32,
  windowOfAll: u32,
  idAt: i32,
  timeAt: i32,
  correlationAt: i32,
  listedAt: i32,
  stepsAt: i32,
): void {
  width = widthOfAll;
  window = windowOfAll;
  id = idAt;
  time = timeAt;
  correlation = correlationAt;
  listed = listedAt;
  steps = stepsAt;
}

export function tellMember(member: i32, isObjectMember: bool, isPlacedMember: bool, isSubject: bool): void {
  if (member >= MOST_MEMBERS) unreachable();
  store<u8>(kinds + member, (isObjectMember ? OBJECT : 0) | (isSubject ? SUBJECT : 0));
  if (isPlacedMember) placedMembers |= (<u64>1) << member;
}

export function tellDevice(deviceAt: i32, protectionAt: i32): void {
  device = deviceAt;
  protection = protectionAt;
}

export function tellDeviceId(length: usize): void {
  if (length > LONGEST_NAME) unreachable();
  memory.copy(DEVICE_ID, desk, length);
  DEVICE_ID_LENGTH = length;
}

export function tellDeviceName(length: usize): void {
  if (length > LONGEST_NAME) unreachable();
  memory.copy(DEVICE_NAME, desk, length);
  DEVICE_NAME_LENGTH = length;
}

export function tellAddress(member: i32, place: i32): void {
  if (place >= ADDRESSES) unreachable();
  store<i32>(addresses + (place << 2), member);
}

/** The member whose address has a place in a row of words. */
export function addressAt(place: i32): i32 {
  return load<i32>(addresses + (place << 2));
}

export function tellTimed(length: usize): void {
  if (length > LONGEST_NAME) unreachable();
  memory.copy(TIMED, desk, length);
  TIMED_LENGTH = length;
}

export function tellStepMember(length: usize): void {
  if (length > LONGEST_NAME || nameCount === MOST_STEP_MEMBERS) unreachable();
  memory.copy(names + nameCount * LONGEST_NAME, desk, length);
  store<u32>(lengths + (nameCount << 2), <u32>length);
  nameCount++;
}

export function isObject(member: i32): bool {
  return (load<u8>(kinds + member) & OBJECT) !== 0;
}

export function kindOf(member: i32): u32 {
  return load<u8>(kinds + member);
}

/** Whether a member of a step is read that has this name, in its quotes. */
export function isRead(name: usize, length: usize): bool {
  for (let at: usize = 0; at < nameCount; at++) {
    if (<usize>load<u32>(lengths + (at << 2)) === length && isSame(name, names + at * LONGEST_NAME, length))
      return true;
  }
  return false;
}
