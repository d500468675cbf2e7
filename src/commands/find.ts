import type { Found } from '../core/tenant/lookup.ts';
import { GsaError } from '../trouble/error.ts';

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
    hint: nearest === undefined ? (LISTED_BY[what] ?? 'name it by its id') : `did you mean \`${nearest}\`?`,
  });
}

/** Where the names of these things can be seen. */
const LISTED_BY: { readonly [what: string]: string } = {
  policy: '`gsa policy list` shows them',
  'deleted policy': '`gsa policy deleted` shows them',
  location: '`gsa location list` shows them',
  'deleted location': '`gsa location deleted` shows them',
  user: '`gsa user list` shows them',
  group: '`gsa group list` shows them',
  application: 'name it by its application id',
};
