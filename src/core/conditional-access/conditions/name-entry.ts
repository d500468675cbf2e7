import type { IdsOf } from '../../graph/policy-members.ts';
import { nameFact } from '../../tenant/ids-of-lists.ts';
import type { Entry } from './include-exclude.ts';
import { lacks } from './include-exclude.ts';

/**
 * An entry that is no id and no word of Graph. Entra takes neither, so a script or a person put it there: it may stand for any
 * object, also where just one of the tenant's is called so. Names are not unique, so two lists that hold the same one need not mean the
 * same object.
 */
export function nameEntry<Facts>(of: IdsOf, entry: string): Entry<Facts> {
  const fact = nameFact(of, entry);
  return { value: fact, label: entry, rule: 'unknownFutureValue', isAmbiguous: true, match: () => lacks(fact) };
}
