import { BUILT_IN_CONTROLS } from '../../graph/controls.ts';
import { valueAt } from '../../values/value-at.ts';
import type { CheckedPolicy } from '../checked-policy.ts';
import { severityFor, textOf } from '../checked-policy.ts';
import { unknownWords } from '../known-values.ts';
import type { Remark, Rule } from '../rule.ts';
import { quoted } from '../wording.ts';

/** Public exports hold invented controls (L-CORPUS); what is not modelled makes the answer unknown (invariant 5). */
export const unknownGrantControl: Rule = {
  id: 'GSA052',
  name: 'unknown-grant-control',
  severity: 'warning',
  summary: 'a policy asks for a control, or joins its controls, in a way that is not known, so its answer is unknown',
  needs: ['policies'],
  page: {
    finds: [
      'The compliant network as a grant control, which one document of Microsoft has and the schema has not.',
      `Values of \`builtInControls\` that Graph does not have (${BUILT_IN_CONTROLS.map((control) => `\`${control}\``).join(', ')}), and an \`operator\` that is neither \`AND\` nor \`OR\` where there is more than one control. Milder where the policy does not enforce.`,
    ],
    matters: [
      'Every answer of `gsa` about a sign-in that the policy applies to is unknown: nothing is guessed about a control that we do not know.',
    ],
    fix: [
      { text: 'Look at the control as it was imported.', command: "gsa policy show '<policy>'" },
      {
        text: 'Correct a misspelt or invented one in the file, then import it again.',
        command: 'gsa import ./export --merge',
      },
      { text: 'Where it is new in Graph, update `gsa`.' },
    ],
    sources: ['CSDL-v1', 'CSDL-beta', 'D-GRANT', 'AGENT-USER', 'L-CORPUS'],
  },
  *check(tenant) {
    for (const policy of tenant.policies) {
      for (const { value, key, pointer } of unknownWords(policy)) {
        if (!pointer.startsWith('/grantControls/builtInControls')) continue;
        yield {
          subject: policy.subject,
          severity: severityFor(policy, 'warning'),
          pointer,
          detail: key,
          message: `${quoted(policy.subject.displayName)} asks for the control ${quoted(value)}, ${troubleWith(value)}`,
        };
      }
      yield* operator(policy);
    }
  },
};

/** A control that one page of Microsoft describes and another of the same day and the schema have not is no mistake (AGENT). */
function troubleWith(control: string): string {
  return control.toLowerCase() === 'compliantnetwork'
    ? 'on which documents of Microsoft contradict each other, so its answer is unknown; a switch of signaling may change it'
    : 'which Graph does not have, so its answer is unknown; correct it';
}

function* operator(policy: CheckedPolicy): Iterable<Remark> {
  const written = valueAt(policy.policy, '/grantControls/operator');
  const isKnown = ['and', 'or'].includes(textOf(written).toLowerCase());
  const lists = ['builtInControls', 'customAuthenticationFactors', 'termsOfUse'] as const;
  const controls = lists.reduce((count, list) => count + policy.list(`/grantControls/${list}`).length, 0);
  const strength = valueAt(policy.policy, '/grantControls/authenticationStrength');
  if (isKnown || controls + (typeof strength === 'object' && strength !== null ? 1 : 0) < 2) return;
  yield {
    subject: policy.subject,
    severity: severityFor(policy, 'warning'),
    pointer: '/grantControls/operator',
    detail: 'operator',
    message: `${quoted(policy.subject.displayName)} has several controls and ${typeof written === 'string' ? `the operator ${quoted(written)}` : 'no operator'}, so its answer is unknown; set \`AND\` or \`OR\``,
  };
}
