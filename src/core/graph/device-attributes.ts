/** Operators of a filter rule that an attribute takes, positive or negative (D-DEVF). */
export type AttributeOperators = 'equality' | 'identity' | 'text' | 'collection';

/** The attributes of a device in filters and in Graph's what-if, with the operators each takes (D-DEVF). */
export const DEVICE_ATTRIBUTES = {
  deviceId: 'identity',
  mdmAppId: 'identity',
  displayName: 'text',
  enrollmentProfileName: 'text',
  manufacturer: 'text',
  model: 'text',
  operatingSystem: 'text',
  operatingSystemVersion: 'text',
  deviceOwnership: 'equality',
  isCompliant: 'equality',
  profileType: 'equality',
  trustType: 'equality',
  physicalIds: 'collection',
  systemLabels: 'collection',
  extensionAttribute1: 'text',
  extensionAttribute2: 'text',
  extensionAttribute3: 'text',
  extensionAttribute4: 'text',
  extensionAttribute5: 'text',
  extensionAttribute6: 'text',
  extensionAttribute7: 'text',
  extensionAttribute8: 'text',
  extensionAttribute9: 'text',
  extensionAttribute10: 'text',
  extensionAttribute11: 'text',
  extensionAttribute12: 'text',
  extensionAttribute13: 'text',
  extensionAttribute14: 'text',
  extensionAttribute15: 'text',
} as const satisfies Readonly<Record<string, AttributeOperators>>;

/** Attributes that Graph's What If calls otherwise than filters do (CSDL-beta, `deviceInfo`). */
const NAMES_OF_WHAT_IF: ReadonlyMap<string, string> = new Map([['ownership', 'deviceOwnership']]);

/** The name in filters of an attribute of `deviceInfo`. */
export function attributeNamed(name: string): string {
  return NAMES_OF_WHAT_IF.get(name) ?? name;
}

/** A device that is described is described in full: attributes left out are null (D-DEVF). */
export const UNSAID_ATTRIBUTES: Readonly<Record<string, null>> = Object.fromEntries(
  Object.keys(DEVICE_ATTRIBUTES).map((attribute) => [attribute, null]),
);
