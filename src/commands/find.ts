import type { Found } from '../core/tenant/lookup.ts';
import { GsaError } from '../trouble/error.ts';

/** What can be named has an id, and most of it a name. */
interface Named {
  readonly id: string;
  readonly displayName?: string;
  readonly userPrincipalName?: string;
}

/** How many of those that fit are listed. */
const LISTED = 10;

/**
 * The one item that a user named: by id, by display name, or by a beginning or a part of one that no other has. Throws
 * GsaError `invalid` for none or several, and lists these.
 */
export function theOne<T extends Named>(found: Found<T>, what: string, text: string): T {
  if ('found' in found) return found.found;
  if ('ambiguous' in found) {
    throw several(found.ambiguous, `several ${plural(what)} are called \`${text}\``, 'name it by its id');
  }
  const { partly = [] } = found;
  const [only, ...others] = partly;
  if (only !== undefined && others.length === 0) return only;
  if (only !== undefined) {
    const message = `\`${text}\` fits ${partly.length} ${plural(what)}`;
    throw several(partly, message, 'type more of the name, or the id');
  }
  const [nearest] = found.near;
  throw new GsaError('invalid', `no ${what} is called \`${text}\``, {
    hint: nearest === undefined ? (LISTED_BY[what] ?? 'name it by its id') : `did you mean \`${nearest}\`?`,
  });
}

function several(items: readonly Named[], message: string, hint: string): GsaError {
  const listed = items.slice(0, LISTED).map((item) => ({ message: nameAndId(item) }));
  const more = items.length > LISTED ? [{ message: `and ${items.length - LISTED} more` }] : [];
  return new GsaError('invalid', message, { hint, problems: [...listed, ...more] });
}

function nameAndId({ id, displayName, userPrincipalName }: Named): string {
  const name = userPrincipalName ?? displayName;
  return name === undefined ? id : `${name} (${id})`;
}

function plural(what: string): string {
  return what.endsWith('y') ? `${what.slice(0, -1)}ies` : `${what}s`;
}

/** The command that lists the names of each kind. */
const LISTED_BY: { readonly [what: string]: string } = {
  policy: '`gsa policy list` shows them',
  'deleted policy': '`gsa policy deleted` shows them',
  location: '`gsa location list` shows them',
  'deleted location': '`gsa location deleted` shows them',
  user: '`gsa user list` shows them',
  group: '`gsa group list` shows them',
  application:
    'name it by its application id; names come with the service principals (`gsa import --requests` prints how)',
};
