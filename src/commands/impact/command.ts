import { Option } from 'commander';
import type { ChangeClass } from '../../core/conditional-access/outcome/change.ts';
import { CHANGE_CLASSES } from '../../core/conditional-access/outcome/change.ts';
import type { Dimension } from '../../core/impact/groups.ts';
import { DIMENSIONS } from '../../core/impact/groups.ts';
import { SelfCheck } from '../../core/impact/self-check.ts';
import { signInsOf } from '../../core/impact/tally.ts';
import type { World } from '../../core/impact/world.ts';
import { switched, worldOf } from '../../core/impact/world.ts';
import type { SignalingStatus } from '../../core/tenant/tenant.ts';
import type { ForecastCounts } from '../../replay/forecast.ts';
import { forecast } from '../../replay/forecast.ts';
import { SeenIds } from '../../replay/seen-ids.ts';
import type { Session } from '../../shell/session.ts';
import { GsaError } from '../../trouble/error.ts';
import { acting } from '../acting.ts';
import { declareAgreement } from '../agreement-options.ts';
import { defineCommand } from '../command.ts';
import { commandText, tenantWords } from '../command-text.ts';
import { openLoggedSignIns } from '../logged-sign-ins.ts';
import { parts } from '../options.ts';
import type { SourceOptions } from '../sign-in-sources.ts';
import { declareSources, noUsableSignIn, openSignIns } from '../sign-in-sources.ts';

interface Options extends SourceOptions {
  readonly fromLogs?: true;
  readonly of?: 'signaling=enabled' | 'signaling=disabled';
  readonly against?: string;
  readonly failOn?: readonly Gate[];
  readonly only?: readonly ChangeClass[];
  readonly groupBy?: Dimension;
  readonly signIn?: string;
  readonly minimumAgreement: number;
}

export const command = defineCommand<[readonly string[]], Options>({
  formats: ['lists', 'html'],
  declare: (command) =>
    declareAgreement(declareSources(command))
      .description(
        'Who would be blocked, asked or no longer protected? Evaluates the same recorded sign-ins twice, as things are and as ' +
          'asked, and tells which outcomes differ, by which policies, with an example of each. Nothing is changed or logged. ' +
          'First it checks itself: each record is evaluated as it was recorded and compared with its own policies.',
      )
      .argument('[file...]', 'files or folders of sign-ins; - is standard input')
      .option('--from-logs', 'the sign-ins that `gsa replay` has logged, instead of files')
      .addOption(
        new Option('--of <change>', 'the change that is asked about (default: the opposite of now)').choices([
          'signaling=disabled',
          'signaling=enabled',
        ]),
      )
      .option('--against <tenant>', 'another tenant file, such as a copy with a changed policy')
      .option(
        '--fail-on <classes>',
        `exit 1 when there is a sign-in of these: ${GATES.join(', ')}; stopped is newlyBlocked, newlyDenied and what is ` +
          'unknown but stopped in any case',
        gates,
      )
      .option('--only <classes>', 'show these classes only', classes)
      .addOption(new Option('--group-by <what>', 'one grouping instead of all').choices(DIMENSIONS))
      .option('--sign-in <id>', 'one sign-in, policy by policy')
      .addHelpText(
        'after',
        '\nExamples:\n  gsa impact signins.json\n  gsa impact signins.json -o table -o html:impact.html\n' +
          '  gsa impact export/ --against changed.json --fail-on stopped,unknown',
      ),
  run: async (session, [files], options) => {
    const { failOn = [], only = [] } = options;
    if (files.length > 0 === (options.fromLogs === true)) {
      throw new GsaError('usage', options.fromLogs === true ? 'files and --from-logs at once' : 'no sign-ins given', {
        hint: 'name files, - for standard input, or --from-logs',
      });
    }
    const { tenant } = session.tenants().read();
    acting(session, tenant, ['signin.read']);
    const before = worldOf(tenant, tenant.globalSecureAccess.conditionalAccess.signalingStatus);
    const after = otherWorld(session, before, options);
    const logged = options.fromLogs === true ? await openLoggedSignIns(session, tenant, options) : undefined;
    const selfCheck = new SelfCheck(before);
    const counts = await forecast(logged?.stream ?? (await openSignIns(session, tenant, files, options)), {
      before,
      after,
      selfCheck,
      signInId: options.signIn,
      // The log has each sign-in once.
      ...(logged === undefined ? { isRepeated: repeats() } : {}),
      interrupted: session.interrupted,
      onProgress: (read) => session.progress(`${read} sign-ins read`),
    });
    requireUsable(counts, options);
    const failed = failOn.filter((gate) => isHit(gate, counts));
    const { groups, explained, ...rest } = counts;
    const isShown = (kind: ChangeClass) => only.length === 0 || only.includes(kind);
    return {
      report: {
        kind: 'impact',
        data: {
          createdDateTime: session.now(),
          before: sideOf(before, undefined),
          after: sideOf(after, options.against),
          source: logged === undefined ? { files } : { replayedUnder: logged.replayedUnder },
          proxyCountry: options.proxyCountry ?? null,
          standIn: standInOf(before, after),
          agreement: selfCheck.agreement(),
          minimumAgreement: options.minimumAgreement / 100,
          ...rest,
          only,
          failOn,
          failed,
          groupBy: options.groupBy ?? null,
          explained,
          value: groups
            .filter((group) => isShown(group.class) && (options.groupBy ?? group.by) === group.by)
            .map((group) => ({ ...group, command: commandFor(session, group.example.signInId, files, options) })),
        },
      },
      verdict: failed.length > 0 ? 'findings' : 'ok',
    };
  },
});

