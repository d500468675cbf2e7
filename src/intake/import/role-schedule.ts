import type { JsonObject } from '../../core/tenant/plans/change.ts';
import { isJsonObject } from '../json/value.ts';
import { quoted } from '../text/excerpt.ts';
import type { Cursor } from './findings.ts';
import { lookUp } from './member-names.ts';
import { time } from './members.ts';

/**
 * Assignments of Privileged Identity Management last from one time to another (CSDL-v1: `startDateTime` and `endDateTime` of an
 * instance, `scheduleInfo` of a schedule), and a schedule says by its status that nothing came of it.
 */

/** Statuses of `unifiedRoleScheduleBase` under which nobody holds the role. */
const NOT_IN_FORCE = /^(canceled|denied|failed|pending|revoked|timedout|admindenied)/i;

/** Whether an assignment counts at this time; what does not is noted. Without a time every one does. */
export function isInForce(value: JsonObject, now: string | undefined, at: Cursor): boolean {
  const reason = reasonAgainst(value, now, at);
  if (reason !== undefined) at.note('notInForce', `the assignment ${reason}: not taken`);
  return reason === undefined;
}

function reasonAgainst(value: JsonObject, now: string | undefined, at: Cursor): string | undefined {
  const has = lookUp(value);
  const status = has('status');
  if (typeof status === 'string' && NOT_IN_FORCE.test(status)) return `is ${quoted(status, 40)}`;
  const info = inside(has('scheduleInfo'));
  const start = instant(has('startDateTime') ?? info('startDateTime'), at);
  const end = instant(has('endDateTime') ?? inside(info('expiration'))('endDateTime'), at);
  const moment = Date.parse(now ?? '');
  if (start !== undefined && start > moment) return `begins on ${new Date(start).toISOString()}`;
  return end !== undefined && end <= moment ? `ended on ${new Date(end).toISOString()}` : undefined;
}

function inside(value: unknown): (name: string) => unknown {
  return isJsonObject(value) ? lookUp(value) : () => undefined;
}

function instant(value: unknown, at: Cursor): number | undefined {
  const moment = Date.parse(time(value, at) ?? '');
  return Number.isNaN(moment) ? undefined : moment;
}
