import type { Comparison } from '../../conditional-access/filter/rule-filter.ts';
import { parseRule } from '../../conditional-access/filter/rule-filter.ts';
import type { Device } from '../../signaling/attempt.ts';
import { isSet } from '../../tenant/policy-words.ts';
import { TooLarge } from '../too-large.ts';
import type { WorldPair } from '../worlds/world.ts';
import { tellingTexts } from './attribute-texts.ts';
import { FLAGS } from './flags.ts';
import type { LevelValue } from './level.ts';
import { policiesOf } from './people.ts';

type AttributeValue = Device[string];

/** More devices than any tenant needs that was seen. */
const MOST_DEVICES = 30_000;

/**
 * Devices, one for each way in which device filters and grants can tell them apart: an unregistered one, and every combination
 * of the values that the attributes can have and that any rule compares with.
 */
export function devices(worlds: WorldPair): LevelValue[] {
  const compared = comparisons(worlds);
  const attributes = new Map<string, readonly AttributeValue[]>([
    ['isCompliant', [true, false]],
    ['trustType', ['AzureAD', 'ServerAD', 'Workplace']],
  ]);
  for (const [name, list] of compared) attributes.set(ATTRIBUTE_NAMES.get(name) ?? name, valuesOf(name, list));
  if ([...compared.keys()].some((name) => name.startsWith('extensionattribute')))
    attributes.set('isManaged', [true, false]);
  let found: Device[] = [{}];
  for (const [name, values] of attributes) {
    if (found.length * values.length > MOST_DEVICES) {
      throw new TooLarge('device filters that tell too many kinds of device apart', ['policy']);
    }
    found = found.flatMap((device) => values.map((value) => ({ ...device, [name]: value })));
  }
  return [deviceValue(null), ...found.map(deviceValue)];
}

/** A device as a value of its level; `null`: an unregistered one. */
export function deviceValue(device: Device | null): LevelValue {
  if (device === null)
    return { text: 'an unregistered device', part: { device: null }, flags: FLAGS.unregisteredDevice };
  const isHybrid = String(device['trustType']).toLowerCase() === 'serverad';
  const isCompliant = device['isCompliant'] === true;
  return {
    text: Object.entries(device)
      .map(([name, value]) => `${name} ${Array.isArray(value) ? value.join('+') || 'none' : String(value)}`)
      .join(', '),
    part: { device },
    flags: (isCompliant ? FLAGS.compliantDevice : 0) | (isHybrid ? FLAGS.hybridJoinedDevice : 0),
  };
}

/** The comparisons of all device filters, by attribute in lower case. */
function comparisons(worlds: WorldPair): Map<string, Comparison[]> {
  const found = new Map<string, Comparison[]>();
  for (const { conditions } of policiesOf(worlds)) {
    const rule = conditions?.devices?.deviceFilter?.rule;
    const parsed = isSet(rule) ? parseRule(String(rule)) : undefined;
    if (parsed === undefined || 'error' in parsed) continue;
    for (const step of parsed.steps) {
      if (step.kind !== 'compare') continue;
      const name = step.attribute.toLowerCase().replace(/^device\./, '');
      found.set(name, [...(found.get(name) ?? []), step]);
    }
  }
  return found;
}

/** Attributes of which the documentation lists the values (D-DEVF); `null` is what an attribute without a value has. */
const DOCUMENTED: ReadonlyMap<string, readonly AttributeValue[]> = new Map<string, readonly AttributeValue[]>([
  ['iscompliant', [true, false, null]],
  ['trusttype', ['AzureAD', 'ServerAD', 'Workplace', null]],
  ['deviceownership', ['Company', 'Personal', null]],
  ['profiletype', ['RegisteredDevice', 'SecureVM', 'Printer', 'Shared', 'IoT', null]],
]);

/** Spelled as the grants read them. */
const ATTRIBUTE_NAMES: ReadonlyMap<string, string> = new Map([
  ['iscompliant', 'isCompliant'],
  ['trusttype', 'trustType'],
]);

const COLLECTIONS: ReadonlySet<string> = new Set(['physicalids', 'systemlabels']);

function valuesOf(name: string, compared: readonly Comparison[]): readonly AttributeValue[] {
  const documented = DOCUMENTED.get(name);
  if (documented !== undefined) return documented;
  if (COLLECTIONS.has(name)) return collections(compared);
  return [...tellingTexts(compared), null];
}

/** The sets of the elements that are compared with. */
function collections(compared: readonly Comparison[]): readonly AttributeValue[] {
  const elements = [
    ...new Set(compared.flatMap(({ values }) => values.flatMap((value) => value?.toLowerCase() ?? []))),
  ];
  if (elements.length > 12) throw new TooLarge('device filters that compare with too many labels', ['policy']);
  let sets: (readonly string[])[] = [[]];
  for (const element of elements) sets = sets.flatMap((set) => [set, [...set, element]]);
  return [...sets, null];
}