function repeats(): (id: string) => boolean {
  const seen = new SeenIds();
  return (id) => !seen.add(id);
}

/** Classes, and whoever is surely stopped, whether it is known how or not. */
const GATES = [...CHANGE_CLASSES, 'stopped'] as const;
type Gate = (typeof GATES)[number];

function isHit(gate: Gate, counts: ForecastCounts): boolean {
  if (gate !== 'stopped') return counts.classes.some((each) => each.class === gate && signInsOf(each) > 0);
  return signInsOf(counts.certainlyStopped) > 0 || isHit('newlyBlocked', counts) || isHit('newlyDenied', counts);
}

function classes(text: string, previous: readonly ChangeClass[] | undefined): readonly ChangeClass[] {
  return [...(previous ?? []), ...parts(text).map((word) => named(word, CHANGE_CLASSES))];
}

function gates(text: string, previous: readonly Gate[] | undefined): readonly Gate[] {
  return [...(previous ?? []), ...parts(text).map((word) => named(word, GATES))];
}

function named<Word extends string>(word: string, words: readonly Word[]): Word {
  const known = words.find((one) => one === word);
  if (known !== undefined) return known;
  throw new GsaError('usage', `unknown class \`${word}\``, { hint: `one of: ${words.join(', ')}` });
}

/** What is asked about: another tenant file, under its own status unless told, or this one under the other status. */
function otherWorld(session: Session, before: World, { of, against }: Options): World {
  const asked: SignalingStatus | undefined =
    of === undefined ? undefined : of === 'signaling=enabled' ? 'enabled' : 'disabled';
  if (against !== undefined) {
    const { tenant } = session.tenantsAt(against).read();
    return worldOf(tenant, asked ?? tenant.globalSecureAccess.conditionalAccess.signalingStatus);
  }
  return switched(before, asked ?? (before.signalingStatus === 'enabled' ? 'disabled' : 'enabled'));
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

function requireUsable({ judged, skipped, read }: ForecastCounts, { signIn }: Options): void {
  if (signInsOf(judged) > 0) return;
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
    ...option('--of', options.of),
    ...option('--against', options.against),
    ...(options.gsaTraffic ?? []).flatMap((file) => ['--gsa-traffic', file]),
    ...option('--countries', options.countries),
    ...option('--proxy-country', options.proxyCountry),
    '--sign-in',
    signInId,
  ]);
}
