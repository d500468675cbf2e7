import type { CommandModule } from './commands/command.ts';

/** One command of the tree: its words, what `--help` says of it, and the file that holds it. */
export interface CommandLine {
  readonly words: string;
  readonly summary: string;
  /** The help leaves it out: programs call it, or it is reached by other words. */
  readonly hidden?: true;
  readonly load: () => Promise<{ readonly command: CommandModule }>;
}

/** What a noun says of itself in the help of the whole program. */
export const NOUNS: { readonly [noun: string]: string } = {
  tenant: 'the tenant file',
  config: 'defaults of yours, and names of tenant files',
  signaling: 'source IP restoration: status, enable, disable',
  policy: 'Conditional Access policies',
  location: 'named locations',
  user: 'people',
  group: 'groups',
  role: 'directory roles',
  query: 'queries for sign-ins that lie elsewhere',
  engine: 'where sign-ins are counted',
};

/** Lines to type that show a noun at work; each verb has its own in its help. */
export const NOUN_EXAMPLES: { readonly [noun: string]: readonly string[] } = {
  tenant: ['gsa tenant show', 'gsa tenant set --entra-id-plan P2 --dry-run', 'gsa tenant validate'],
  config: ['gsa config list', 'gsa config set tenants.production ./production.json'],
  signaling: ['gsa signaling status', 'gsa signaling disable --dry-run'],
  policy: ['gsa policy list', 'gsa policy dependencies', 'gsa policy set-state CA003 report-only --dry-run'],
  location: ['gsa location list', 'gsa location match 203.0.113.10'],
  user: ['gsa user list', 'gsa user show joni.sherman@contoso.com'],
  group: ['gsa group list', 'gsa group show Finance'],
  role: ['gsa role list', 'gsa role show "Security Administrator"'],
  query: ['gsa query kql --since 30d > keys.kql'],
  engine: ['gsa engine clickhouse create --table sign_ins --print'],
};

type Load = CommandLine['load'];
const line = (words: string, summary: string, load: Load): CommandLine => ({ words, summary, load });

const hidden = (words: string, load: Load): CommandLine => ({ words, summary: '', hidden: true, load });

