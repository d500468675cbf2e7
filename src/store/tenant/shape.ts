import { membersByGuid } from '../../core/tenant/group-members.ts';
import type { NamedLocation } from '../../core/tenant/named-location.ts';
import { isCountryNamedLocation, isIpNamedLocation } from '../../core/tenant/named-location.ts';
import type { Tenant } from '../../core/tenant/tenant.ts';
import { isObject } from '../../core/values/is-object.ts';
import type { Shape } from './item-shapes.ts';
import { checkShape, fits, ITEM_SHAPES, TENANT_SHAPES } from './item-shapes.ts';
import { hasPlainRanges } from './range-run.ts';

/** A member of the tenant that is not what every reader of a tenant relies on. */
export interface ShapeProblem {
  /** JSON Pointer from the top of the tenant file. */
  readonly path: string;
  readonly message: string;
}

const TEXTS = ['tenantId', 'displayName', 'createdDateTime'];
const LISTS = ['policies', 'namedLocations'] as const;
const OPTIONAL_LISTS = ['users', 'groups', 'roleDefinitions', 'servicePrincipals'] as const;

/** The most problems that are told: a file of 100,000 broken items has the same fault 100,000 times. */
const ENOUGH = 20;

/**
 * Checks by hand what the types of `Tenant` promise and code relies on without asking: the containers, an id on each item,
 * and its lists and texts (item-shapes.ts). Every word inside is Graph's and is judged where it is used, so that a new enum
 * value never locks the file. Items of `checked` were found sound before, and a write leaves most as they are.
 */
export function tenantProblems(tenant: unknown, checked?: Tenant): readonly ShapeProblem[] {
  const problems: ShapeProblem[] = [];
  const wrong = (path: string, message: string) => {
    if (problems.length < ENOUGH) problems.push({ path: `/tenant${path}`, message });
  };
  if (!isObject(tenant)) return [{ path: '/tenant', message: 'must be an object' }];
  for (const name of TEXTS) if (typeof tenant[name] !== 'string') wrong(`/${name}`, 'must be a text');
  for (const name of LISTS) checkItems(tenant[name], name, `/${name}`, wrong, checked?.[name]);
  for (const name of OPTIONAL_LISTS)
    if (tenant[name] !== undefined) checkItems(tenant[name], name, `/${name}`, wrong, checked?.[name]);
  const { deletedItems, globalSecureAccess, settings } = tenant;
  for (const [place, members] of Object.entries(TENANT_SHAPES)) checkGiven(tenant, place, members, wrong);
  if (isObject(deletedItems))
    for (const name of LISTS) checkItems(deletedItems[name], name, `/deletedItems/${name}`, wrong);
  else wrong('/deletedItems', 'must be an object');
  checkSettings(settings, wrong);
  const access = isObject(globalSecureAccess) ? globalSecureAccess['conditionalAccess'] : undefined;
  const status = isObject(access) ? access['signalingStatus'] : undefined;
  if (status !== 'enabled' && status !== 'disabled') {
    wrong('/globalSecureAccess/conditionalAccess/signalingStatus', 'must be `enabled` or `disabled`');
  }
  return problems;
}

/** Members that may be missing, and not `null`: code asks only whether they are there. */
function checkGiven(
  tenant: Readonly<Record<string, unknown>>,
  place: string,
  members: Readonly<Record<string, Shape>>,
  wrong: (path: string, message: string) => void,
): void {
  const holder = place === '' ? tenant : tenant[place.slice(1)];
  if (!isObject(holder)) return;
  for (const [name, shape] of Object.entries(members)) {
    if (holder[name] === null) wrong(`${place}/${name}`, 'must not be null; leave it out');
    else checkShape(holder[name], shape, `${place}/${name}`, wrong);
  }
}

/** Days and minutes as `tenant set` takes them: a log is never forgotten by a number that is none. */
function checkSettings(settings: unknown, wrong: (path: string, message: string) => void): void {
  if (!isObject(settings)) {
    wrong('/settings', 'must be an object');
    return;
  }
  const { signInLogRetentionDays: days, signInLogDelayMinutes: minutes } = settings;
  if (days !== undefined && !(Number.isSafeInteger(days) && Number(days) > 0)) {
    wrong('/settings/signInLogRetentionDays', 'must be a whole number above 0, or missing');
  }
  if (minutes !== undefined && !(typeof minutes === 'number' && minutes >= 0)) {
    wrong('/settings/signInLogDelayMinutes', 'must be a number, 0 or more');
  }
}

function checkItems(
  list: unknown,
  kind: (typeof LISTS | typeof OPTIONAL_LISTS)[number],
  path: string,
  wrong: (path: string, message: string) => void,
  checked: readonly unknown[] = [],
): void {
  if (!Array.isArray(list)) {
    wrong(path, 'must be a list');
    return;
  }
  if (list === checked) return;
  const [seen, sound] = [new Set<string>(), new Set(checked)];
  for (let index = 0; index < list.length; index++) {
    const item: unknown = list[index];
    const id = isObject(item) ? item['id'] : undefined;
    if (typeof id !== 'string' || id === '') wrong(`${path}/${index}`, 'must be an object with an `id`');
    else if (seen.size === seen.add(id).size) wrong(`${path}/${index}/id`, `repeats the id \`${id}\``);
    else if (!sound.has(item) && !isSound(item, kind)) tellOfItem(item, kind, `${path}/${index}`, wrong);
  }
}

/** Nearly every item is, and then nobody needs the paths of a hundred thousand. */
function isSound(item: unknown, kind: keyof typeof ITEM_SHAPES): boolean {
  return fits(item, shapeOf(kind, item)) && missingIn(item, kind) === undefined;
}

function tellOfItem(
  item: unknown,
  kind: keyof typeof ITEM_SHAPES,
  path: string,
  wrong: (path: string, message: string) => void,
): void {
  checkShape(item, shapeOf(kind, item), path, wrong);
  const missing = missingIn(item, kind);
  if (missing !== undefined) wrong(`${path}/${missing}`, 'is missing');
}

/** Ranges that were read as plain ones and members that were read as GUIDs are sound, and to look at them would make a value of each. */
function shapeOf(kind: keyof typeof ITEM_SHAPES, item: unknown): Readonly<Record<string, Shape>> {
  if (!isObject(item)) return ITEM_SHAPES[kind];
  if (kind === 'namedLocations' && hasPlainRanges(item)) return WITHOUT_RANGES;
  return kind === 'groups' && membersByGuid(item) !== undefined ? WITHOUT_MEMBERS : ITEM_SHAPES[kind];
}

const { ipRanges: _, ...WITHOUT_RANGES } = ITEM_SHAPES.namedLocations;
const { members: __, ...WITHOUT_MEMBERS } = ITEM_SHAPES.groups;

/** The member without which the item says nothing of what it is, where it lacks that. */
function missingIn(item: unknown, kind: keyof typeof ITEM_SHAPES): string | undefined {
  const needed = neededIn(item, kind);
  return needed !== undefined && isObject(item) && item[needed] == null ? needed : undefined;
}

function neededIn(item: unknown, kind: keyof typeof ITEM_SHAPES): string | undefined {
  if (kind === 'policies') return 'conditions';
  if (kind !== 'namedLocations' || typeof (item as NamedLocation)['@odata.type'] !== 'string') return undefined;
  if (isIpNamedLocation(item as NamedLocation)) return isObject(item) && hasPlainRanges(item) ? undefined : 'ipRanges';
  return isCountryNamedLocation(item as NamedLocation) ? 'countriesAndRegions' : undefined;
}
