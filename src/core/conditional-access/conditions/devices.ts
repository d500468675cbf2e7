import type { AttributeOperators } from '../../graph/device-attributes.ts';
import { DEVICE_ATTRIBUTES } from '../../graph/device-attributes.ts';
import type { ConditionSet } from '../../tenant/policy.ts';
import { isSet, lower, texts } from '../../tenant/policy-words.ts';
import { deviceAttribute, isCompliantDevice, isHybridJoinedDevice } from '../facts/device-facts.ts';
import type { CompiledCondition, Facts } from '../facts/facts.ts';
import { evaluateRule } from '../filter/rule-evaluation.ts';
import type { Comparison, Operator } from '../filter/rule-filter.ts';
import { parseRule } from '../filter/rule-filter.ts';
import type { Entry, EntryMatch } from './include-exclude.ts';
import { judgeLists, lacks, MATCH, NO_MATCH } from './include-exclude.ts';
import { lostEntries } from './lost-entries.ts';
import { unmodelledEntries, unmodelledEntry } from './unmodelled.ts';

type DeviceEntry = Entry<Facts>;

/**
 * The device: the filter (`include` limits the policy to matching devices, `exclude` takes them out, D-DEVF), and its older
 * forms `includeDevices`/`excludeDevices` and device states, which know compliant and hybrid joined devices (TF-SDK).
 */
export function compileDevices(conditions: ConditionSet): CompiledCondition | undefined {
  const { devices, deviceStates } = conditions;
  const filter = devices?.deviceFilter;
  const others = [
    unmodelledEntries<Facts>(devices, '/conditions/devices'),
    unmodelledEntries<Facts>(deviceStates, '/conditions/deviceStates'),
    lostEntries<Facts>(conditions, 'devices'),
    lostEntries<Facts>(conditions, 'deviceStates'),
  ];
  const includes: DeviceEntry[] = [
    ...[
      ...texts(devices?.includeDevices),
      ...texts(devices?.includeDeviceStates),
      ...texts(deviceStates?.includeStates),
    ].map(stateEntry),
    ...others.flatMap((each) => each.includes),
  ];
  const excludes: DeviceEntry[] = [
    ...[
      ...texts(devices?.excludeDevices),
      ...texts(devices?.excludeDeviceStates),
      ...texts(deviceStates?.excludeStates),
    ].map(stateEntry),
    ...others.flatMap((each) => each.excludes),
  ];
  if (isSet(filter?.rule)) {
    (lower(filter?.mode) === 'exclude' ? excludes : includes).push(
      filterEntry(String(filter?.rule), lower(filter?.mode)),
    );
  }
  if (includes.length + excludes.length === 0) return undefined;
  // Older policies give only what they leave out, and an exclusion needs something to be taken from.
  if (includes.length === 0) includes.push(stateEntry('All'));
  return { slot: 'device', judge: (facts) => judgeLists('deviceState', includes, excludes, facts) };
}

function stateEntry(value: string): DeviceEntry {
  const state = value.toLowerCase();
  if (state === 'all') return { value, label: 'All', rule: 'allDevices', match: () => MATCH };
  const read = state === 'compliant' ? isCompliantDevice : state === 'domainjoined' ? isHybridJoinedDevice : undefined;
  if (read === undefined) return unmodelledEntry(`device state ${value}`);
  const match = ({ attempt }: Facts): EntryMatch => {
    const answer = read(attempt);
    if (answer === undefined) return lacks(`device ${state === 'compliant' ? 'isCompliant' : 'trustType'}`);
    return answer ? MATCH : NO_MATCH;
  };
  return { value, label: value, rule: 'deviceState', match };
}

function filterEntry(value: string, mode: string | undefined): DeviceEntry {
  const parsed = parseRule(value);
  const entry = { value, label: value, rule: 'deviceFilter' };
  if ('error' in parsed) {
    return { ...entry, match: () => lacks(`readable filter rule: ${parsed.error.message} at ${parsed.error.at}`) };
  }
  const strange = parsed.steps.flatMap((step) => (step.kind === 'compare' && !isAllowed(step) ? [step] : []));
  if (strange.length > 0) return { ...entry, match: () => lacks(...strange.map(describe)) };
  if (mode !== 'include' && mode !== 'exclude')
    return { ...entry, match: () => lacks(`meaning of filter mode ${mode}`) };
  return {
    ...entry,
    match: ({ attempt }) => {
      const found = evaluateRule(parsed.steps, (attribute) => deviceAttribute(attempt, attribute.slice(PREFIX.length)));
      return found.truth === 'unknown' ? lacks(...(found.facts ?? [])) : found;
    },
  };
}

const PREFIX = 'device.';
const OPERATORS: Readonly<Record<AttributeOperators, readonly Operator[]>> = {
  equality: ['eq'],
  identity: ['eq', 'in'],
  text: ['eq', 'startsWith', 'endsWith', 'contains', 'in'],
  collection: ['contains'],
};

/** The attributes of a device filter in lower case, and the operators each takes, positive or negative (D-DEVF). */
const ATTRIBUTES: ReadonlyMap<string, readonly Operator[]> = new Map(
  Object.entries(DEVICE_ATTRIBUTES).map(([name, operators]) => [name.toLowerCase(), OPERATORS[operators]]),
);

function isAllowed({ attribute, operator }: Comparison): boolean {
  const name = attribute.toLowerCase();
  return name.startsWith(PREFIX) && ATTRIBUTES.get(name.slice(PREFIX.length))?.includes(operator) === true;
}

function describe({ attribute, operator }: Comparison): string {
  return ATTRIBUTES.has(attribute.toLowerCase().slice(PREFIX.length))
    ? `meaning of -${operator} on ${attribute}`
    : `meaning of ${attribute}`;
}
