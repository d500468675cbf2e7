import { Option } from 'commander';
import type { ChangeClass } from '../../core/conditional-access/outcome/change.ts';
import { CHANGE_CLASSES } from '../../core/conditional-access/outcome/change.ts';
import { GATES, gateResult, isGreen } from '../../core/impact/gates.ts';
import type { Dimension } from '../../core/impact/groups.ts';
import { DIMENSIONS } from '../../core/impact/groups.ts';
import { SelfCheck } from '../../core/impact/self-check.ts';
import type { GroupCounts } from '../../core/impact/tally.ts';
import { signInsOf } from '../../core/impact/tally.ts';
import type { World } from '../../core/impact/world.ts';
import { switched, worldOf } from '../../core/impact/world.ts';
import { isNobodyTunnelled } from '../../core/signaling/tunnelling.ts';
import { isListKnown } from '../../core/tenant/knowledge.ts';
import type { Tenant } from '../../core/tenant/tenant.ts';
import type { SignInStream } from '../../intake/types.ts';
import type { ImpactRow } from '../../output/reports/impact/report.ts';
import type { ForecastCounts, ForecastRun } from '../../replay/forecast.ts';
import { forecast } from '../../replay/forecast.ts';
import type { Sighting } from '../../replay/seen-ids.ts';
import { SeenIds } from '../../replay/seen-ids.ts';
import type { Session } from '../../shell/session.ts';
import { GsaError } from '../../trouble/error.ts';
import { acting } from '../acting.ts';
import { DEFAULT_MINIMUM_AGREEMENT, declareAgreement } from '../agreement-options.ts';
import { defineCommand } from '../command.ts';
import { commandText, tenantWords } from '../command-text.ts';
import { openLoggedSignIns } from '../logged-sign-ins.ts';
import { list, parts } from '../options.ts';
import type { ProofOptions } from '../proof-question.ts';
import { declareProof } from '../proof-question.ts';
import type { SourceOptions } from '../sign-in-sources.ts';
import { declareSources, noUsableSignIn, openSignIns } from '../sign-in-sources.ts';
import type { SupposedChange } from '../supposed-change.ts';
import { supposed, supposedChanges } from '../supposed-change.ts';
import { tenantPlaces } from '../tenant-places.ts';
import { provenImpact } from './all.ts';
import type { EngineOptions } from './engine.ts';
import { countedByEngine, declareEngine, refuseWithEngine } from './engine.ts';

interface Options extends SourceOptions, ProofOptions, EngineOptions {
  readonly fromLogs?: true;
  readonly all?: true;
  readonly with?: string;
  readonly suggest?: true | string;
  readonly certificate?: string;
  readonly of?: readonly SupposedChange[];
  readonly against?: string;
  readonly failOn?: readonly string[];
  readonly only?: readonly ChangeClass[];
  readonly groupBy?: Dimension;
  readonly signIn?: string;
  readonly minimumAgreement?: number;
}

