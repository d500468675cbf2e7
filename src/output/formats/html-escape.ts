import { encodeText } from '../encode.ts';

/** Text for an element or a quoted attribute: no character of it is markup, and none is hidden. */
export function escapeHtml(text: string): string {
  return encodeText(text).replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}
