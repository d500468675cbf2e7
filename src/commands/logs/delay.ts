import type { LoggedSignIn } from '../../core/conditional-access/record/sign-in.ts';
import type { SignInCondition } from '../../core/sign-in-log/condition.ts';
import type { Tenant } from '../../core/tenant/tenant.ts';
import { plural } from '../../core/values/plural.ts';
import { UNITS } from '../options.ts';
import { rfc3339 } from '../times.ts';
import type { LogSelection } from './selection.ts';

/** What the simulated processing delay of the log leaves to see, and what it hides. */
export interface DelayedSelection {
  readonly visible: LogSelection;
  /** Absent without a delay. */
  readonly hidden?: LogSelection;
}

/** Sign-ins show in Microsoft's log some minutes after they were made (D-LATENCY); the tenant says how many. */
export function delayed(selection: LogSelection, tenant: Pick<Tenant, 'settings'>, now: string): DelayedSelection {
  const minutes = delayMinutes(tenant);
  if (minutes === 0) return { visible: selection };
  const shown: SignInCondition = {
    column: 'createdDateTime',
    operator: 'le',
    value: rfc3339(Date.parse(now) - minutes * UNITS.m),
  };
  return { visible: narrowed(selection, shown), hidden: narrowed(selection, { not: shown }) };
}

/** 99 percent of sign-ins show within five minutes (D-LATENCY); the page of today gives no figure. */
const DEFAULT_DELAY_MINUTES = 5;

function delayMinutes(tenant: Pick<Tenant, 'settings'>): number {
  return Math.max(0, tenant.settings.signInLogDelayMinutes ?? DEFAULT_DELAY_MINUTES);
}

/** Whether a sign-in shows by now: for one who waits for it. */
export function isVisibleIn(tenant: Pick<Tenant, 'settings'>, now: () => string): (signIn: LoggedSignIn) => boolean {
  const delay = delayMinutes(tenant) * UNITS.m;
  return ({ record }) => delay === 0 || Date.parse(record.createdDateTime) <= Date.parse(now()) - delay;
}

export function delayText(hidden: number, tenant: Pick<Tenant, 'settings'>): string {
  const minutes = delayMinutes(tenant);
  const sentence = `${plural(hidden, 'sign-in is', 'sign-ins are')} not in the log yet`;
  return `${sentence}: ${hidden === 1 ? 'it shows' : 'they show'} after ${plural(minutes, 'minute')} (\`gsa tenant set --sign-in-log-delay\`)`;
}

function narrowed(selection: LogSelection, condition: SignInCondition): LogSelection {
  const { query } = selection;
  return { ...selection, query: { ...query, conditions: [...query.conditions, condition] } };
}
