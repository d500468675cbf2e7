import type { Place } from './types.ts';

/** Where something stands in a file, as a line of text tells it: `users.json:3 /value/0`. */
export function placeText({ file, line, pointer }: Place): string {
  return `${file}${line === undefined ? '' : `:${line}`}${pointer === undefined || pointer === '' ? '' : ` ${pointer}`}`;
}
