import type { Plan } from '../core/tenant/plans/change.ts';
import { applyPlan } from '../core/tenant/plans/edit.ts';
import type { Tenant } from '../core/tenant/tenant.ts';
import type { Session } from '../shell/session.ts';
import { commandText, tenantWords } from './command-text.ts';
import { emergencyRefusal } from './guard-emergency-access.ts';

/**
 * The command that makes a plan which was saved; with why it would be refused as it stands, and the options that it needs: it asks first, so
 * that where nobody can be asked it wants `--yes`.
 */
export async function savedPlanHint(session: Session, file: string, tenant: Tenant, plan: Plan): Promise<string> {
  const lockedOut = emergencyRefusal(tenant, applyPlan(tenant, plan));
  const canAsk = (await session.prompter()) !== undefined;
  const options = [...(lockedOut === undefined ? [] : ['--force']), ...(canAsk ? [] : ['--yes'])];
  const words = ['apply', ...tenantWords(session), file, ...options];
  const makes = `nothing was written but the plan; \`${commandText(words)}\` makes it`;
  return lockedOut === undefined ? makes : `${makes}, and only with --force: ${lockedOut}`;
}
