/** A count with its word: `1 sign-in`, `2 sign-ins`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
