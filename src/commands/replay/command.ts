import { Option } from 'commander';
import { SelfCheck } from '../../core/impact/self-check.ts';
import { worldOf } from '../../core/impact/world.ts';
import type { Tenant } from '../../core/tenant/tenant.ts';
import { plural } from '../../core/values/plural.ts';
import { Told } from '../../replay/counted-sign-in.ts';
import { createJudge } from '../../replay/judge.ts';
import type { ReplayOptions } from '../../replay/replay.ts';
import { replay } from '../../replay/replay.ts';
import type { ReplayCounts } from '../../replay/tally.ts';
import type { SignInLog } from '../../store/types.ts';
import { interruption } from '../../trouble/error.ts';
import { acting } from '../acting.ts';
import { DEFAULT_MINIMUM_AGREEMENT, declareAgreement } from '../agreement-options.ts';
import { defineCommand } from '../command.ts';
import { commandText, tenantWords } from '../command-text.ts';
import { examples } from '../examples.ts';
import { heedAssumedStatus } from '../known-status.ts';
import { UNITS } from '../options.ts';
import { signInLog } from '../sign-in-log.ts';
import type { SourceOptions } from '../sign-in-sources.ts';
import { declareSources, noUsableSignIn, openSignIns, prepareSignIns } from '../sign-in-sources.ts';
import { rfc3339 } from '../times.ts';
import { hintOfUnseen } from '../unseen-lists.ts';

interface Options extends SourceOptions {
  readonly signaling: 'current' | 'enabled' | 'disabled';
  readonly dryRun?: true;
  readonly strict?: true;
  readonly compareRecorded?: true;
  readonly minimumAgreement?: number;
}

/** Sign-ins in one transaction of the log: large enough to be quick, small enough to lose little time when killed. */
const BATCH = 1_024;

/**
 * Sign-ins of a run whose records are written at once. Those behind them are kept as they were read, with the tenant that judged
 * them, of which a company's takes as much room as these.
 */
const WRITTEN_AT_ONCE = 256;

/** Whether a sign-in is judged by its record and the tenant alone: a record that is made later knows of nothing else. */
function isMadeAgain({ gsaTraffic, countries, proxyCountry }: SourceOptions): boolean {
  return gsaTraffic === undefined && countries === undefined && proxyCountry === undefined;
}

