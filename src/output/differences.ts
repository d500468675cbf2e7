/** Values longer than this say only that they changed. */
const SHORT = 40;

/**
 * What differs between two values, such as `signalingStatus: enabled → disabled`: whole objects are told by their members,
 * long values only by name, and times of change not at all.
 */
export function differences(name: string, before: unknown, after: unknown): readonly string[] {
  if (JSON.stringify(before) === JSON.stringify(after) || /^(modifiedDateTime|signalingChange)$/.test(name)) return [];
  if (isObject(before) && isObject(after)) {
    const members = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return members.flatMap((member) => differences(member, before[member], after[member]));
  }
  const texts = [before, after].map(valueText);
  return texts.some((text) => text.length > SHORT) ? [name] : [`${name}: ${texts.join(' → ')}`];
}

function valueText(value: unknown): string {
  if (value === undefined || value === null) return 'none';
  if (value === 'enabledForReportingButNotEnforced') return 'report-only';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
