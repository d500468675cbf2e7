import { valueAt } from '../../values/value-at.ts';
import { severityFor, textOf } from '../checked-policy.ts';
import { isSignalingOff } from '../checked-tenant.ts';
import { canApply } from '../never-applies.ts';
import type { Rule } from '../rule.ts';
import { quoted } from '../wording.ts';

const MODE = '/sessionControls/continuousAccessEvaluation/mode';

/** Strict location enforcement blocks whoever a resource sees at the proxy's address (LIM, STRICT). */
export const strictLocationWithGsa: Rule = {
  id: 'GSA005',
  name: 'strict-location-with-gsa',
  severity: 'error',
  summary: 'a policy enforces locations strictly while traffic goes through Global Secure Access',
  needs: ['policies', 'signalingStatus'],
  readsTraffic: true,
  page: {
    finds: [
      'Policies that are not disabled and set continuous access evaluation to `strictLocation`, in a tenant whose traffic may go through Global Secure Access. An error where the policy enforces and signaling is disabled, a warning where signaling is enabled, one step milder where it is report-only.',
    ],
    matters: [
      'Strict enforcement compares the address that Microsoft Entra ID sees with the one that the resource sees. Restoration reaches Microsoft Entra ID and Microsoft Graph only: other resources see the proxy, so people are blocked although they sit inside a trusted range. With signaling disabled it is so everywhere.',
    ],
    fix: [
      {
        text: 'Look for sign-ins whose resource saw another address.',
        command: 'gsa logs --through-gsa',
      },
      {
        text: 'Switch the policy to report-only, then set its continuous access evaluation back to standard enforcement in the Microsoft Entra admin center.',
        command: "gsa policy set-state '<policy>' enabledForReportingButNotEnforced",
      },
    ],
    sources: ['LIM', 'STRICT', 'CAE'],
  },
  *check(tenant) {
    if (tenant.gsaTraffic === false) return;
    for (const policy of tenant.policies) {
      const isStrict = textOf(valueAt(policy.policy, MODE)).toLowerCase() === 'strictlocation';
      if (policy.mode === 'disabled' || !isStrict || !canApply(tenant, policy)) continue;
      yield {
        subject: policy.subject,
        severity: severityFor(policy, isSignalingOff(tenant) ? 'error' : 'warning'),
        pointer: MODE,
        message: `${quoted(policy.subject.displayName)} enforces locations strictly, which blocks people behind Global Secure Access even inside trusted ranges; use standard enforcement`,
      };
    }
  },
};