export const command = defineCommand<[readonly string[]], Options>({
  declare: (command) =>
    declareAgreement(declareSources(command))
      .description(
        'Reads recorded sign-ins, works out for each the address Entra sees under the chosen signaling status, evaluates every ' +
          'policy, and appends the result to the sign-in log. The format is found from the content. What cannot be used is ' +
          'counted with its reason; what is not known stays unknown. The same file twice adds nothing twice: a sign-in that ' +
          'comes out otherwise than the log has it, by a change of the tenant or of what is assumed, replaces its entry.',
      )
      .argument('<file...>', 'files or folders of sign-ins; - is standard input')
      .addOption(
        new Option('--signaling <status>', 'signaling status to replay under')
          .choices(['current', 'enabled', 'disabled'])
          .default('current'),
      )
      .option('--dry-run', 'evaluate and count, log nothing')
      .option('--compare-recorded', 'compare with what each record says of its own policies')
      .option('--strict', 'exit 4 when any record was not usable')
      .addHelpText(
        'after',
        examples(
          'gsa replay signins.json',
          'gsa replay signins/ --signaling disabled --dry-run',
          'gsa replay signins.json --dry-run --compare-recorded',
          'cat signins.ndjson | gsa replay -',
        ),
      )
      .addHelpText('after', '\n`gsa impact` tells of the same sign-ins whom a switch would hit.'),
  run: async (session, [files], options) => {
    prepareSignIns(session, files, options);
    const { tenant, serial } = session.tenants().read();
    acting(session, tenant, ['signin.read']);
    const current = tenant.globalSecureAccess.conditionalAccess.signalingStatus;
    const signalingStatus = options.signaling === 'current' ? current : options.signaling;
    if (options.signaling === 'current') await heedAssumedStatus(session, tenant, false);
    const log = options.dryRun === true ? undefined : await signInLog(session);
    const { stream, onProgress } = await openSignIns(session, tenant, files, options, { isLogged: log !== undefined });
    const selfCheck = options.compareRecorded === true ? new SelfCheck(worldOf(tenant, current)) : undefined;
    const position = log?.position() ?? 0;
    const appending = log?.appending();
    const judge = createJudge(tenant, serial, signalingStatus);
    const replaying: ReplayOptions = {
      judge,
      sink: appending === undefined ? undefined : (batch) => appending.append(batch),
      ...(selfCheck === undefined
        ? {}
        : {
            onSignIn: (signIn) => selfCheck.compare(new Told(signIn), signIn.weight?.signIns),
          }),
      batchSize: BATCH,
      ...(isMadeAgain(options) ? { writtenAtOnce: WRITTEN_AT_ONCE } : {}),
      interrupted: session.interrupted,
      onProgress,
    };
    const counts = await session
      .hearing(() => replay(stream, replaying).finally(() => appending?.end()))
      .catch((error: unknown) => {
        throw withWhatIsKept(error, session.interrupted, log, position);
      });
    session.counted(counts.read, 'sign-ins');
    if (counts.replayed === 0 && counts.unreached.length === 0) throw noUsableSignIn(counts.skipped);
    const retention = log === undefined ? undefined : retained(log, tenant, session.now());
    log?.acknowledge();
    const unusable = counts.skipped.length > 0;
    return {
      report: {
        kind: 'replay',
        data: {
          signalingStatus,
          dryRun: options.dryRun === true,
          ...counts,
          ...(retention === undefined ? {} : { retention }),
          ...(options.proxyCountry === undefined ? {} : { proxyCountry: options.proxyCountry }),
          ...(selfCheck === undefined
            ? {}
            : {
                agreement: selfCheck.agreement(),
                minimumAgreement: (options.minimumAgreement ?? DEFAULT_MINIMUM_AGREEMENT) / 100,
              }),
        },
      },
      verdict: options.strict === true && unusable ? 'invalid' : 'ok',
      ...(log === undefined
        ? {
            hint: joinedHints(
              hintOfUnseen(tenant, 'policies').hint,
              `\`${commandText(['impact', ...tenantWords(session), ...files])}\` tells whom a switch of signaling would hit`,
            ),
          }
        : {
            hint: joinedHints(hintOfUnseen(tenant, 'policies').hint, whatLogShows(log, position, counts, retention)),
            wrote: 'the sign-ins are in the log',
          }),
    };
  },
});

/** Who interrupts is told what is in the log, and how to go on; a dry run has none. */
function withWhatIsKept(
  error: unknown,
  interrupted: AbortSignal,
  log: SignInLog | undefined,
  position: number,
): unknown {
  if (!interrupted.aborted) return error;
  if (log === undefined)
    return interruption(
      interrupted,
      'interrupted before all was read; a dry run keeps nothing, and nothing was written',
    );
  const kept = log.position() - position;
  return interruption(
    interrupted,
    `interrupted; ${plural(kept, 'sign-in')} of this run ${kept === 1 ? 'is' : 'are'} in the log, and the same command goes on: ` +
      'what is there is not added twice',
  );
}

function joinedHints(...hints: readonly (string | undefined)[]): string {
  return hints.filter((hint) => hint !== undefined).join('; ');
}

/** A part of the hint after a replay: the command that answers what people ask of a log. */
const WHOM = '`gsa impact --from-logs` whom a switch of signaling would hit';

/** What there is to see in the log: by what this run has written behind that position of it, and retention has left. */
function whatLogShows(
  log: SignInLog,
  position: number,
  { added, judgedAnew }: ReplayCounts,
  retention: Retention | undefined,
): string {
  if (added + judgedAnew === 0) return `nothing was new to the log; \`gsa logs\` shows what it holds, ${WHOM}`;
  if (log.count({ appendedAfter: position, conditions: [] }) > 0) return `\`gsa logs\` shows what was logged, ${WHOM}`;
  return (
    `all that was logged is older than the ${plural(retention?.days ?? 0, 'day')} that the log keeps, and was removed again; ` +
    '`gsa tenant set --sign-in-log-retention <days|off>` keeps more'
  );
}

interface Retention {
  readonly days: number;
  readonly removed: number;
}

/** Lets the log forget what the tenant's retention no longer keeps (D-RETENTION); `undefined`: it keeps everything. */
function retained(log: SignInLog, { settings }: Tenant, now: string): Retention | undefined {
  const days = settings.signInLogRetentionDays;
  return days === undefined ? undefined : { days, removed: log.prune(rfc3339(Date.parse(now) - days * UNITS.d)) };
}
