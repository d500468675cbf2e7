import type { Comparison } from '../../conditional-access/filter/rule-filter.ts';
import { TooLarge } from '../too-large.ts';

/** More states than any rule of the longest length needs that was seen; beyond, the texts are not all known. */
const MOST_STATES = 20_000;

/**
 * One text for every way in which these comparisons of one attribute can come out together. Each comparison with a text is an
 * automaton; the product of all of them is walked breadth first, so each way is found by a shortest text, and none is missed.
 */
export function tellingTexts(comparisons: readonly Comparison[]): string[] {
  const automata = comparisons.flatMap(({ operator, values }) =>
    values.flatMap((value) => (value === null ? [] : [automatonOf(operator, value.toLowerCase())])),
  );
  const letters = [...new Set(automata.flatMap(({ word }) => [...word]))];
  const alphabet = [...letters, otherThan(letters)];
  const seen = new Set<string>();
  const found = new Map<string, string>();
  let open: Walk[] = [{ text: '', states: automata.map(() => 0) }];
  while (open.length > 0) {
    const next: Walk[] = [];
    for (const walk of open) {
      const key = walk.states.join();
      if (seen.has(key)) continue;
      seen.add(key);
      if (seen.size > MOST_STATES) throw new TooLarge('a device filter that compares with too many texts', ['policy']);
      const accepted = automata.map((automaton, at) => Number(automaton.accepts(walk.states[at] ?? 0))).join('');
      if (!found.has(accepted)) found.set(accepted, walk.text);
      for (const letter of alphabet) {
        next.push({
          text: walk.text + letter,
          states: automata.map((one, at) => one.step(walk.states[at] ?? 0, letter)),
        });
      }
    }
    open = next;
  }
  return [...found.values()];
}

interface Walk {
  readonly text: string;
  readonly states: readonly number[];
}

interface Automaton {
  readonly word: string;
  step(state: number, letter: string): number;
  accepts(state: number): boolean;
}

const DEAD = -1;

function automatonOf(operator: Comparison['operator'], word: string): Automaton {
  const whole = word.length;
  switch (operator) {
    case 'eq':
    case 'in':
      return { word, step: exactStep(word), accepts: (state) => state === whole };
    case 'startsWith': {
      const step = exactStep(word);
      return {
        word,
        step: (state, letter) => (state === whole ? whole : step(state, letter)),
        accepts: (state) => state === whole,
      };
    }
    case 'endsWith':
      return { word, step: (state, letter) => overlap(word, state, letter), accepts: (state) => state === whole };
    case 'contains':
      return {
        word,
        step: (state, letter) => (state === whole ? whole : overlap(word, state, letter)),
        accepts: (state) => state === whole,
      };
  }
}

function exactStep(word: string): Automaton['step'] {
  return (state, letter) => (state !== DEAD && word[state] === letter ? state + 1 : DEAD);
}

/** How much of the word stands at the end of the text that had `state` letters of it, with one letter more. */
function overlap(word: string, state: number, letter: string): number {
  const tail = word.slice(0, state) + letter;
  for (let length = Math.min(word.length, tail.length); length > 0; length--) {
    if (tail.endsWith(word.slice(0, length))) return length;
  }
  return 0;
}

/** A letter that none of the words has. */
function otherThan(letters: readonly string[]): string {
  return [...'xqzjkvwybcdfghlmnprst0123456789-_aeiou'].find((letter) => !letters.includes(letter)) ?? '\u00a7';
}
