const FRACTION = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.(\d+)(Z|[+-]\d\d:\d\d)$/i;

/**
 * Microseconds since 1970 of an RFC 3339 time, `null` if it is none: texts of different precision do not sort as text, and
 * milliseconds would make equals of sign-ins that Graph, with seven digits, keeps apart.
 */
export function timeKey(text: string): number | null {
  // The usual spelling first: no fraction, UTC.
  if (text.length === 20) {
    const milliseconds = Date.parse(text);
    return Number.isNaN(milliseconds) ? null : milliseconds * 1000;
  }
  const fraction = FRACTION.exec(text);
  const [, seconds, digits = '', zone = ''] = fraction ?? [];
  const milliseconds = Date.parse(fraction === null ? text : `${seconds}${zone}`);
  if (Number.isNaN(milliseconds)) return null;
  return milliseconds * 1000 + Number(`${digits}000000`.slice(0, 6));
}
