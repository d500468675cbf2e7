import type { PolicyDependency } from '../../core/dependencies/dependency.ts';
import { findPolicy } from '../../core/tenant/lookup.ts';
import { undeletable } from '../../core/tenant/managed-policies.ts';
import type { TreatedPolicies } from '../../core/tenant/plans/switch.ts';
import type { Tenant } from '../../core/tenant/tenant.ts';
import { plural } from '../../core/values/plural.ts';
import { GsaError } from '../../trouble/error.ts';
import { theOne } from '../find.ts';

/** What may be done with a policy that a switch would change, before the switch. */
export const TREATMENTS = ['delete', 'reportOnly', 'keep'] as const;
export type Treatment = (typeof TREATMENTS)[number];

/** Policies by name; `rest`: every dependent that no other treatment names. */
type Named = 'rest' | readonly string[];

/** What the options say, each treatment with its policies. Never empty. */
export type Remedy = { readonly [treatment in Treatment]?: Named };

/** Policies to change; `refused` says why nothing may be written, and what would help. */
export type Choice =
  | (TreatedPolicies & { readonly asked: boolean })
  | { readonly refused: string; readonly asked: boolean };

const OPTION: { readonly [treatment in Treatment]: string } = {
  delete: '--delete-policies',
  reportOnly: '--report-only-policies',
  keep: '--keep-policies',
};

/** Throws GsaError `usage` where two options would both take the rest. */
export function checkRemedy(remedy: Remedy): void {
  const [first, second] = TREATMENTS.filter((each) => remedy[each] === 'rest');
  if (first === undefined || second === undefined) return;
  throw new GsaError('usage', `${OPTION[first]} and ${OPTION[second]} without names both take every policy`, {
    hint: 'name the policies of all but one of them',
  });
}

/**
 * The remedy for the dependents that there are: a name gives its policy one treatment, an option without names takes those
 * that are left, of which deletion takes those alone that would newly stop people. Refused where one is left without any.
 * Throws GsaError for a name that fits no policy, or one that two options name.
 */
export function treated(
  tenant: Tenant,
  dependents: readonly PolicyDependency[],
  remedy: Remedy,
): TreatedPolicies | { readonly refused: string } {
  const treatmentOf = namedPolicies(tenant, remedy);
  const left = dependents.filter(({ policyId }) => !treatmentOf.has(policyId));
  const rest = TREATMENTS.find((each) => remedy[each] === 'rest');
  if (rest === undefined && left.length > 0) return { refused: unnamed(left) };
  const open = rest === 'delete' ? left.filter(isOpen) : [];
  if (open.length > 0) return { refused: unanswered(open) };
  for (const dependency of left) {
    if (rest !== undefined && (rest !== 'delete' || stops(dependency))) treatmentOf.set(dependency.policyId, rest);
  }
  const refused = undeletable(tenant.policies.filter(({ id }) => treatmentOf.get(id) === 'delete'));
  if (refused !== undefined) return { refused };
  const ids = (treatment: Treatment) => [...treatmentOf].flatMap(([id, each]) => (each === treatment ? [id] : []));
  return { deleted: ids('delete'), reportOnly: ids('reportOnly') };
}

function namedPolicies(tenant: Tenant, remedy: Remedy): Map<string, Treatment> {
  const treatmentOf = new Map<string, Treatment>();
  for (const treatment of TREATMENTS) {
    const names = remedy[treatment];
    for (const text of names === undefined || names === 'rest' ? [] : names) {
      const { id, displayName } = theOne(findPolicy(tenant, text), 'policy', text);
      const before = treatmentOf.get(id);
      if (before !== undefined && before !== treatment) throw namedTwice(displayName, before, treatment);
      treatmentOf.set(id, treatment);
    }
  }
  return treatmentOf;
}

function namedTwice(displayName: string, one: Treatment, other: Treatment): GsaError {
  return new GsaError('usage', `\`${displayName}\` is named by ${OPTION[one]} and by ${OPTION[other]}`, {
    hint: 'name it once',
  });
}

function unnamed(left: readonly PolicyDependency[]): string {
  const names = left.map(({ displayName }) => `\`${displayName}\``).join(', ');
  return (
    `these would still change what they enforce: ${names}; name them too, or give one of --delete-policies, ` +
    '--report-only-policies and --keep-policies without names: it takes those that are left'
  );
}

function unanswered(open: readonly PolicyDependency[]): string {
  const names = open.map(({ displayName }) => `\`${displayName}\``).join(', ');
  return (
    `nobody can say whether these would stop people: ${names}; settle what is not known, name every policy to delete, or ` +
    'take --report-only-policies or --keep-policies'
  );
}

/**
 * Whether disabling makes the policy newly stop people: the others let somebody in, or ask, and deleting them would open what
 * they guard.
 */
export function stops({ onDisable: { effects } }: PolicyDependency): boolean {
  return effects.some((effect) => effect === 'newlyBlocked' || effect === 'newlyDenied');
}

/** Whether it is not known if the policy newly stops people. */
export function isOpen(dependency: PolicyDependency): boolean {
  return dependency.onDisable.effects.includes('unknown') && !stops(dependency);
}

export function policiesText(count: number): string {
  return plural(count, 'policy', 'policies');
}
