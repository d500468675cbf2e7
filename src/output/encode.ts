/** ASCII and what our own words hold shows as it is. To ask for this first spares a start the pattern of all that does not. */
const PLAIN = /^[ -~×’—…→≥]*$/;

/** Joiners and the emoji selector change how the characters beside them look: Persian and emoji need them. */
const KEPT = new Set(['\u200c', '\u200d', '\ufe0f']);

/**
 * What a build server would take for a command of its own: `##[…]` and `##vso[…]` anywhere, `::name` where a line may begin.
 * An IPv6 address such as `::1` is none: at most four hexadecimal digits follow its colons, and it has two together only once.
 */
const MARKED_COMMAND = /##(?=\[|vso\[|teamcity\[)/gi;
const WORKFLOW_COMMAND = /(^|\s)::(?=[a-z-])(?![\da-f]{1,4}(?=[:/.\s]|$)(?!\S*::))/gi;

/** One line of safe text. */
export function encodeText(text: string): string {
  // Nearly every cell of a long list, and each is asked for several times.
  if (PLAIN.test(text) && !text.includes('##') && !text.includes('::')) return text;
  return replaceHidden(text, escapeOf)
    .replace(MARKED_COMMAND, '#\\x23')
    .replace(WORKFLOW_COMMAND, (_, before: string) => `${before}:\\x3a`);
}

/** Safe text that may have several lines. */
export function encodeLines(text: string): string {
  return text.split('\n').map(encodeText).join('\n');
}

/** JSON text whose strings hold no character that a terminal would obey; it parses to the same value. */
export function encodeJson(json: string): string {
  const safe = replaceHidden(json, (character) => (character === '\n' ? character : jsonEscapeOf(character)));
  return safe.replace(MARKED_COMMAND, '#\\u0023');
}

/**
 * Text from outside is made visible at the last moment, for every stream and format: C0 and C1 controls, DEL, bidi
 * controls, invisible characters, letters and symbols that show nothing (U+3164, U+2800), line separators and lone surrogates
 * become escapes.
 */
function replaceHidden(text: string, shown: (character: string) => string): string {
  if (PLAIN.test(text)) return text;
  return text.replace(
    /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb\u2800\u{1d159}]/gu,
    shown,
  );
}

function escapeOf(character: string): string {
  if (KEPT.has(character)) return character;
  const point = character.codePointAt(0) ?? 0;
  if (point === 0x0a) return '\\n';
  if (point === 0x0d) return '\\r';
  if (point === 0x09) return '\\t';
  return point < 0x100 ? `\\x${hex(point, 2)}` : `\\u{${hex(point, 4)}}`;
}

function jsonEscapeOf(character: string): string {
  if (KEPT.has(character)) return character;
  let escaped = '';
  for (let at = 0; at < character.length; at++) escaped += `\\u${hex(character.charCodeAt(at), 4)}`;
  return escaped;
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
