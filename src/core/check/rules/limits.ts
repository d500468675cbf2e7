import { MAXIMUM_IP_LOCATIONS, MAXIMUM_POLICIES, MAXIMUM_RANGES } from '../../tenant/limits.ts';
import { setting } from '../checked-tenant.ts';
import type { Rule } from '../rule.ts';
import { quoted } from '../wording.ts';

/** The ranges up to which CAE sees a change of location at once (D-CAE). */
const CAE_RANGES = 5000;
/** The share of a limit from which on a note warns in time. */
const NEAR = 0.9;

export const policyLimit: Rule = {
  id: 'GSA070',
  name: 'policy-limit',
  severity: 'error',
  summary: 'the tenant has as many policies as Microsoft Entra ID takes, or nearly',
  needs: ['policies'],
  page: {
    finds: ['More than 195 Conditional Access policies, in any state: an error. From nine tenths of that on: a note.'],
    matters: [
      'Creating the next policy fails, also the one that is to end an emergency. Disabled and report-only policies count.',
    ],
    fix: [
      { text: 'Find copies and leftovers.', command: 'gsa check' },
      { text: 'Delete what is not needed.', command: "gsa policy delete '<policy>'" },
    ],
    sources: ['D-PLAN'],
  },
  *check({ policies }) {
    const severity = severityAt(policies.length, MAXIMUM_POLICIES);
    if (severity === undefined) return;
    yield {
      subject: setting('policies', 'Conditional Access policies'),
      severity,
      pointer: '/policies',
      message: `the tenant has ${policies.length} policies, and Microsoft Entra ID takes ${MAXIMUM_POLICIES}; delete what is not needed`,
    };
  },
};

export const namedLocationLimit: Rule = {
  id: 'GSA071',
  name: 'named-location-limit',
  severity: 'error',
  summary: 'named locations or their ranges reach what Microsoft Entra ID takes, or nearly',
  needs: ['namedLocations'],
  page: {
    finds: [
      'More than 195 IP named locations, or more than 2,000 ranges in one: an error; from nine tenths on a note. More than 5,000 ranges in all locations together: a warning, because continuous access evaluation then no longer reacts at once to a change of location.',
    ],
    matters: [
      "Beyond a limit the service refuses the change, for example the new office's range that people need today.",
    ],
    fix: [
      { text: 'Find copies, overlaps and locations without use.', command: 'gsa check' },
      { text: 'Remove them, and join neighbouring ranges.', command: "gsa location remove '<location>'" },
    ],
    sources: ['D-NET', 'CAE'],
  },
  *check({ namedLocations }) {
    const all = setting('namedLocations', 'named locations');
    const count = namedLocations.filter(({ kind }) => kind === 'ip').length;
    const severity = severityAt(count, MAXIMUM_IP_LOCATIONS);
    if (severity !== undefined) {
      yield {
        subject: all,
        severity,
        pointer: '/namedLocations',
        detail: 'locations',
        message: `the tenant has ${count} IP named locations, and Microsoft Entra ID takes ${MAXIMUM_IP_LOCATIONS}; remove what is not needed`,
      };
    }
    let total = 0;
    for (const { subject, ranges, unreadable } of namedLocations) {
      const count = ranges.length + unreadable.length;
      total += count;
      const severity = severityAt(count, MAXIMUM_RANGES);
      if (severity === undefined) continue;
      yield {
        subject,
        severity,
        pointer: '/ipRanges',
        detail: 'ranges',
        message: `${quoted(subject.displayName)} has ${count} ranges, and Microsoft Entra ID takes ${MAXIMUM_RANGES}; join neighbouring ranges`,
      };
    }
    if (total <= CAE_RANGES) return;
    yield {
      subject: all,
      severity: 'warning',
      pointer: '/namedLocations',
      detail: 'total',
      message: `named locations hold ${total} ranges, and beyond ${CAE_RANGES} continuous access evaluation no longer reacts to locations at once; join neighbouring ranges`,
    };
  },
};

function severityAt(count: number, limit: number): 'error' | 'note' | undefined {
  if (count > limit) return 'error';
  return count >= limit * NEAR ? 'note' : undefined;
}
