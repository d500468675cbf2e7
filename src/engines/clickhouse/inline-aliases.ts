/** Expressions by their names: each `expression AS name`. */
export type Named = readonly string[];

const TOKEN = /'(?:[^'\\]|\\.)*'|`[^`]*`|[A-Za-z_][A-Za-z0-9_]*/g;

/**
 * The query with each named expression written out, and named, where it is first used: an aggregating query may not begin with
 * expressions of columns that it does not group by, and aggregates of a subquery would not be made on the shards.
 */
export function inlined(query: string, named: Named): string {
  const expressions = new Map(named.map((each) => split(each)));
  const written = new Set<string>();
  const write = (text: string): string =>
    text.replaceAll(TOKEN, (token) => {
      const expression = expressions.get(token);
      if (expression === undefined || written.has(token)) return token;
      written.add(token);
      return `(${write(expression)} AS ${token})`;
    });
  return write(query);
}

function split(named: string): readonly [name: string, expression: string] {
  const at = named.lastIndexOf(' AS ');
  return [named.slice(at + ' AS '.length), named.slice(0, at)];
}
