import type { JsonObject } from '../../core/tenant/plans/change.ts';

/**
 * What an answer of Graph says of the filter that left its sign-ins: the address of the next page repeats the question
 * (OData, `@odata.nextLink`), the context may. A filter by time or by kind of sign-in is how the log is asked for; one by anything else
 * leaves sign-ins out that a gate would be about.
 */
export function filterOf(envelope: JsonObject): string | undefined {
  for (const [name, value] of Object.entries(envelope)) {
    if (typeof value !== 'string' || !/(nextlink|context)$/i.test(name)) continue;
    const filter = questionOf(value).get('$filter');
    if (filter !== null && selects(filter)) return filter;
  }
  return undefined;
}

/** The context of one sign-in by its id, at the beginning of a file that holds it. */
export function isAskedForAlone(head: string): boolean {
  return /"@odata\.context"\s*:\s*"[^"]*#auditLogs\/signIns[^"]*\/\$entity"/i.test(head);
}

function questionOf(address: string): URLSearchParams {
  return new URLSearchParams(address.slice(address.indexOf('?') + 1));
}

const WORDS = 'and or not eq ne gt ge lt le in any all true false null';
const AS_ASKED_FOR: ReadonlySet<string> = new Set([
  ...WORDS.split(' '),
  'createddatetime',
  'signineventtypes',
  'isinteractive',
]);

/**
 * Whether a filter leaves out sign-ins of its period. A switch of signaling changes none that does not come through Global Secure Access.
 */
function selects(filter: string): boolean {
  const conditions = filter
    .replaceAll(/'[^']*'/g, ' ')
    .replaceAll(/\bisThroughGlobalSecureAccess\s+eq\s+true\b/gi, ' ')
    .replaceAll(/\b\d[\w:.+-]*/g, ' ');
  const variables = [...conditions.matchAll(/(\w+)\s*:/g)].map(([, name = '']) => name.toLowerCase());
  const names = conditions.toLowerCase().match(/[a-z_]\w*/g) ?? [];
  return names.some((name) => !AS_ASKED_FOR.has(name) && !variables.includes(name));
}
