import { readFileSync, writeFileSync } from 'node:fs';
import type { BuiltInRole } from '../../src/core/tenant/roles/built-in-roles.ts';
import { BUILT_IN_ROLES } from '../../src/core/tenant/roles/built-in-roles.ts';
import type { Operation } from '../../src/core/tenant/roles/roles.ts';
import { OPERATION_RULES, rolesAllowing } from '../../src/core/tenant/roles/roles.ts';
import type { Workplace } from './in-process.ts';

/** Every built-in role that a rule names, once. */
const ROLES: readonly BuiltInRole[] = [
  ...new Map(OPERATION_RULES.flatMap(({ allowed }) => allowed).map((role) => [role.templateId, role])).values(),
];

/** A role that administers something else. */
const ELSEWHERE = 'Application Administrator';

/**
 * Those who try: one for each role that a rule names, one with a role that none names, one without any, and a Global
 * Administrator whose account is disabled.
 */
export const ACTORS: readonly string[] = [
  ...ROLES.map(({ displayName }) => displayName),
  ELSEWHERE,
  'no role',
  'disabled',
];

/** Puts the actors into a tenant file, as a hand would. */
export function addActors({ tenant }: Workplace): void {
  const file = JSON.parse(readFileSync(tenant, 'utf8'));
  const all = ROLES.find(({ displayName }) => displayName === 'Global Administrator');
  for (const [at, name] of ACTORS.entries()) {
    const id = `ac000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
    const role = name === 'disabled' ? all : BUILT_IN_ROLES.find(({ displayName }) => displayName === name);
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

/** A command as it is tried: the operations whose rights it asks for, and what it does where it is allowed. */
export interface Tried {
  /** As typed; words in capitals stand for files and ids of the place where it is tried. */
  readonly words: string;
  /** Rights that it asks for. None: those of anybody whose account is not disabled. */
  readonly needs: readonly Operation[] | 'no tenant';
  /** It may change the tenant file, its journal, its log or the folder. */
  readonly writes?: true;
  /** It ends when it is interrupted. */
  readonly goesOn?: true;
}

const reading = (needs: Tried['needs'], ...lines: readonly string[]): readonly Tried[] =>
  lines.map((words) => ({ words, needs }));
const writing = (needs: readonly Operation[], ...lines: readonly string[]): readonly Tried[] =>
  lines.map((words) => ({ words, needs, writes: true as const }));

/** Every command of the tree, in each form that asks for other rights. */
export const TRIED: readonly Tried[] = [
  ...reading('no tenant', 'demo', 'init --tenant OTHER', 'explain GSA001', 'completion bash', 'doctor'),
  ...reading('no tenant', 'config list', 'config get tenant', 'config set tenants.branch b.json', 'config unset as'),
  ...reading('no tenant', 'signaling matrix', 'signaling limitations', 'policy diff EXPORT EXPORT', 'check EXPORT'),
  ...writing(['tenant.write'], 'init --force'),
  ...writing(['policy.write'], 'import policies.json', 'import policies.json --dry-run'),
  ...writing(['namedLocation.write'], 'import locations.json'),
  ...writing(['tenant.write'], 'import users.json'),
  ...writing(['policy.write', 'namedLocation.write', 'tenant.write'], 'import policies.json locations.json users.json'),
  ...writing(['signaling.write'], 'import settings.json'),
  ...reading(['policy.read'], 'import --requests', 'export FOLDER'),
  ...reading([], 'tenant show', 'tenant validate', 'tenant backups'),
  ...writing(['tenant.write'], 'tenant set --entra-id-plan P2', 'tenant restore --yes', 'audit restart --yes'),
  ...reading(['policy.read'], 'check', 'check --gaps', 'check certificate CERTIFICATE'),
  ...reading(['policy.read', 'signin.read'], 'check --from-logs'),
  ...reading(['policy.read'], 'whatif --user joni.sherman@contoso.com --app APP --source-ip 203.0.113.7'),
  ...reading(['policy.read'], 'impact --all --of signaling=disabled'),
  ...reading(
    ['signin.read'],
    'impact signins.ndjson',
    'impact --from-logs',
    'engine clickhouse create --print --table sign_ins',
  ),
  ...reading(['policy.read'], 'query kql'),
  ...reading(['signin.read', 'traffic.read'], 'impact signins.ndjson --gsa-traffic traffic.ndjson'),
  ...reading(['policy.read'], 'policy list', 'policy show CA001', 'policy deleted', 'policy dependencies'),
  ...writing(['policy.write'], 'policy set-state CA001 report-only', 'policy delete CA001 --yes'),
  ...writing(['policy.restore'], 'policy restore CA011'),
  ...reading(['policy.read'], 'location list', 'location show Visitor', 'location deleted'),
  ...reading(['policy.read'], 'location match 203.0.113.7'),
  ...writing(['namedLocation.write'], 'location add Branch 198.51.100.0/24', 'location remove Spare --yes'),
  ...writing(['namedLocation.write'], 'location restore Gone', 'location trust Spare', 'location untrust Spare'),
  ...reading(['signaling.read'], 'signaling status'),
  ...writing(['signaling.write'], 'signaling enable', 'signaling disable --keep-policies --yes'),
  ...writing(
    ['signaling.write', 'policy.read', 'policy.write'],
    'signaling disable --report-only-policies --yes',
    'signaling disable --delete-policies --yes',
  ),
  ...reading(['audit.read'], 'audit', 'history'),
  ...writing(['policy.write'], 'undo'),
  ...reading(['policy.read'], 'rehearse -- true'),
  ...writing(['policy.read', 'policy.write'], 'apply PLAN --yes'),
  { words: 'serve', needs: ['policy.read'], goesOn: true },
  ...writing(['signin.read'], 'replay signins.ndjson'),
  ...writing(['signin.read', 'traffic.read'], 'replay signins.ndjson --gsa-traffic traffic.ndjson'),
  ...reading(['signin.read'], 'logs', 'logs --count-by user', 'logs show SIGN-IN'),
  ...writing(['signin.read'], 'test generate --from-logs'),
  ...reading(['policy.read'], 'test'),
  ...reading([], 'user list', 'user show joni.sherman@contoso.com', 'group list', 'group show Finance'),
  ...reading([], 'role list', 'role show ROLE'),
];

/** Whether somebody is turned away with exit code 5. */
export function isForbidden(actor: string, { needs }: Tried): boolean {
  if (needs === 'no tenant') return false;
  if (actor === 'disabled') return true;
  return !needs.every((operation) => rolesAllowing(operation).some(({ displayName }) => displayName === actor));
}

/** docs/roles.md. */
export function roleTable(): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rows = TRIED.map((tried) =>
    row([`\`gsa ${tried.words}\``, ...ACTORS.map((actor) => (isForbidden(actor, tried) ? '5' : '–'))]),
  );
  return [
    '# Who may do what',
    '',
    'Written by `node tools/write-roles.ts` from the rules of roles, and tried by a test cell by cell: every command, by one',
    `person for every role. \`5\`: turned away with exit code 5, nothing written, and the attempt kept for \`gsa audit\`; \`–\`: not`,
    `turned away. ${ELSEWHERE} stands for every role that no rule names, and the last two columns are an account without a`,
    'role, and a disabled account that holds the role Global Administrator.',
    '',
    'A command that works on no tenant of this folder (`gsa demo`, `gsa explain`, an export that is named) asks nobody. A',
    'command in a test file acts as whoever runs the tests. Pressing Tab offers the names of policies and locations to those',
    'who may list them. `gsa serve` and `gsa rehearse` answer each request by the rights of whom its token names. `--as` is a',
    'simulation, not a boundary: see SECURITY.md.',
    '',
    row(['command', ...ACTORS]),
    row(['---', ...ACTORS.map(() => '---')]),
    ...rows,
    '',
  ].join('\n');
}
