import type { Found } from '../core/tenant/lookup.ts';
import { GsaError } from '../shell/error.ts';

/** The one item that a user named by id or display name; throws GsaError `invalid` for none or several. */
export function theOne<T extends { readonly id: string }>(found: Found<T>, what: string, text: string): T {
  if ('found' in found) return found.found;
  if ('ambiguous' in found) {
    throw new GsaError('invalid', `several ${what}s are called \`${text}\``, {
      hint: 'name it by its id',
      problems: found.ambiguous.map(({ id }) => ({ message: id })),
    });
  }
  const [nearest] = found.near;
  throw new GsaError('invalid', `no ${what} is called \`${text}\``, {
    hint: nearest === undefined ? `see \`gsa ${what} list\`` : `did you mean \`${nearest}\`?`,
  });
}
