import { isGuid } from '../../core/values/guid.ts';
import { widthOf } from './cell-text.ts';

/** A word up to here is not broken; of longer ones only what means nothing in pieces: ids, addresses, times, people. */
const WORD = 20;
const ADDRESS_TIME_OR_PERSON = /^[0-9a-f:.]+(\/\d+)?$|^\d{4}-\d\d-\d\dT|^[^@\s]{1,40}@[\w.-]{1,40}$/i;

/** Marks before and after a word, which do not make it another. */
const CLINGING = /^[(“]+|[,;:.)”]+$/g;

/** Columns of the longest word of a text that is not to be broken; 0 where any may. */
export function longestWord(text: string): number {
  return text.split(' ').reduce((most, word) => {
    const width = widthOf(word);
    return width <= WORD || (width <= MOST_WHOLE && isWhole(word.replace(CLINGING, ''))) ? Math.max(most, width) : most;
  }, 0);
}

function isWhole(word: string): boolean {
  return isGuid(word) || ADDRESS_TIME_OR_PERSON.test(word);
}

/** Letters of the longest IPv6 range and of an id; a name that is longer is broken like any other. */
const MOST_WHOLE = 44;