/** The whole command tree on one page. A command is loaded only when it is the one that was typed. */
export const PROGRAM: readonly { readonly heading: string; readonly commands: readonly CommandLine[] }[] = [
  {
    heading: 'Set up:',
    commands: [
      line('demo', 'the guided story: signaling on, off, on again', () => import('./commands/demo/command.ts')),
      line('init', 'write a new tenant file', () => import('./commands/init/command.ts')),
      line(
        'import',
        'take policies, named locations and people from exports',
        () => import('./commands/import/command.ts'),
      ),
      line('tenant show', 'what the tenant file holds', () => import('./commands/tenant/show.ts')),
      line('export', 'write the tenant as Graph files', () => import('./commands/export/command.ts')),
      line('tenant set', 'change settings of the tenant', () => import('./commands/tenant/set.ts')),
      line('tenant validate', 'whether file and journal are whole', () => import('./commands/tenant/validate.ts')),
      line('tenant backups', 'what every write leaves', () => import('./commands/tenant/backups.ts')),
      line('tenant restore', 'bring a backup back', () => import('./commands/tenant/restore.ts')),
    ],
  },
  {
    heading: 'Look before you switch:',
    commands: [
      line('check', 'documented rules over tenant or exports', () => import('./commands/check/command.ts')),
      line(
        'check certificate',
        'judge a proof anew, without the prover',
        () => import('./commands/check/certificate.ts'),
      ),
      line('explain', 'what a rule means and what to do', () => import('./commands/explain/command.ts')),
      line('whatif', 'one sign-in, every policy, every condition', () => import('./commands/whatif/command.ts')),
      line('impact', 'who is blocked or asked after a change', () => import('./commands/impact/command.ts')),
      line('query kql', 'a query for sign-ins in Log Analytics', () => import('./commands/query/kql.ts')),
      line('engine clickhouse', 'a table of sign-ins in ClickHouse', () => import('./commands/engine/clickhouse.ts')),
      line('policy list', 'all policies', () => import('./commands/policy/list.ts')),
      line('policy show', 'one policy', () => import('./commands/policy/show.ts')),
      line('policy deleted', 'policies that can be restored', () => import('./commands/policy/deleted.ts')),
      line('policy dependencies', 'what hangs on the address', () => import('./commands/policy/dependencies.ts')),
      line('policy diff', 'prove what changes between two tenants', () => import('./commands/policy/diff.ts')),
      line('policy set-state', 'on, off or report-only', () => import('./commands/policy/set-state.ts')),
      line('policy delete', 'delete softly', () => import('./commands/policy/delete.ts')),
      line('policy restore', 'bring deleted ones back', () => import('./commands/policy/restore.ts')),
      line('location list', 'all named locations', () => import('./commands/location/list.ts')),
      line('location show', 'one named location', () => import('./commands/location/show.ts')),
      line('location match', 'which locations hold an address', () => import('./commands/location/match.ts')),
      line('location add', 'add IP ranges or countries', () => import('./commands/location/add.ts')),
      line('location remove', 'delete softly', () => import('./commands/location/remove.ts')),
      line('location deleted', 'locations that can be restored', () => import('./commands/location/deleted.ts')),
      line('location restore', 'bring deleted ones back', () => import('./commands/location/restore.ts')),
      line('location trust', 'mark as trusted', () => import('./commands/location/trust.ts')),
      line('location untrust', 'take the mark away', () => import('./commands/location/untrust.ts')),
    ],
  },
  {
    heading: 'Switch:',
    commands: [
      line('signaling status', 'on or off, why, and what hangs on it', () => import('./commands/signaling/status.ts')),
      line(
        'signaling limitations',
        'what is known not to work, and what is modelled of it',
        () => import('./commands/signaling/limitations.ts'),
      ),
      line('signaling matrix', 'who sees which address, with sources', () => import('./commands/signaling/matrix.ts')),
      line(
        'signaling enable',
        'show Entra ID the users’ own addresses',
        () => import('./commands/signaling/enable.ts'),
      ),
      line('signaling disable', 'warn, then show Entra ID the proxy', () => import('./commands/signaling/disable.ts')),
      line('audit', 'who changed what', () => import('./commands/audit/command.ts')),
      line('audit restart', 'begin a new journal where it was lost', () => import('./commands/audit/restart.ts')),
      line('history', 'the writes of the tenant file', () => import('./commands/history/command.ts')),
      line('undo', 'take a change back', () => import('./commands/undo/command.ts')),
    ],
  },
  {
    heading: 'Rehearse a script:',
    commands: [
      line('rehearse', 'run a change script against a simulation', () => import('./commands/rehearse/command.ts')),
      line('apply', 'write a saved plan', () => import('./commands/apply/command.ts')),
      line('serve', 'answer Graph’s routes over the tenant file', () => import('./commands/serve/command.ts')),
    ],
  },
  {
    heading: 'Sign-ins:',
    commands: [
      line('replay', 'evaluate recorded sign-ins and log the result', () => import('./commands/replay/command.ts')),
      line('logs', 'the sign-in log: who, from where, what came of it', () => import('./commands/logs/command.ts')),
      line('logs show', 'one sign-in, told whole', () => import('./commands/logs/show.ts')),
    ],
  },
  {
    heading: 'Keep it true:',
    commands: [
      line('test', 'run test files, for you and for pipelines', () => import('./commands/test/command.ts')),
      line('test generate', 'write down what sign-ins do today', () => import('./commands/test/generate.ts')),
    ],
  },
  {
    heading: 'More:',
    commands: [
      line('user list', 'all people', () => import('./commands/user/list.ts')),
      line('user show', 'one person', () => import('./commands/user/show.ts')),
      line('group list', 'all groups', () => import('./commands/group/list.ts')),
      line('group show', 'one group', () => import('./commands/group/show.ts')),
      line('role list', 'who holds which role', () => import('./commands/role/list.ts')),
      line('role show', 'one role', () => import('./commands/role/show.ts')),
      line('config list', 'the settings that count, and where from', () => import('./commands/config/list.ts')),
      line('config get', 'one setting', () => import('./commands/config/get.ts')),
      line('config set', 'a default, or the name of a tenant file', () => import('./commands/config/set.ts')),
      line('config unset', 'take a setting away', () => import('./commands/config/unset.ts')),
      line('doctor', 'what a bug report has to say', () => import('./commands/doctor/command.ts')),
      line('completion', 'a completion script for your shell', () => import('./commands/completion/command.ts')),
      hidden('complete', () => import('./commands/complete/command.ts')),
      hidden('help-topic', () => import('./commands/help-topic/command.ts')),
    ],
  },
];
