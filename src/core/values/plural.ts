/** A count with its word: `1 sign-in`, `2 sign-ins`. */
export function plural(count: number | bigint, one: string, many = `${one}s`): string {
  return `${count} ${Number(count) === 1 ? one : many}`;
}

/** A part of a count with its word: `1 of 1 sign-in`, `1 of 2 sign-ins`. */
export function partOf(part: number | bigint, whole: number | bigint, one: string, many?: string): string {
  return `${part} of ${plural(whole, one, many)}`;
}
