import type { Plan } from '../../core/tenant/plans/change.ts';
import type { Tenant } from '../../core/tenant/tenant.ts';
import { plural } from '../../core/values/plural.ts';
import { MOST_LEVELS } from '../../core/values/text-fault.ts';
import { GsaError } from '../../trouble/error.ts';
import type { StoredTenant } from '../types.ts';
import type { AuditAnchor } from './format.ts';
import { tenantProblems } from './shape.ts';

/** What every write of the tenant file holds to. */

export function isEmpty(plan: Plan): boolean {
  return plan.steps.length === 0;
}

export function checkExpected(serial: number | undefined, expected: number | undefined): void {
  if (expected === undefined || serial === expected) return;
  throw new GsaError(
    'refused',
    `the tenant has changed since the plan was made: serial ${expected} then, ${serial ?? 'unreadable'} now`,
    {
      hint: 'run the command again: it plans on what is there now',
    },
  );
}

export function missing(path: string): GsaError {
  return new GsaError('invalid', `there is no tenant file \`${path}\``, {
    hint: 'make one with `gsa init`, or name another with `--tenant <file>`',
  });
}

/** `isOurs`: it is a tenant file, or was one. */
export function refuseToReplace(path: string, isOurs: boolean): GsaError {
  if (!isOurs) {
    return new GsaError('refused', `there is a file already that is no tenant file: \`${path}\``, {
      hint: 'name another with `--tenant <file>`',
    });
  }
  return new GsaError('refused', `there is a tenant file already: \`${path}\``, {
    hint: 'replace it with `--force` (it is kept as a backup), or name another with `--tenant <file>`',
  });
}

export function checkLineage(
  current: Omit<StoredTenant, 'tenant'>,
  backup: Omit<StoredTenant, 'tenant'>,
  force: boolean,
): void {
  if (current.lineage === backup.lineage || force) return;
  throw new GsaError(
    'refused',
    `the backup is of another tenant file: lineage ${backup.lineage}, serial ${backup.serial}; here it is ${current.lineage}, serial ${current.serial}`,
    { hint: 'take it all the same with `--force`' },
  );
}

/** Refuses what could be written and not read again; `read` is the tenant that was read. Throws GsaError `invalid`. */
export function checkTenant(tenant: Tenant, path: string, read?: Tenant): void {
  const problems = tenantProblems(tenant, read);
  const [first] = problems;
  if (first !== undefined) {
    throw new GsaError('invalid', `the tenant cannot be written: ${first.path} ${first.message}`, {
      problems: problems.map((problem) => ({ file: path, ...problem })),
    });
  }
  // A member of the tenant lies two levels below the top of its file.
  if (Object.entries(tenant).some(([name, member]) => isTooDeep(member, read && Reflect.get(read, name)))) {
    throw new GsaError('invalid', `the tenant cannot be written: it is nested deeper than ${MOST_LEVELS} levels`);
  }
}

/** Whether a member of the tenant is; what was read in the same place is not. */
function isTooDeep(member: unknown, read: unknown): boolean {
  if (member === read) return false;
  if (!Array.isArray(member)) return isDeeper(member, MOST_LEVELS - 2);
  const known = new Set<unknown>(Array.isArray(read) ? read : []);
  return member.some((item) => !known.has(item) && isDeeper(item, MOST_LEVELS - 3));
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  // Plain loops: no list of the members of half a million objects is made.
  if (Array.isArray(value)) {
    for (const item of value) if (isDeeper(item, levels - 1)) return true;
    return false;
  }
  const members = value as Readonly<Record<string, unknown>>;
  for (const name in members) if (isDeeper(members[name], levels - 1)) return true;
  return false;
}

/** The journal's words for `init`; an undo has nothing to take back. */
export function creation(tenant: Tenant): Plan {
  return wholeTenant('Create tenant', 'Add', tenant);
}

export function restoration({ tenant, serial }: Pick<StoredTenant, 'tenant' | 'serial'>): Plan {
  return wholeTenant(`Restore tenant of serial ${serial}`, 'Restore', tenant);
}

/** The first entry of a new chain: what was acknowledged before it, and where that is kept. */
export function journalRestart(tenant: Tenant, { length, head }: AuditAnchor, aside: string | undefined): Plan {
  const target = { id: tenant.tenantId, displayName: tenant.displayName, type: 'Directory' };
  const kept = aside === undefined ? 'nothing of them was there' : `kept as ${aside}`;
  const activity = {
    activityDisplayName: `Restart audit journal (${plural(length, 'entry', 'entries')} acknowledged before, head ${head.slice(0, 12)}, ${kept})`,
    category: 'DirectoryManagement',
    loggedByService: 'Core Directory',
    operationType: 'Restore' as const,
    targetResources: [target],
  };
  return { steps: [{ activity, changes: [] }] };
}

function wholeTenant(activityDisplayName: string, operationType: 'Add' | 'Restore', tenant: Tenant): Plan {
  const target = { id: tenant.tenantId, displayName: tenant.displayName, type: 'Directory' };
  const activity = {
    activityDisplayName,
    category: 'DirectoryManagement',
    loggedByService: 'Core Directory',
    operationType,
    targetResources: [target],
  };
  return { steps: [{ activity, changes: [] }] };
}
