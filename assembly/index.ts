/** What the scanner of NDJSON offers to src/intake/sign-ins/scan/compiled-scanner.ts; all offsets are into its memory. */
export { arePartsAnew, begin, isAnew, isDone, lineFeeds, rowsOf, SLOTS, scan, slot, wordsOf } from './lines';
export { tellPart, tellPartPlace } from './parts';
export {
  desk,
  LARGEST_BLOCK,
  tell,
  tellAddress,
  tellDevice,
  tellDeviceId,
  tellDeviceName,
  tellMember,
  tellStepMember,
  tellTimed,
} from './plan';

import { lists, texts } from './numbers';

/** How many texts of values, or lists of their numbers, are kept. */
export function countOf(isLists: bool): u32 {
  return (isLists ? lists : texts).count;
}

/** Where these stand, one behind the other. */
export function bytesOf(isLists: bool): usize {
  return (isLists ? lists : texts).bytes;
}

/** Where each begins among them, by its number. */
export function startsOf(isLists: bool): usize {
  return (isLists ? lists : texts).starts;
}
