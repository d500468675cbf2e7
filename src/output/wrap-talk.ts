import { widthOf } from './formats/cell-text.ts';

/** A command in backticks is one word, with what clings to it: people copy it. */
const WORD = /[^\s`]*`[^`]*`[^\s`]*|\S+/gu;

/**
 * Talk in lines of that width, broken between words; what begins a line stays where it is, and the lines that follow are as
 * far in. Without a width as it is, and so is a line with a word of more than half of it: a request or a path is no sentence.
 */
export function wrapTalk(text: string, width: number | undefined): string {
  if (width === undefined || width < 20) return text;
  return text
    .split('\n')
    .map((line) => (widthOf(line) <= width ? line : wrapLine(line, width)))
    .join('\n');
}

/** Options and names are words of a sentence, however narrow the screen. */
const LONGEST_OPTION = 30;

function wrapLine(line: string, width: number): string {
  const [indent = ''] = /^ */.exec(line) ?? [];
  const words = [...line.matchAll(WORD)].map(([word]) => word);
  if (words.some((word) => !word.includes('`') && widthOf(word) > Math.max(width / 2, LONGEST_OPTION))) return line;
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(last) + 1 + widthOf(word) <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(indent + word);
  }
  return lines.join('\n');
}
