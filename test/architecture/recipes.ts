/** One change of a kind that comes again and again, written out: what it adds, and where. */
export interface Recipe {
  readonly name: string;
  readonly steps: readonly Step[];
}

/** A new file, or text put before a place in a file that is there. */
export type Step =
  | { readonly file: string; readonly text: string }
  | { readonly file: string; readonly before: string; readonly text: string };

/** Files of src that a recipe touches, each once; what `npm run docs` writes anew is not counted. */
export function touchedBy({ steps }: Recipe): readonly string[] {
  return [...new Set(steps.map(({ file }) => file))];
}

const GRAPH = 'src/core/graph';

/** A level that a policy lists, such as the next kind of risk; one that is more than a level has a file of its own besides. */
const condition: Recipe = {
  name: 'a condition',
  steps: [
    {
      file: `${GRAPH}/words.ts`,
      before: '/** Risk of an agent',
      text: "export const SESSION_TRUST_LEVELS = ['none', 'low', 'full'] as const;\n\n",
    },
    {
      file: `${GRAPH}/conditions.ts`,
      before: '} as const satisfies Readonly<Record<string, LogCondition>>;',
      text: "  sessionTrust: { called: 'session trust', reason: 'invalidCondition' },\n",
    },
    {
      file: `${GRAPH}/policy-members.ts`,
      before: 'import {\n',
      text: "import { SESSION_TRUST_LEVELS } from './words.ts';\n",
    },
    {
      file: `${GRAPH}/policy-members.ts`,
      before: '  signInRiskLevels: condition(',
      text: "  sessionTrustLevels: condition(words({ what: 'session trust level', words: SESSION_TRUST_LEVELS }), 'sessionTrust'),\n",
    },
    {
      file: `${GRAPH}/sign-in-facts.ts`,
      before: 'import ',
      text: "import { SESSION_TRUST_LEVELS } from './words.ts';\n",
    },
    {
      file: `${GRAPH}/sign-in-facts.ts`,
      before: '  signInRiskLevel: {',
      text: `  sessionTrustLevel: {
    words: SESSION_TRUST_LEVELS,
    slot: 'sessionTrust',
    level: { member: 'sessionTrustLevels', condition: 'sessionTrust', rule: 'unknownFutureValue' },
    evaluate: '/sessionTrustLevel',
    supposed: 'none',
    option: { name: 'session-trust', value: 'level', says: 'session trust' },
  },
`,
    },
  ],
};

const grantControl: Recipe = {
  name: 'a grant control',
  steps: [
    {
      file: `${GRAPH}/controls.ts`,
      before: '} as const satisfies Readonly<Record<string, GrantControlRow>>;',
      text: `  verifiedPresence: {
    logName: 'RequireVerifiedPresence',
    errorCode: 50158,
    interactive: true,
    provenBy: 'session',
    otherwise: 'with presence verified',
  },
`,
    },
  ],
};

const logColumn: Recipe = {
  name: 'a column of the log',
  steps: [
    {
      file: 'src/core/sign-in-log/columns.ts',
      before: '  // OData asks for one member of the list',
      text: "  userType: { kind: 'text', path: 'userType', aliases: [], read: ({ record }) => record.userType },\n",
    },
    {
      file: 'src/output/reports/log/columns.ts',
      before: "  id: rigid('Id'",
      text: "  userType: text('User type', 18, (row) => row.userType ?? UNKNOWN),\n",
    },
  ],
};

const command: Recipe = {
  name: 'a command',
  steps: [
    {
      file: 'src/commands/group/count.ts',
      text: `import { defineCommand } from '../command.ts';

export const command = defineCommand<[], object>({
  formats: ['lists'],
  declare: (command) => command.description('How many members each group has.'),
  run: async (session) => {
    const { groups = [] } = session.tenants().read().tenant;
    const rows = groups.map(({ id, displayName, members }) => [displayName ?? id, String(members?.length ?? 0)]);
    return {
      report: {
        kind: 'directory',
        data: { value: groups, view: { columns: ['Group', 'Members'], rows, empty: 'There are no groups.' } },
      },
    };
  },
});
`,
    },
    {
      file: 'src/program.ts',
      before: "      line('group list'",
      text: "      line('group count', 'members of each group', () => import('./commands/group/count.ts')),\n",
    },
  ],
};

const outputFormat: Recipe = {
  name: 'an output format',
  steps: [
    {
      file: 'src/output/formats/kind.ts',
      text: `import type { Report } from '../report.ts';

/** What kind of report it is, and nothing else. */
export function* write(report: Report): Iterable<string> {
  yield \`\${report.kind}\\n\`;
}
`,
    },
    {
      file: 'src/output/format.ts',
      before: "  ndjson: {\n    for: 'all'",
      text: "  kind: { for: 'all', says: 'the kind of report', load: () => import('./formats/kind.ts') },\n",
    },
  ],
};

const source: Recipe = {
  name: 'a sign-in source',
  steps: [
    {
      file: 'src/intake/sign-ins/formats/parcel.ts',
      text: `import type { Members } from '../facts/members.ts';
import { isMembers } from '../facts/members.ts';
import type { Draft } from './graph-record.ts';

/** A collector that puts the sign-in into a parcel. */
export function fromParcel(record: Members): Draft | undefined {
  const { parcel } = record;
  return isMembers(parcel) ? { members: { ...parcel }, envelope: {}, zone: 'stated' } : undefined;
}
`,
    },
    {
      file: 'src/intake/sign-ins/draft-of.ts',
      before: 'import ',
      text: "import { fromParcel } from './formats/parcel.ts';\n",
    },
    {
      file: 'src/intake/sign-ins/draft-of.ts',
      before: '  azureMonitor: {',
      text: '  parcel: { read: fromParcel },\n',
    },
  ],
};

const checkRule: Recipe = {
  name: 'a rule of check',
  steps: [
    {
      file: 'src/core/check/rules/shouted-name.ts',
      text: `import type { Rule } from '../rule.ts';
import { quoted } from '../wording.ts';

export const shoutedName: Rule = {
  id: 'GSA069',
  name: 'shouted-name',
  severity: 'note',
  summary: 'a policy is named in capitals',
  needs: ['policies'],
  page: { finds: ['Names in capitals.'], matters: ['They are hard to read.'], fix: [{ text: 'Rename it.' }], sources: [] },
  *check(tenant) {
    for (const { subject } of tenant.policies) {
      const { displayName } = subject;
      if (displayName !== displayName.toUpperCase()) continue;
      yield { subject, pointer: '/displayName', message: \`\${quoted(displayName)} is named in capitals\` };
    }
  },
};
`,
    },
    {
      file: 'src/core/check/rules.ts',
      before: 'import ',
      text: "import { shoutedName } from './rules/shouted-name.ts';\n",
    },
    { file: 'src/core/check/rules.ts', before: '  duplicatePolicy,\n', text: '  shoutedName,\n' },
  ],
};

export const RECIPES: readonly Recipe[] = [
  condition,
  grantControl,
  logColumn,
  command,
  outputFormat,
  source,
  checkRule,
];
