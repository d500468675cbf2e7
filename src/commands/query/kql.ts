import { Option } from 'commander';
import { compile } from '../../core/conditional-access/compile.ts';
import type { KqlTable } from '../../engines/kql/fact-key-query.ts';
import { factKeyQuery, KQL_TABLES } from '../../engines/kql/fact-key-query.ts';
import { GsaError } from '../../trouble/error.ts';
import { acting } from '../acting.ts';
import { defineCommand } from '../command.ts';
import { examples } from '../examples.ts';
import { each, list } from '../options.ts';
import { tenantInFile } from '../tenant-at.ts';

interface Options {
  readonly since: string;
  readonly tables?: readonly string[];
  readonly gsaTraffic?: true;
  readonly against?: readonly string[];
}

export const command = defineCommand<[], Options>({
  changesNothing: true,
  declare: (command) =>
    command
      .description(
        'Prints a query in KQL that groups the sign-ins of Log Analytics, Sentinel or Data Explorer by what policies can tell apart. ' +
          'What it returns, exported as CSV or JSON, is what `gsa impact` reads: each row stands for many sign-ins, for as long as the ' +
          'named locations stay as they are. No policy is in the query. It is checked against the documented tables, and was never run by gsa.',
      )
      .addOption(new Option('--since <span>', 'how far back, such as 30d or 12h').argParser(span).default('30d'))
      .option(
        '--tables <names>',
        `tables to ask, of ${KQL_TABLES.join(', ')} (default: the first two); repeatable`,
        list,
      )
      .option(
        '--gsa-traffic',
        'take the user’s own address from the table NetworkAccessTraffic, where sign-ins lack it once restoration is off',
      )
      .option(
        '--against <tenant>',
        'another tenant file that is asked about as well: sign-ins that its named locations tell apart are not grouped; repeatable',
        each,
      )
      .addHelpText(
        'after',
        examples(
          'gsa query kql --since 30d > keys.kql',
          'az monitor log-analytics query -w <workspace> \\',
          '  --analytics-query @keys.kql -o json > keys.json',
          'gsa impact keys.json',
        ),
      ),
  run: async (session, _args, { since, tables, gsaTraffic, against = [] }) => {
    const { tenant } = session.tenants().read();
    acting(session, tenant, ['policy.read']);
    const asked = tables === undefined ? KQL_TABLES.slice(0, 2) : tables.map(tableNamed);
    const tenants = [tenant, ...against.map((path) => tenantInFile(session, path))];
    const query = factKeyQuery(tenants.map(compile), { tables: asked, since, hasTraffic: gsaTraffic === true });
    return {
      report: { kind: 'script', data: { text: `${PREFACE}${gsaTraffic === true ? '' : WITHOUT_TRAFFIC}${query}\n` } },
    };
  },
});

const PREFACE = `// Sign-ins by what policies can tell apart, for gsa impact. Checked against the documented tables, not executed.
// Reading needs Log Analytics Reader on the workspace (Microsoft.OperationalInsights/workspaces/query/*/read), or Microsoft Sentinel Reader.
// az monitor log-analytics query -w <workspace> --analytics-query @keys.kql -o json > keys.json && gsa impact keys.json
// A portal shows 30,000 rows at most and a query returns 500,000: gsa refuses to call a file of exactly so many whole.
// Not asked for: authentication steps and the recorded policies; what hangs on them stays unknown.
`;

const WITHOUT_TRAFFIC = `// Sign-ins of times without source IP restoration lack the user's own address: with --gsa-traffic the query asks NetworkAccessTraffic for it.
`;

function span(text: string): string {
  if (/^[1-9]\d{0,3}[dhm]$/.test(text)) return text;
  throw new GsaError('usage', `--since is \`${text}\`, which is no span of KQL`, { hint: 'such as 30d, 12h or 90m' });
}

function tableNamed(name: string): KqlTable {
  const table = KQL_TABLES.find((each) => each.toLowerCase() === name.toLowerCase());
  if (table !== undefined) return table;
  throw new GsaError('usage', `unknown table \`${name}\``, { hint: `one of: ${KQL_TABLES.join(', ')}` });
}
