import type { RuleFilter } from '../../graph/policy-shape.ts';
import type { ServicePrincipal } from '../../tenant/directory.ts';
import { isSet, lower } from '../../tenant/policy-words.ts';
import type { AttributeValue } from '../filter/rule-evaluation.ts';
import { evaluateRule } from '../filter/rule-evaluation.ts';
import { parseRule } from '../filter/rule-filter.ts';
import type { EntryMatch } from './include-exclude.ts';
import { lacks } from './include-exclude.ts';

/** A filter on custom security attributes of a service principal, prepared (D-APPF). */
export interface AttributeFilter {
  readonly rule: string;
  /** `undefined`: a mode that is neither include nor exclude. */
  readonly mode: 'include' | 'exclude' | undefined;
  match(principal: ServicePrincipal | undefined, name: string): EntryMatch;
}

const PREFIX = 'customsecurityattribute.';

export function compileAttributeFilter(filter: RuleFilter | null | undefined): AttributeFilter | undefined {
  if (!isSet(filter?.rule)) return undefined;
  const rule = String(filter?.rule);
  const parsed = parseRule(rule);
  const mode = lower(filter?.mode);
  return {
    rule,
    mode: mode === 'include' || mode === 'exclude' ? mode : undefined,
    match: (principal, name) => {
      if ('error' in parsed) return lacks(`readable filter rule: ${parsed.error.message} at ${parsed.error.at}`);
      const strange = parsed.steps.find(
        (step) => step.kind === 'compare' && !step.attribute.toLowerCase().startsWith(PREFIX),
      );
      if (strange?.kind === 'compare') return lacks(`meaning of ${strange.attribute}`);
      const found = evaluateRule(parsed.steps, (attribute) => readAttribute(principal, attribute.slice(PREFIX.length)));
      return found.truth === 'unknown' ? lacks(`custom security attributes of ${name}`) : found;
    },
  };
}

/** `Set_Attribute` of the principal: null where it has none, `undefined` where the tenant does not say. */
function readAttribute(principal: ServicePrincipal | undefined, path: string): AttributeValue {
  const sets = principal?.customSecurityAttributes;
  if (sets === undefined) return undefined;
  const wanted = path.toLowerCase();
  for (const [set, attributes] of Object.entries(sets ?? {})) {
    for (const [attribute, value] of Object.entries(attributes ?? {})) {
      if (`${set}_${attribute}`.toLowerCase() !== wanted) continue;
      if (Array.isArray(value)) return value.map(String);
      return value === null || value === undefined ? null : String(value);
    }
  }
  return null;
}
