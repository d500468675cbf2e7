import type { BuiltInRole } from './built-in-roles.ts';
import { BUILT_IN_ROLES } from './built-in-roles.ts';

/** What an administrator may be allowed to do; each command names the operations it needs. */
export type Operation =
  | 'signaling.read'
  | 'signaling.write'
  | 'policy.read'
  | 'policy.write'
  | 'policy.restore'
  | 'namedLocation.write'
  | 'signin.read'
  | 'traffic.read'
  | 'audit.read'
  | 'tenant.write';

/** The roles that may do an operation, least privileged first, and where that is written. */
export interface OperationRule {
  readonly operation: Operation;
  readonly allowed: readonly BuiltInRole[];
  /** Keys of docs/sources.md, with what each names. */
  readonly source: string;
  /** Set where sources disagree or are silent: what they say and what we do (docs/fidelity.md). */
  readonly choice?: string;
}

const BY_NAME: ReadonlyMap<string, BuiltInRole> = new Map(BUILT_IN_ROLES.map((role) => [role.displayName, role]));

/** Rules in the order of the matrix. */
export const OPERATION_RULES: readonly OperationRule[] = [
  rule('signaling.write', ['Global Secure Access Administrator', 'Security Administrator', 'Global Administrator'], {
    source: 'RBAC; GDOC update',
    choice:
      '[C] SIR-2026 names the Global Secure Access Administrator and the Global Administrator only; we take RBAC.',
  }),
  rule(
    'signaling.read',
    [
      'Security Reader',
      'Global Reader',
      'Global Secure Access Administrator',
      'Security Administrator',
      'Global Administrator',
    ],
    {
      source: 'RBAC; GDOC get',
      choice:
        '[C] The page of the GET names the Global Secure Access Log Reader, RBAC gives it traffic logs only; we take RBAC.',
    },
  ),
  rule('policy.write', ['Conditional Access Administrator', 'Security Administrator', 'Global Administrator'], {
    source: 'RBAC',
  }),
  rule('policy.restore', ['Conditional Access Administrator', 'Security Administrator', 'Global Administrator'], {
    source: 'RECOVER; GDOC conditionalaccesspolicy-restore',
  }),
  rule(
    'policy.read',
    [
      'Security Reader',
      'Global Reader',
      'Conditional Access Administrator',
      'Security Administrator',
      'Global Administrator',
    ],
    {
      source: 'GDOC conditionalaccesspolicy-get',
      choice:
        'RBAC says that the Global Secure Access Administrator cannot manage policies and is silent on reading; we refuse.',
    },
  ),
  rule('namedLocation.write', ['Conditional Access Administrator', 'Security Administrator', 'Global Administrator'], {
    source: 'NET (at least Conditional Access Administrator)',
  }),
  rule(
    'signin.read',
    [
      'Reports Reader',
      'Security Reader',
      'Security Operator',
      'Global Reader',
      'Global Secure Access Administrator',
      'Security Administrator',
      'Global Administrator',
    ],
    {
      source: 'GDOC signin-list; RBAC; SEED (at least Security Reader)',
      choice:
        '[C] GDOC signin-list lacks the Global Secure Access Administrator, RBAC allows it ("View all other logs"); we take both.',
    },
  ),
  rule(
    'traffic.read',
    [
      'Global Secure Access Log Reader',
      'Global Secure Access Administrator',
      'Security Administrator',
      'Global Administrator',
    ],
    { source: 'RBAC (readers have everything except traffic logs)' },
  ),
  rule(
    'audit.read',
    ['Reports Reader', 'Security Reader', 'Global Reader', 'Security Administrator', 'Global Administrator'],
    { source: 'D-AUDIT' },
  ),
  rule('tenant.write', ['Global Administrator'], {
    source: 'ours',
    choice:
      'Importing replaces people, roles, policies and settings at once; no single lesser role may do all of these.',
  }),
];

/** Roles that may, least privileged first. */
export function rolesAllowing(operation: Operation): readonly BuiltInRole[] {
  return OPERATION_RULES.find((one) => one.operation === operation)?.allowed ?? [];
}

export function leastPrivilegedRole(operation: Operation): BuiltInRole {
  const [least] = rolesAllowing(operation);
  if (least === undefined) throw new Error(`no role may ${operation}`);
  return least;
}

/** The least privileged of the given roles (template ids) that may; `undefined` when none may. */
export function roleAllowing(roles: Iterable<string>, operation: Operation): BuiltInRole | undefined {
  const held = new Set([...roles].map((id) => id.toLowerCase()));
  return rolesAllowing(operation).find(({ templateId }) => held.has(templateId));
}

export function mayDo(roles: Iterable<string>, operation: Operation): boolean {
  return roleAllowing(roles, operation) !== undefined;
}

function rule(
  operation: Operation,
  names: readonly string[],
  where: { readonly source: string; readonly choice?: string },
): OperationRule {
  const allowed = names.flatMap((name) => BY_NAME.get(name) ?? []);
  return { operation, allowed, ...where };
}
