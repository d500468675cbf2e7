import type { Tenant } from '../../tenant/tenant.ts';
import { defaultSignalingStatus, isCreatedDateTimeKnown } from '../../tenant/tenant.ts';
import { isSignalingOff, setting } from '../checked-tenant.ts';
import type { Rule } from '../rule.ts';
import { quoted } from '../wording.ts';

/** Enabled by default for tenants created from June 2025 on; before, it is done by hand (SEED, SIR-2025). */
export const signalingNotEnabled: Rule = {
  id: 'GSA003',
  name: 'signaling-not-enabled',
  severity: 'warning',
  summary: 'Conditional Access signaling is off in a tenant that uses Global Secure Access',
  needs: ['signalingStatus', 'createdDateTime'],
  readsTraffic: true,
  page: {
    finds: [
      'Tenants whose Conditional Access signaling is disabled. The message says which of two cases it is: a tenant created before 2025-06-01 starts with signaling off and somebody must enable it by hand; a later one starts with signaling on, so somebody has switched it off. Where nobody said when the tenant was created, it says neither.',
      'A note where the tenant does not say whether it is onboarded to Global Secure Access; nothing where it is not.',
    ],
    matters: [
      'Without signaling, sign-in logs, risk detections and every IP-based policy see the egress address of Global Secure Access, which all customers of the service share, and no sign-in counts as coming from the compliant network.',
    ],
    fix: [
      { text: 'Read the status, its reason and the prerequisites.', command: 'gsa signaling status' },
      { text: 'See what enabling would change, then do it.', command: 'gsa signaling enable --dry-run' },
      {
        text: 'In the Microsoft Entra admin center it is under Global Secure Access, Settings, Session management, Adaptive Access.',
      },
    ],
    sources: ['SEED', 'SIR-2025', 'SIR-2026', 'ZTA', 'FWD'],
  },
  *check(tenant) {
    if (!isSignalingOff(tenant) || tenant.gsaTraffic === false) return;
    yield {
      subject: setting('globalSecureAccess', 'Conditional Access signaling'),
      severity: tenant.gsaTraffic === true ? 'warning' : 'note',
      pointer: '/globalSecureAccess/conditionalAccess/signalingStatus',
      detail: 'signalingStatus',
      message: `signaling ${reasonFor(tenant.tenant)}; enable it with \`gsa signaling enable\``,
    };
  },
};

function reasonFor(tenant: Tenant): string {
  const { createdDateTime, globalSecureAccess } = tenant;
  const change = globalSecureAccess.signalingChange;
  // An import knows the status, not who set it.
  const isNamed = change !== undefined && change.changedBy !== 'import';
  const changed = isNamed ? ` by ${quoted(change.changedBy)} on ${quoted(change.changedDateTime)}` : '';
  if (!isCreatedDateTimeKnown(tenant)) return isNamed ? `has been switched off${changed}` : 'is off';
  if (defaultSignalingStatus(createdDateTime) === 'enabled') {
    return `starts enabled in a tenant created on ${quoted(createdDateTime)} and has been switched off${changed}`;
  }
  if (isNamed) return `has been switched off${changed}`;
  return `must be enabled by hand in a tenant created on ${quoted(createdDateTime)}, before 2025-06-01`;
}
