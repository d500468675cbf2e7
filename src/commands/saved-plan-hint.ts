import type { Plan } from '../core/tenant/plans/change.ts';
import { applyPlan } from '../core/tenant/plans/edit.ts';
import type { Tenant } from '../core/tenant/tenant.ts';
import type { Invoked } from '../shell/session.ts';
import { commandText, tenantWords } from './command-text.ts';
import { emergencyRefusal } from './guard-emergency-access.ts';

/** The command that makes a plan which was saved; with why it would be refused as it stands, and the option that it needs. */
export function savedPlanHint(session: Invoked, file: string, tenant: Tenant, plan: Plan): string {
  const lockedOut = emergencyRefusal(tenant, applyPlan(tenant, plan));
  const words = ['apply', ...tenantWords(session), file, ...(lockedOut === undefined ? [] : ['--force'])];
  const makes = `nothing was written but the plan; \`${commandText(words)}\` makes it`;
  return lockedOut === undefined ? makes : `${makes}, and only with --force: ${lockedOut}`;
}
