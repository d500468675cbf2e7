import { readFileSync, writeFileSync } from 'node:fs';
import type { BuiltInRole } from '../../src/core/tenant/roles/built-in-roles.ts';
import type { Operation } from '../../src/core/tenant/roles/roles.ts';
import { OPERATION_RULES, rolesAllowing } from '../../src/core/tenant/roles/roles.ts';
import type { Workplace } from './in-process.ts';

/** Every built-in role that a rule names, once. */
const ROLES: readonly BuiltInRole[] = [
  ...new Map(OPERATION_RULES.flatMap(({ allowed }) => allowed).map((role) => [role.templateId, role])).values(),
];

/** Those who try: one for each role, one without any, and a Global Administrator whose account is disabled. */
export const ACTORS: readonly string[] = [...ROLES.map(({ displayName }) => displayName), 'no role', 'disabled'];

/** Puts the actors into a tenant file, as a hand would. */
export function addActors({ tenant }: Workplace): void {
  const file = JSON.parse(readFileSync(tenant, 'utf8'));
  const all = ROLES.find(({ displayName }) => displayName === 'Global Administrator');
  for (const [at, name] of ACTORS.entries()) {
    const id = `ac000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
    const role = name === 'disabled' ? all : ROLES[at];
    file.tenant.users.push({
      id,
      displayName: name,
      userPrincipalName: upnOf(name),
      userType: 'Member',
      accountEnabled: name !== 'disabled',
    });
    if (role === undefined) continue;
    file.tenant.roleAssignments.push({
      principalId: id,
      roleDefinitionId: role.templateId,
      directoryScopeId: '/',
      status: 'active',
    });
  }
  writeFileSync(tenant, JSON.stringify(file, null, 2));
}

export function upnOf(name: string): string {
  return `role.${name.toLowerCase().replaceAll(' ', '.')}@contoso.com`;
}

/** Rights that a command asks for; none: of anybody whose account is not disabled. */
type Asked = readonly Operation[] | 'no tenant';

/** Commands that only look, as they are tried, and the operations whose rights they ask for. */
export const TRIED: Readonly<Record<string, Asked>> = {
  'policy list': ['policy.read'],
  'policy deleted': ['policy.read'],
  'policy dependencies': ['policy.read'],
  'location list': ['policy.read'],
  'location deleted': ['policy.read'],
  'location match 203.0.113.7': ['policy.read'],
  check: ['policy.read'],
  'signaling status': ['signaling.read'],
  audit: ['audit.read'],
  history: ['audit.read'],
  logs: ['signin.read'],
  'user list': [],
  'group list': [],
  'role list': [],
  'tenant show': [],
  'signaling matrix': 'no tenant',
  'signaling limitations': 'no tenant',
  'explain GSA001': 'no tenant',
};

/** Whether somebody is turned away with exit code 5. */
export function isForbidden(actor: string, operations: Asked): boolean {
  if (operations === 'no tenant') return false;
  if (actor === 'disabled') return true;
  return !operations.every((operation) => rolesAllowing(operation).some(({ displayName }) => displayName === actor));
}

/** docs/roles.md. */
export function roleTable(): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rows = Object.entries(TRIED).map(([words, operations]) =>
    row([`\`gsa ${words}\``, ...ACTORS.map((actor) => (isForbidden(actor, operations) ? '5' : '–'))]),
  );
  return [
    '# Who may look at what',
    '',
    'Written by `node tools/write-roles.ts` from the rules of roles and tried by a test, cell by cell. `5`: turned away with',
    'exit code 5; `–`: not turned away. The last two columns are an account without a role, and a disabled account that holds',
    'the role Global Administrator. Only commands that look are tried here; `--as` is a simulation, not a boundary.',
    '',
    row(['command', ...ACTORS]),
    row(['---', ...ACTORS.map(() => '---')]),
    ...rows,
    '',
  ].join('\n');
}
