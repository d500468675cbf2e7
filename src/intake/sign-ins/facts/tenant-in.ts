import { isGuid } from '../../../core/values/guid.ts';

const NO_TENANT = '00000000-0000-0000-0000-000000000000';

/**
 * The id of a tenant that a record names, in lower case. Zeros are how Log Analytics writes none, and a word in its place, such as
 * `hidden`, says of no tenant which it is.
 */
export function tenantIn(value: unknown): string | undefined {
  if (typeof value !== 'string' || !isGuid(value)) return undefined;
  const id = value.toLowerCase();
  return id === NO_TENANT ? undefined : id;
}