export const command = defineCommand<[readonly string[]], Options>({
  formats: ['lists', 'pipelines', 'html'],
  asksEngine: 'engine',
  declare: (command) =>
    declareProof(declareEngine(declareAgreement(declareSources(command))))
      .description(
        'Who would be blocked, asked or no longer protected? Evaluates the same recorded sign-ins twice, as things are and as ' +
          'asked, and tells which outcomes differ, by which policies, with an example of each. Nothing is changed or logged. ' +
          'First it checks itself: each record is evaluated as it was recorded and compared with its own policies. With --all no ' +
          'record is asked: it is proved what changes for every sign-in there could be, and what is not included is named.',
      )
      .argument('[file...]', 'files or folders of sign-ins; - is standard input')
      .option('--from-logs', 'the sign-ins that `gsa replay` has logged, instead of files')
      .option('--all', 'every sign-in there could be, instead of recorded ones')
      .option(
        '--of <change>',
        'the change that is asked about: signaling=<status> or policy:<name>=<state>, a state being enabled, disabled, ' +
          'report-only, on, off or deleted; repeatable (default: the opposite signaling status)',
        supposedChanges,
      )
      .option(
        '--with <path>',
        'with --all: the tenant with what this tenant file, or this file or folder of an export, holds',
      )
      .option('--certificate <file>', 'with --all: write the proof, for `gsa check certificate` to judge anew')
      .option(
        '--suggest [file]',
        'with --all: edits after which the change stops nobody newly, also as a file that `gsa import` takes',
      )
      .option('--against <tenant>', 'another tenant file, such as a copy with a changed policy')
      .option(
        '--fail-on <classes>',
        `exit 1 when there is a sign-in of these, or could be (repeatable): ${GATES.join(', ')}; stopped is newlyBlocked, newlyDenied and ` +
          'what is unknown but stopped in any case; with --all also stricter, looser and changed. What is unknown and could be ' +
          'of a class fails it too, and so do records that cannot be read and an agreement below --minimum-agreement',
        list,
      )
      .option('--only <classes>', 'show these classes only', classes)
      .addOption(new Option('--group-by <what>', 'one grouping instead of all').choices(DIMENSIONS))
      .option('--sign-in <id>', 'one sign-in, policy by policy')
      .addHelpText(
        'after',
        '\nExamples:\n  gsa impact signins.json\n  gsa impact signins.json -o table -o html:impact.html\n' +
          '  gsa impact export/ --against changed.json --fail-on stopped,unknown\n' +
          '  gsa impact --all --fail-on newlyBlocked\n' +
          '  gsa impact --all --of "policy:Block outside headquarters=disabled"',
      ),
  run: async (session, [files], options) => {
    if (options.all === true) return provenImpact(session, withoutRecords(files, options));
    refuseProofOptions(options);
    refuseWithEngine(options);
    const { only = [] } = options;
    const failOn = (options.failOn ?? []).map((word) => named(word, GATES));
    if (files.length > 0 === (options.fromLogs === true) && options.engine !== 'clickhouse') {
      throw new GsaError('usage', options.fromLogs === true ? 'files and --from-logs at once' : 'no sign-ins given', {
        hint: 'name files, - for standard input, --from-logs, or --all for every sign-in there could be',
      });
    }
    const { tenant } = session.tenants().read();
    acting(session, tenant, ['signin.read']);
    const before = worldOf(tenant, tenant.globalSecureAccess.conditionalAccess.signalingStatus);
    const after = otherWorld(session, before, options);
    const logged = options.fromLogs === true ? await openLoggedSignIns(session, tenant, options) : undefined;
    const selfCheck = new SelfCheck(before);
    const opened =
      options.engine === undefined ? (logged ?? (await openSignIns(session, tenant, files, options))) : undefined;
    const run: ForecastRun = {
      before,
      after,
      selfCheck,
      signInId: options.signIn,
      interrupted: session.interrupted,
      onProgress: opened?.onProgress ?? (() => {}),
    };
    const { counts, keys } =
      opened === undefined
        ? await countedByEngine(session, run, files, options)
        : // The log has each sign-in once.
          await countedOneByOne(session, opened.stream, {
            ...run,
            ...(logged === undefined ? { see: sightings() } : {}),
          });
    session.counted(counts.read, 'sign-ins');
    requireUsable(counts, options);
    const agreement = selfCheck.agreement();
    const minimum = options.minimumAgreement ?? DEFAULT_MINIMUM_AGREEMENT;
    const asked = { share: minimum / 100, isAsked: options.minimumAgreement !== undefined };
    const arePoliciesKnown = [before, after].every((world) => isListKnown(world.tenant, 'policies'));
    const result = gateResult(failOn, counts, agreement, asked, arePoliciesKnown);
    const { groups, explained, ...rest } = counts;
    const places = await placesOf(session, tenant, groups);
    const isShown = (kind: ChangeClass) => only.length === 0 || only.includes(kind);
    return {
      report: {
        kind: 'impact',
        data: {
          createdDateTime: session.now(),
          before: sideOf(before, undefined),
          after: sideOf(after, options.against),
          source: sourceOf(files, options, logged, keys),
          proxyCountry: options.proxyCountry ?? null,
          standIn: standInOf(before, after),
          isNobodyTunnelled: isNobodyTunnelled(before.tenant),
          agreement,
          minimumAgreement: minimum / 100,
          ...rest,
          only,
          failOn,
          failed: result.failed,
          notProven: result.doubts,
          disagrees: result.disagrees,
          lacksPolicies: result.lacksPolicies,
          groupBy: options.groupBy ?? null,
          explained,
          value: groups
            .filter((group) => isShown(group.class) && (options.groupBy ?? group.by) === group.by)
            .map((group) => ({
              ...group,
              ...places.get(group),
              command: commandFor(session, group.example.signInId, files, options),
            })),
        },
      },
      verdict: isGreen(result) ? 'ok' : 'findings',
    };
  },
});

function sourceOf(
  files: readonly string[],
  { engine: name, table }: Options,
  logged: { readonly replayedUnder: string } | undefined,
  keys: number | undefined,
) {
  if (logged !== undefined) return { replayedUnder: logged.replayedUnder };
  if (keys === undefined || name === undefined) return { files };
  return { engine: name, ...(table === undefined ? { files } : { table }), keys };
}

async function countedOneByOne(
  session: Session,
  stream: SignInStream,
  run: ForecastRun,
): Promise<{ readonly counts: ForecastCounts; readonly keys?: undefined }> {
  return { counts: await session.hearing(() => forecast(stream, run)) };
}

