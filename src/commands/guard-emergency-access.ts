import { emergencyStops } from '../core/dependencies/emergency-stops.ts';
import { applyPlan } from '../core/tenant/plans/edit.ts';
import type { Planned } from '../core/tenant/plans/objects.ts';
import type { Tenant } from '../core/tenant/tenant.ts';

/**
 * Why a change that lets policies enforce is refused without `--force`: one of them would stop every emergency access account.
 * `undefined`: none would, or nobody marked an account.
 */
export function emergencyRefusal(before: Tenant, after: Tenant): string | undefined {
  const stops = emergencyStops(before, after);
  const [first] = stops;
  if (first === undefined) return undefined;
  const names = stops.map(({ displayName }) => `\`${displayName}\``).join(', ');
  const accounts = first.accounts.map((name) => `\`${name}\``).join(', ');
  return `${names} would stop every emergency access account (${accounts}), and no way in would be left; exclude one, or say --force`;
}

/** The plan itself, or the refusal; with `force` the plan. */
export function unlessLockedOut(tenant: Tenant, plan: Planned, force = false): Planned {
  if (force) return plan;
  const refused = 'refused' in plan ? undefined : emergencyRefusal(tenant, applyPlan(tenant, plan));
  return refused === undefined ? plan : { refused };
}
