import { plural } from '../../values/plural.ts';
import type { CheckedPolicy } from '../checked-policy.ts';
import { daysBetween } from '../dates.ts';
import type { Rule } from '../rule.ts';
import { quoted } from '../wording.ts';

/** Policies that once were on their way to something. */

export const reportOnlyLeftover: Rule = {
  id: 'GSA057',
  name: 'report-only-leftover',
  severity: 'warning',
  summary: 'a policy has been report-only for so long that it was probably forgotten',
  needs: ['policies'],
  page: {
    finds: [
      'Report-only policies that nobody has changed for 90 days (settable), by `modifiedDateTime`, else `createdDateTime`. Policies without either date are not reported: their age is not known.',
    ],
    matters: ['Report-only protects nothing. It is meant for a trial, after which a policy is enabled or deleted.'],
    fix: [
      { text: 'See what it would have done.', command: "gsa logs --policy '<policy>'" },
      { text: 'Put it in force.', command: "gsa policy set-state '<policy>' enabled" },
      { text: 'Or delete it; it can be restored for 30 days.', command: "gsa policy delete '<policy>'" },
    ],
    sources: ['D-RO', 'D-PLAN', 'OWN'],
  },
  *check({ policies, settings }) {
    for (const policy of policies) {
      const age = ageOf(policy, settings.now);
      if (policy.mode !== 'reportOnly' || age === undefined || age < settings.leftoverDays) continue;
      yield {
        subject: policy.subject,
        pointer: '/state',
        message: `${quoted(policy.subject.displayName)} is report-only and unchanged for ${plural(age, 'day')}, so it protects nothing; enable it or delete it`,
      };
    }
  },
};

export const disabledLeftover: Rule = {
  id: 'GSA058',
  name: 'disabled-leftover',
  severity: 'note',
  summary: 'a policy is disabled and was probably forgotten',
  needs: ['policies'],
  page: {
    finds: ['Disabled policies that nobody has changed for 90 days (settable), or that carry no date.'],
    matters: [
      'A disabled policy is never evaluated, not even for the log, but counts against the limit of 195 and invites someone to enable it years later.',
    ],
    fix: [
      { text: 'Try it without effect.', command: "gsa policy set-state '<policy>' enabledForReportingButNotEnforced" },
      { text: 'Or delete it; it can be restored for 30 days.', command: "gsa policy delete '<policy>'" },
    ],
    sources: ['D-RO', 'D-PLAN', 'OWN'],
  },
  *check({ policies, settings }) {
    for (const policy of policies) {
      const age = ageOf(policy, settings.now);
      if (policy.mode !== 'disabled' || (age !== undefined && age < settings.leftoverDays)) continue;
      yield {
        subject: policy.subject,
        pointer: '/state',
        message: `${quoted(policy.subject.displayName)} is disabled${age === undefined ? '' : ` and unchanged for ${plural(age, 'day')}`}; delete it if nobody needs it`,
      };
    }
  },
};

/** Days since the last change that the policy tells of; none for a date that lies ahead of the clock. */
function ageOf({ policy }: CheckedPolicy, now: string): number | undefined {
  return daysBetween(policy.modifiedDateTime ?? policy.createdDateTime, now);
}