/** Where the policies that decide a change stand in the tenant file, by their row. */
async function placesOf(
  session: Session,
  tenant: Tenant,
  groups: readonly GroupCounts[],
): Promise<ReadonlyMap<GroupCounts, Pick<ImpactRow, 'place'>>> {
  const known = new Set(tenant.policies.map(({ id }) => id));
  const placed = groups.filter(({ by, id }) => by === 'policy' && known.has(id));
  const found = await tenantPlaces(session)(placed.map(({ id }) => ({ subject: { kind: 'policy', id }, pointer: '' })));
  const places = new Map<GroupCounts, Pick<ImpactRow, 'place'>>();
  for (const [at, { file, line, column }] of found.entries()) {
    const group = placed[at];
    if (group !== undefined) places.set(group, { place: { file, line, column } });
  }
  return places;
}

function sightings(): (id: string, content: number) => Sighting {
  const seen = new SeenIds();
  return (id, content) => seen.see(id, content);
}

function classes(text: string, previous: readonly ChangeClass[] | undefined): readonly ChangeClass[] {
  return [...(previous ?? []), ...parts(text).map((word) => named(word, CHANGE_CLASSES))];
}

function named<Word extends string>(word: string, words: readonly Word[]): Word {
  const known = words.find((one) => one === word);
  if (known !== undefined) return known;
  throw new GsaError('usage', `unknown class \`${word}\``, { hint: `one of: ${words.join(', ')}` });
}

/** Options that choose among records have nothing to choose from where all sign-ins are meant. */
function withoutRecords(files: readonly string[], options: Options): Options {
  const { fromLogs, only, groupBy, signIn, against } = options;
  if (files.length > 0 || [fromLogs, only, groupBy, signIn].some((option) => option !== undefined)) {
    throw new GsaError(
      'usage',
      '--all asks no records, and files, --from-logs, --only, --group-by and --sign-in choose among them',
      {
        hint: 'leave them out, or leave out --all',
      },
    );
  }
  if (against !== undefined && options.with !== undefined) {
    throw new GsaError('usage', '--against and --with at once', { hint: 'name one other tenant' });
  }
  return against === undefined ? options : { ...options, with: against };
}

function refuseProofOptions({ with: file, suggest, certificate, explain, user, app, policy }: Options): void {
  const given = Object.entries({ with: file, suggest, certificate, explain, user, app, policy }).find(
    ([, value]) => value !== undefined,
  );
  if (given === undefined) return;
  throw new GsaError('usage', `--${given[0]} asks about every sign-in there could be`, { hint: 'add --all' });
}

/** What is asked about: another tenant file, under its own status unless told, or this one with the supposed changes. */
function otherWorld(session: Session, before: World, { of = [], against }: Options): World {
  const other = against === undefined ? before.tenant : session.tenantsAt(against).read().tenant;
  const { tenant, signalingStatus } = supposed(other, of);
  if (tenant !== before.tenant) {
    return worldOf(tenant, signalingStatus ?? tenant.globalSecureAccess.conditionalAccess.signalingStatus);
  }
  return switched(before, signalingStatus ?? (before.signalingStatus === 'enabled' ? 'disabled' : 'enabled'));
}

function sideOf({ tenant, signalingStatus }: World, file: string | undefined) {
  return { tenant: tenant.displayName, file: file ?? null, signalingStatus };
}

/** Whether an unknown proxy address may be stood in for, where the proxy is seen at all. */
function standInOf(before: World, after: World): 'used' | 'notPossible' | 'notNeeded' {
  const seeing = [before, after].filter(({ signalingStatus }) => signalingStatus === 'disabled');
  if (seeing.length === 0) return 'notNeeded';
  return seeing.every(({ options }) => options.proxyStandIn !== undefined) ? 'used' : 'notPossible';
}

function requireUsable({ judged, skipped, unreached, read }: ForecastCounts, { signIn }: Options): void {
  if (signInsOf(judged) > 0 || unreached.length > 0) return;
  if (signIn !== undefined && skipped.reduce((sum, { count }) => sum + count, 0) < read) {
    throw new GsaError('invalid', `no sign-in has the id \`${signIn}\``, {
      hint: 'look for it without --sign-in first',
    });
  }
  throw noUsableSignIn(skipped);
}

/** The command that shows one sign-in policy by policy, with every option that its answer hangs on. */
function commandFor(session: Session, signInId: string, files: readonly string[], options: Options): string {
  const option = (name: string, value: string | undefined) => (value === undefined ? [] : [name, value]);
  return commandText([
    'impact',
    ...tenantWords(session),
    ...files,
    ...(options.fromLogs === true ? ['--from-logs'] : []),
    ...option('--engine', options.engine),
    ...option('--url', options.url),
    ...option('--table', options.table),
    ...(options.of ?? []).flatMap(({ text }) => ['--of', text]),
    ...option('--against', options.against),
    ...(options.gsaTraffic ?? []).flatMap((file) => ['--gsa-traffic', file]),
    ...option('--countries', options.countries),
    ...option('--proxy-country', options.proxyCountry),
    '--sign-in',
    signInId,
  ]);
}
