import type { IdsOf } from '../../graph/policy-members.ts';
import type { Entry } from './include-exclude.ts';
import { unmodelledEntry } from './unmodelled.ts';

/** What the objects of a list are called in a fact. */
const CALLED: Readonly<Record<IdsOf, string>> = {
  users: 'users',
  groups: 'groups',
  roleDefinitions: 'roles',
  servicePrincipals: 'servicePrincipals',
  applications: 'applications',
  tenants: 'tenants',
  authenticationContexts: 'authentication contexts',
};

/** The fact that is lacking where an entry of a list is no id: what it stands for. */
export function meaningOf(of: IdsOf, entry: string): string {
  return `meaning of ${CALLED[of]} ${entry}`;
}

/**
 * An entry that is no id and no word of Graph. Entra takes neither, so a script or a person put it there: it may stand for any
 * object, also where just one of the tenant's is called so. Lists of two kinds that hold the same name need not mean the same.
 */
export function nameEntry<Facts>(of: IdsOf, entry: string): Entry<Facts> {
  return unmodelledEntry(`${CALLED[of]} ${entry}`);
}
