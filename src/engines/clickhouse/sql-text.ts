/** Pieces of which queries are made. */
export function list(values: readonly (number | string)[], none = '[]'): string {
  return values.length === 0 ? none : `[${values.join(',')}]`;
}

export function and(where: string, condition: string): string {
  return where === '' ? `WHERE ${condition}` : `${where} AND ${condition}`;
}

export function quoted(name: string): string {
  return `\`${name}\``;
}

export function literal(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

/** The number that a name has, or 0. */
export function numbered(column: string, numbers: ReadonlyMap<string, number>): string {
  return `transform(${column}, ${list([...numbers.keys()])}, ${list([...numbers.values()])}, 0)`;
}

/**
 * A sum whose terms stand in a balanced tree: a server names each expression by everything that is in it, and so in a chain the first
 * terms once for each of the others.
 */
export function sum(terms: readonly string[]): string {
  const [first = 'toUInt64(0)'] = terms;
  if (terms.length <= 1) return first;
  const middle = Math.ceil(terms.length / 2);
  return `(${sum(terms.slice(0, middle))} + ${sum(terms.slice(middle))})`;
}
