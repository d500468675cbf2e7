import type { Session } from '../shell/session.ts';

/** What to type after a change to take it back: other ways, and `gsa undo` where the journal is whole, without which it is refused. */
export function takingBack(
  session: Pick<Session, 'journal'>,
  undone: 'this' | 'all of this',
  others: readonly string[] = [],
): { readonly hint?: string } {
  const undo = session.journal().remedy() === undefined ? [`\`gsa undo\` takes ${undone} back`] : [];
  const ways = [...others, ...undo];
  return ways.length === 0 ? {} : { hint: ways.join(', ') };
}
