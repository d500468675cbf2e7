/** A member of the tenant that is not what every reader of a tenant relies on. */
export interface ShapeProblem {
  /** JSON Pointer from the top of the tenant file. */
  readonly path: string;
  readonly message: string;
}

const TEXTS = ['tenantId', 'displayName', 'createdDateTime'];
const LISTS = ['policies', 'namedLocations'];
const OPTIONAL_LISTS = ['users', 'groups', 'roleDefinitions', 'servicePrincipals'];

/** As many problems as a reader can use; a file of 100,000 broken items has the same fault 100,000 times. */
const ENOUGH = 20;

/**
 * Checks by hand what the types of `Tenant` promise and code relies on without asking: the containers, and an id on each
 * item. Everything inside an item is Graph's and is judged where it is used, so that a new enum value never locks the file.
 */
export function tenantProblems(tenant: unknown): readonly ShapeProblem[] {
  const problems: ShapeProblem[] = [];
  const wrong = (path: string, message: string) => {
    if (problems.length < ENOUGH) problems.push({ path: `/tenant${path}`, message });
  };
  if (!isObject(tenant)) return [{ path: '/tenant', message: 'must be an object' }];
  for (const name of TEXTS) if (typeof tenant[name] !== 'string') wrong(`/${name}`, 'must be a text');
  for (const name of LISTS) checkItems(tenant[name], `/${name}`, wrong);
  for (const name of OPTIONAL_LISTS) if (tenant[name] !== undefined) checkItems(tenant[name], `/${name}`, wrong);
  const { roleAssignments, deletedItems, globalSecureAccess, settings } = tenant;
  // A role assignment has no id of its own.
  if (roleAssignments !== undefined && !(Array.isArray(roleAssignments) && roleAssignments.every(isObject))) {
    wrong('/roleAssignments', 'must be a list of objects');
  }
  if (isObject(deletedItems)) for (const name of LISTS) checkItems(deletedItems[name], `/deletedItems/${name}`, wrong);
  else wrong('/deletedItems', 'must be an object');
  if (!isObject(settings)) wrong('/settings', 'must be an object');
  const access = isObject(globalSecureAccess) ? globalSecureAccess['conditionalAccess'] : undefined;
  const status = isObject(access) ? access['signalingStatus'] : undefined;
  if (status !== 'enabled' && status !== 'disabled') {
    wrong('/globalSecureAccess/conditionalAccess/signalingStatus', 'must be `enabled` or `disabled`');
  }
  return problems;
}

function checkItems(list: unknown, path: string, wrong: (path: string, message: string) => void): void {
  if (!Array.isArray(list)) {
    wrong(path, 'must be a list');
    return;
  }
  const seen = new Set<string>();
  for (const [index, item] of list.entries()) {
    const id = isObject(item) ? item['id'] : undefined;
    if (typeof id !== 'string' || id === '') wrong(`${path}/${index}`, 'must be an object with an `id`');
    else if (seen.has(id)) wrong(`${path}/${index}/id`, `repeats the id \`${id}\``);
    else seen.add(id);
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
