import type { ChalkInstance } from 'chalk';
import { encodeText } from '../encode.ts';
import type { Inline, Tone } from '../view.ts';
import { spansOf } from '../view.ts';

/** Safe text with its tones; `shape` may break it into lines, after it was made safe. */
export function paint(inline: Inline, chalk: ChalkInstance, shape: (text: string) => string = (text) => text): string {
  if (typeof inline === 'string') return shape(encodeText(inline));
  return spansOf(inline)
    .map(({ text, tone }) => ({ tone, shaped: shape(encodeText(text)) }))
    .map(({ shaped, tone }) => paintSafe(shaped, tone, chalk))
    .join('');
}

/** Text that is safe already. */
export function paintSafe(text: string, tone: Tone | undefined, chalk: ChalkInstance): string {
  return tone === undefined ? text : TONES[tone](chalk)(text);
}

const TONES: { readonly [tone in Tone]: (chalk: ChalkInstance) => ChalkInstance } = {
  strong: (chalk) => chalk.bold,
  dim: (chalk) => chalk.dim,
  good: (chalk) => chalk.green,
  bad: (chalk) => chalk.red,
  warning: (chalk) => chalk.yellow,
  code: (chalk) => chalk.cyan,
};
