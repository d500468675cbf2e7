import { Characterisation } from '../../core/gsatest/characterise.ts';
import type { Tenant } from '../../core/tenant/tenant.ts';
import { exists, fromBeside } from '../../intake/gsatest/files.ts';
import { suiteText } from '../../intake/gsatest/write-suite.ts';
import type { Session } from '../../shell/session.ts';
import { GsaError } from '../../trouble/error.ts';
import { acting } from '../acting.ts';
import { defineCommand } from '../command.ts';
import { commandText } from '../command-text.ts';
import { examples } from '../examples.ts';
import { loggedAttempt } from '../logged-attempt.ts';
import { positiveInteger } from '../options.ts';
import { signInLog } from '../sign-in-log.ts';
import type { SourceOptions } from '../sign-in-sources.ts';
import { declareSources, factsBeside, openSignIns } from '../sign-in-sources.ts';
import { sceneOf, testTenant } from './tenant.ts';

interface Options extends SourceOptions {
  readonly fromLogs?: true;
  readonly to: string;
  readonly limit: number;
  readonly force?: true;
}

export const command = defineCommand<[readonly string[]], Options>({
  declare: (command) =>
    declareSources(command)
      .description(
        'Writes a test file that says what recorded sign-ins do today: one test for each person, application, way and result, ' +
          'the most frequent first. Read it, keep what should stay so, and run it with `gsa test` before every change.',
      )
      .argument('[file...]', 'files or folders of sign-ins; - is standard input')
      .option('--from-logs', 'take the sign-ins of the log that `gsa replay` fills')
      .option('--to <file>', 'test file to write', 'characterisation.gsatest.yaml')
      .option('--limit <n>', 'tests at most', positiveInteger, 50)
      .option('--force', 'replace a file that is there')
      .addHelpText(
        'after',
        examples('gsa test generate --from-logs', 'gsa test generate signins.json --to tests/today.gsatest.yaml'),
      ),
  run: async (session, [files], options) => {
    if ((options.fromLogs === true) === files.length > 0) {
      throw new GsaError('usage', 'say where the sign-ins are', { hint: 'name files, or give --from-logs' });
    }
    const store = session.tenants();
    const { tenant } = store.read();
    acting(session, tenant, ['signin.read']);
    if (options.force !== true && (await exists(session.path(options.to)))) {
      throw new GsaError('refused', `\`${options.to}\` is there already`, {
        hint: 'name another with --to, or say --force',
      });
    }
    const found = new Characterisation(sceneOf(testTenant(tenant), { addresses: {}, paths: {}, applications: {} }));
    const signIns =
      options.fromLogs === true
        ? await addLogged(session, tenant, found, options)
        : await addFiles(session, tenant, found, files, options);
    const tests = found.tests(options.limit);
    if (tests.length === 0) throw nothingToTest(found, options.fromLogs === true);
    const text = suiteText({
      suite: `what sign-ins of ${tenant.displayName} do today`,
      tenant: session.globals.tenant === undefined ? undefined : fromBeside(session.path(options.to), store.path),
      now: session.now(),
      paths: found.paths(tests),
      applications: found.applications(tests),
      tests,
    });
    await session.writeFile(options.to, text);
    return {
      report: {
        kind: 'generatedTests',
        data: {
          file: options.to,
          signIns,
          tests: tests.length,
          notWritten: found.size - tests.length,
          leftOut: found.leftOut(),
        },
      },
      wrote: 'the file was written',
      hint: `next: \`${commandText(['test', options.to])}\``,
    };
  },
});

function nothingToTest(found: Characterisation, isLogged: boolean): GsaError {
  return new GsaError('invalid', 'there is no sign-in that a test can be made of', {
    hint: isLogged ? '`gsa replay <file>` fills the log' : '`gsa help formats` lists what can be read',
    problems: found.leftOut().map(({ reason, count }) => ({ message: `${reason} (${count})` })),
  });
}

/** Adds the sign-ins of the log, each under the status that it was replayed under. */
async function addLogged(
  session: Session,
  tenant: Tenant,
  found: Characterisation,
  options: SourceOptions,
): Promise<number> {
  const log = await signInLog(session);
  const facts = await factsBeside(session, tenant, options);
  let count = 0;
  for (const row of log.query({ conditions: [], order: { column: 'createdDateTime', descending: false } })) {
    found.add(loggedAttempt(row, facts), row.replay.signalingStatus);
    count += 1;
  }
  return count;
}

/** Adds the sign-ins of files under the tenant's own status, because a file does not say what it was recorded under. */
async function addFiles(
  session: Session,
  tenant: Tenant,
  found: Characterisation,
  files: readonly string[],
  options: SourceOptions,
): Promise<number> {
  const { signalingStatus } = tenant.globalSecureAccess.conditionalAccess;
  let count = 0;
  const { stream } = await openSignIns(session, tenant, files, options);
  for await (const item of stream) {
    if (!('signIn' in item)) continue;
    found.add(item.signIn.attempt, signalingStatus);
    count += 1;
  }
  return count;
}
