import type { ChalkInstance } from 'chalk';
import { encodeText } from '../encode.ts';
import type { Inline, Span } from '../view.ts';
import { spansOf } from '../view.ts';
import { widthOf } from './cell-text.ts';
import { paint, paintSafe } from './tones.ts';

/** Text in lines of that width. A command to type is never broken, wherever it stands: people copy it. */
export function prose(text: Inline, chalk: ChalkInstance, width: number): string {
  const spans = spansOf(text);
  if (spans.every(({ tone }) => tone === 'code')) return paint(text, chalk);
  if (!spans.some(isCommand)) return wrap(paint(text, chalk), width);
  const words: Span[][] = [[]];
  for (const span of spans) {
    const safe = encodeText(span.text);
    for (const [at, part] of (isCommand(span) ? [safe] : safe.split(' ')).entries()) {
      // Spans follow each other without a blank: the first part goes on with the word before it.
      if (at > 0) words.push([]);
      words.at(-1)?.push({ ...span, text: part });
    }
  }
  return linesOf(words, width)
    .map((line) => painted(line, chalk))
    .join('\n');
}

/** As many words on each line as fit. */
function linesOf(words: readonly (readonly Span[])[], width: number): readonly (readonly Span[])[][] {
  const lines: (readonly Span[])[][] = [];
  let room = 0;
  for (const word of words) {
    const length = word.reduce((sum, { text }) => sum + widthOf(text), 0);
    if (lines.length > 0 && length < room) lines.at(-1)?.push(word);
    else lines.push([word]);
    room = (lines.at(-1)?.length === 1 ? width : room - 1) - length;
  }
  return lines;
}

/** The words of a line, a blank between them; what follows in the same tone is painted at once. */
function painted(words: readonly (readonly Span[])[], chalk: ChalkInstance): string {
  const runs: { text: string; tone: Span['tone'] }[] = [];
  for (const [at, word] of words.entries()) {
    for (const [place, { text, tone }] of word.entries()) {
      const last = runs.at(-1);
      const blank = at > 0 && place === 0 ? ' ' : '';
      if (last !== undefined && last.tone === tone) last.text += blank + text;
      else {
        if (last !== undefined) last.text += blank;
        runs.push({ text, tone });
      }
    }
  }
  return runs.map(({ text, tone }) => paintSafe(text, tone, chalk)).join('');
}

function isCommand({ text, tone }: Span): boolean {
  return tone === 'code' && text.includes(' ');
}

/** Breaks painted text between words; escapes have no width. A word that is wider than the line stays whole. */
export function wrap(text: string, width: number): string {
  const wrapped: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && widthOf(longer) > width) {
      wrapped.push(line);
      line = word;
    } else line = longer;
  }
  return [...wrapped, line].join('\n');
}
