import { Argument } from 'commander';
import { plural } from '../../core/values/plural.ts';
import { readSignIns } from '../../intake/sign-ins/read-sign-ins.ts';
import { GsaError } from '../../trouble/error.ts';
import { acting } from '../acting.ts';
import { clickHouseServer } from '../clickhouse-server.ts';
import { defineCommand } from '../command.ts';
import { examples } from '../examples.ts';
import { each } from '../options.ts';

interface Options {
  readonly url?: readonly string[];
  readonly table: string;
  readonly cluster?: string;
  readonly print?: true;
}

export const command = defineCommand<['create', readonly string[]], Options>({
  asksEngine: true,
  declare: (command) =>
    command
      .description(
        'Makes the table for sign-ins in ClickHouse and loads files of any export into it, for `gsa impact --engine clickhouse`. A table ' +
          'that is there stays; a file that is loaded twice is counted once. Given --cluster, there is a table on every server of --url and ' +
          'one over all shards. User and password are read from GSA_CLICKHOUSE_USER and GSA_CLICKHOUSE_PASSWORD.',
      )
      .addArgument(new Argument('<action>', 'create: make the table and load the files').choices(['create']))
      .argument('[file...]', 'files or folders of sign-ins to load')
      .option('--url <url>', 'a server (or GSA_CLICKHOUSE_URL); with --cluster, one of every shard; repeatable', each)
      .requiredOption('--table <name>', 'the table, such as security.sign_ins')
      .option('--cluster <name>', 'the cluster of the servers, as their configuration calls it')
      .option('--print', 'print the statements, for somebody who may create tables, and ask no server')
      .addHelpText(
        'after',
        examples(
          'gsa engine clickhouse create --url http://127.0.0.1:8123 \\',
          '  --table sign_ins signins/',
          'gsa impact --engine clickhouse --url http://127.0.0.1:8123 --table sign_ins',
        ),
      ),
  run: async (session, [, files], { url = [], table, cluster, print }) => {
    if (url.length > 1 && cluster === undefined) throw severalServers();
    const { tenant } = session.tenants().read();
    acting(session, tenant, ['signin.read']);
    const { createSignInTable, createStatements, loadSignIns } = await import('../../engines/clickhouse/load-table.ts');
    if (print === true) {
      const text = createStatements(table, cluster).map((statement) => `${statement};\n`);
      return { report: { kind: 'script', data: { text: text.join('') } } };
    }
    const server = (one: string | undefined) => clickHouseServer(session, one);
    for (const one of url.length === 0 ? [undefined] : url) await createSignInTable(server(one), table, cluster);
    const { loaded, skipped } =
      files.length === 0
        ? { loaded: 0, skipped: 0 }
        : await loadSignIns(
            server(url[0]),
            table,
            readSignIns(files.map(session.toRead), { interrupted: session.interrupted }),
          );
    const text = `The table ${table} is there; ${plural(loaded, 'sign-in was', 'sign-ins were')} loaded${skipped === 0 ? '' : `, ${plural(skipped, 'record was no sign-in', 'records were no sign-ins')}`}.\n`;
    return { report: { kind: 'script', data: { text } }, wrote: 'the sign-ins are in the table' };
  },
});

/** Files would go to the first of them, and impact would ask one. */
function severalServers(): GsaError {
  return new GsaError('usage', 'several servers without --cluster', {
    hint: 'name the cluster of which they are shards, or one server: `--cluster <name>`',
  });
}
