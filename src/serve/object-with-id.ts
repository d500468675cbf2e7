import { notFound } from './graph-error.ts';

/** The one that an address names. Letter case of ids does not count. Throws GraphError 404. */
export function objectWithId<T extends { readonly id: string }>(objects: readonly T[], id: string): T {
  const found = objects.find((each) => each.id.toLowerCase() === id.toLowerCase());
  if (found === undefined) throw notFound(id);
  return found;
}
