import { createHash } from 'node:crypto';
import type { CompiledTenant } from '../../../core/conditional-access/compile.ts';
import { addressClasses } from '../../../core/fact-keys/address-classes.ts';

/**
 * By which of their IPv4 addresses sign-ins were grouped, as a short text: the same for tenants whose named locations, MFA trusted
 * IPs and egress tell the same addresses apart. A record that stands for a group has one address of it, and what holds that one
 * holds the others only as long as nobody asks about other ranges.
 */
export function groupingOf(tenants: readonly CompiledTenant[]): string {
  const ranges = addressClasses(tenants).ipv4;
  // Where the next range is of the same class, nothing is told apart between the two.
  const told = ranges.filter((range, at) => range.class !== ranges[at - 1]?.class);
  const text = told.map(({ first, class: number }) => `${first.text} ${number}`).join('\n');
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
