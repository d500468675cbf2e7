/** Reading the lists of a policy: `null`, `[]` and a missing member are all "not configured" (D-NET, D-COND, D-TRB). */
export function texts(list: unknown): readonly string[] {
  if (!isSet(list)) return [];
  return (Array.isArray(list) ? list : [list]).map((item) => (typeof item === 'string' ? item : JSON.stringify(item)));
}

/** The objects of a list, of whatever an export has in its place. */
export function objects<Item extends object>(list: readonly Item[] | null | undefined): readonly Item[] {
  return Array.isArray(list) ? list.filter((item) => typeof item === 'object' && item !== null) : [];
}

/** A word in lower case, of whatever an export has in its place; `undefined` for null and a missing member. */
export function lower(value: unknown): string | undefined {
  return value === null || value === undefined ? undefined : String(value).toLowerCase();
}

/** A flags enum is comma-separated text on the wire, `moderate,elevated`; some exports have a list (CSDL-v1, L-CORPUS). */
export function flags(value: unknown): readonly string[] {
  const words = typeof value === 'string' ? value.split(',') : texts(value);
  return words.map((word) => word.trim()).filter((word) => word !== '');
}

/**
 * Whether a member of a policy is set to something: not null, not false, not empty, and not an object of such. Annotations
 * (`@odata.…`) are no settings.
 */
export function isSet(value: unknown): boolean {
  // Mostly there is nothing to look into.
  if (typeof value !== 'object' || value === null)
    return value !== null && value !== undefined && value !== false && value !== '';
  const open: unknown[] = [value];
  while (open.length > 0) {
    const item = open.pop();
    if (item === null || item === undefined || item === false || item === '') continue;
    if (typeof item !== 'object') return true;
    if (Array.isArray(item)) {
      if (item.length > 0) return true;
    } else open.push(...Object.entries(item).flatMap(([name, member]) => (name.includes('@') ? [] : [member])));
  }
  return false;
}

/** Names of members that are set and not among those we model, sorted. */
export function unmodelledMembers(object: object | null | undefined, modelled: ReadonlySet<string>): string[] {
  return Object.entries(object ?? {})
    .filter(([name, value]) => !modelled.has(name) && !name.includes('@') && isSet(value))
    .map(([name]) => name)
    .sort();
}
