import { compareTexts } from '../../values/compare-texts.ts';
import { valueAt } from '../../values/value-at.ts';
import type { CheckedPolicy } from '../checked-policy.ts';
import type { Rule } from '../rule.ts';
import { quoted } from '../wording.ts';

/** Two policies that decide the same: one of them will be changed and the other forgotten. */
export const duplicatePolicy: Rule = {
  id: 'GSA056',
  name: 'duplicate-policy',
  severity: 'warning',
  summary: 'two policies have the same conditions and controls',
  needs: ['policies'],
  page: {
    finds: [
      'Policies whose conditions, grant and session controls say the same, whatever the order of their lists and however they write "not configured". A warning where both enforce, otherwise a note.',
    ],
    matters: [
      'A mistake that is mended in one of them stays in the other, and what one blocks cannot be lifted by switching the other off. Both count against the limit of 195.',
    ],
    fix: [
      { text: 'Compare the two.', command: "gsa policy show '<policy>'" },
      { text: 'Keep one; a deleted policy can be restored for 30 days.', command: "gsa policy delete '<policy>'" },
    ],
    sources: ['D-POL', 'D-PLAN', 'OWN'],
  },
  *check(tenant) {
    const firsts = new Map<string, CheckedPolicy>();
    for (const policy of byMode(tenant.policies)) {
      const content = contentOf(policy);
      if (content === '') continue;
      const first = firsts.get(content);
      if (first === undefined) {
        firsts.set(content, policy);
        continue;
      }
      yield {
        subject: policy.subject,
        severity: policy.mode === 'enabled' && first.mode === 'enabled' ? 'warning' : 'note',
        detail: first.subject.id.toLowerCase(),
        related: [first.subject],
        message: `${quoted(policy.subject.displayName)} has the same conditions and controls as ${quoted(first.subject.displayName)}; delete one of them`,
      };
    }
  },
};

/** Policies in force first, so that the others are called copies of them. */
function byMode(policies: readonly CheckedPolicy[]): CheckedPolicy[] {
  const isInForce = ({ mode }: CheckedPolicy) => (mode === 'enabled' ? 0 : 1);
  return [...policies].sort((a, b) => isInForce(a) - isInForce(b));
}

function contentOf({ policy, lost }: CheckedPolicy): string {
  // Two policies that lost a list need not have lost the same.
  if (lost.length > 0) return '';
  const parts = ['conditions', 'grantControls', 'sessionControls'].map((part) =>
    canonical(valueAt(policy, `/${part}`)),
  );
  return parts[0] === '' ? '' : parts.join('\n');
}

/** Members in order, lists as sets, words in lower case; annotations and what is not configured left out. */
function canonical(value: unknown): string {
  if (value === null || value === undefined || value === false) return '';
  if (typeof value !== 'object') return String(value).toLowerCase();
  if (Array.isArray(value)) return [...new Set(value.map(canonical))].filter(isText).sort(compareTexts).join(',');
  const isStrength = 'allowedCombinations' in value && 'id' in value;
  const members = isStrength ? [['id', value.id]] : Object.entries(value);
  return members
    .filter(([name]) => typeof name === 'string' && !name.includes('@'))
    .map(([name, member]) => [name, canonical(member)])
    .filter(([, text]) => isText(text))
    .map(([name, text]) => `${name}{${text}}`)
    .sort(compareTexts)
    .join(' ');
}

function isText(text: unknown): boolean {
  return text !== '';
}
