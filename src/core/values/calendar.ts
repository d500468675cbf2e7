/** Days and times of day as people write them (RFC 3339). */

/** Whether it is a day that there is, as `2026-03-01`: `Date` would make 30 February the 2nd of March (hazards 14). */
export function isRealDay(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return false;
  const date = new Date(Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])));
  return date.getUTCMonth() === Number(match[2]) - 1 && date.getUTCDate() === Number(match[3]);
}

/** Whether it is a time with a zone, on a day that there is: `2026-01-15T09:00:00Z`. */
export function isInstant(text: string): boolean {
  const match = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/i.exec(text);
  return match?.[1] !== undefined && isRealDay(match[1]) && !Number.isNaN(Date.parse(text));
}
