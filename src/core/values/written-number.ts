/** What ECMAScript has for JSON text that is to be written as it was read; TypeScript does not declare it yet. */
interface RawJson {
  rawJSON(text: string): object;
}

/**
 * A number of a JSON text. One whose digits a number of JavaScript cannot hold, such as `12345678901234567890`, becomes a value that
 * `JSON.stringify` writes as it was read: members that gsa does not know survive to the digit.
 */
export function writtenNumber(text: string): unknown {
  const number = Number(text);
  return isExact(text, number) ? number : (JSON as JSON & RawJson).rawJSON(text);
}

/** Whether a number says all that its text says. */
export function isExact(text: string, number: number): boolean {
  // A number of JavaScript holds fifteen digits whatever they are, unless it is too small for it.
  if (text.length <= 15 && Number.isFinite(number) && (number !== 0 || digitsOf(text) === '')) return true;
  return Number.isFinite(number) && digitsOf(text) === digitsOf(String(number));
}

/** The digits that count, without sign, point, exponent and the zeros at both ends. */
function digitsOf(text: string): string {
  const [mantissa = ''] = text.toLowerCase().split('e');
  return mantissa.replace(/[-+.]/g, '').replace(/^0+|0+$/g, '');
}
