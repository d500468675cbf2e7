import type { ChangeClass } from '../../core/conditional-access/outcome/change.ts';
import { sessionsNotJudged } from '../../core/impact/begun-limits.ts';
import { signInsOf } from '../../core/impact/counter.ts';
import type { GateResult } from '../../core/impact/gates.ts';
import { gateResult, isGreen } from '../../core/impact/gates.ts';
import type { GroupCounts } from '../../core/impact/grouped.ts';
import { SelfCheck } from '../../core/impact/self-check.ts';
import type { World } from '../../core/impact/world.ts';
import { switched, worldOf } from '../../core/impact/world.ts';
import { isNobodyTunnelled, nobodyTunnelledBecause } from '../../core/signaling/tunnelling.ts';
import { isListKnown } from '../../core/tenant/knowledge.ts';
import type { Tenant } from '../../core/tenant/tenant.ts';
import { otherStatus } from '../../core/tenant/tenant.ts';
import type { ImpactReport, ImpactRow } from '../../output/reports/impact/report.ts';
import type { ForecastCounts, ForecastRun } from '../../replay/forecast.ts';
import { forecast } from '../../replay/forecast.ts';
import { SeenIds } from '../../replay/seen-ids.ts';
import type { Session } from '../../shell/session.ts';
import { GsaError } from '../../trouble/error.ts';
import { shellWord } from '../../trouble/shell-word.ts';
import { acting } from '../acting.ts';
import { DEFAULT_MINIMUM_AGREEMENT } from '../agreement-options.ts';
import type { Result } from '../command.ts';
import { commandText, tenantWords } from '../command-text.ts';
import { heedAssumedStatus, heedStatusOfOther } from '../known-status.ts';
import { openLoggedSignIns } from '../logged-sign-ins.ts';
import { noUsableSignIn, openSignIns, prepareSignIns } from '../sign-in-sources.ts';
import { supposed } from '../supposed-change.ts';
import { tenantInFile } from '../tenant-at.ts';
import { tenantPlaces } from '../tenant-places.ts';
import { hintOfUnseen } from '../unseen-lists.ts';
import { countedByEngine } from './engine.ts';
import type { Options } from './options.ts';
import { gatesOf, refuseForRecords } from './options.ts';

/** What changes for the sign-ins of files, of the log or of an engine's table, with the check of gsa against their records. */
export async function recordedImpact(session: Session, files: readonly string[], options: Options): Promise<Result> {
  refuseForRecords(files, options);
  const failOn = gatesOf(options);
  if (options.engine === undefined) prepareSignIns(session, files, options);
  const { tenant } = session.tenants().read();
  acting(session, tenant, ['signin.read']);
  await heedAssumedStatus(session, tenant, failOn.length > 0);
  const before = worldOf(tenant, tenant.globalSecureAccess.conditionalAccess.signalingStatus);
  const after = otherWorld(session, before, options);
  await heedStatusOfOther(session, [tenant, after.tenant], options.of ?? [], failOn.length > 0);
  const selfCheck = new SelfCheck(before);
  const { counts, source } = await countsOf(session, files, options, { before, after, selfCheck });
  session.counted(counts.read, 'sign-ins');
  requireUsable(counts, options);
  const agreement = selfCheck.agreement();
  const minimumAgreement = (options.minimumAgreement ?? DEFAULT_MINIMUM_AGREEMENT) / 100;
  const asked = { share: minimumAgreement, isAsked: options.minimumAgreement !== undefined };
  const arePoliciesKnown = [before, after].every((world) => isListKnown(world.tenant, 'policies'));
  const result = gateResult(failOn, counts, agreement, asked, arePoliciesKnown);
  const { groups, explained, ...rest } = counts;
  const data: ImpactReport = {
    createdDateTime: session.now(),
    before: sideOf(before, undefined),
    after: sideOf(after, options.against),
    source,
    proxyCountry: options.proxyCountry ?? null,
    standIn: standInOf(before, after),
    isNobodyTunnelled: isNobodyTunnelled(before.tenant),
    nobodyTunnelledBecause: nobodyTunnelledBecause(before.tenant) ?? null,
    sessionsNotJudged: sessionsNotJudged(before, after),
    agreement,
    minimumAgreement,
    ...rest,
    only: options.only ?? [],
    failOn,
    ...gateData(result),
    groupBy: options.groupBy ?? null,
    explained,
    value: await rowsOf(session, tenant, groups, files, options),
  };
  return {
    report: { kind: 'impact', data },
    verdict: isGreen(result) ? 'ok' : 'findings',
    ...hintOfUnseen(tenant, 'policies'),
  };
}

function gateData({ failed, doubts, disagrees, lacksPolicies, judgesNothing }: GateResult) {
  return { failed, notProven: doubts, disagrees, lacksPolicies, judgesNothing };
}

interface Counted {
  readonly counts: ForecastCounts;
  readonly source: ImpactReport['source'];
}

type Judging = Pick<ForecastRun, 'before' | 'after' | 'selfCheck'>;

/** Counts sign-ins where an engine has them, or reads them one by one; the log has each of them once. */
async function countsOf(
  session: Session,
  files: readonly string[],
  options: Options,
  judging: Judging,
): Promise<Counted> {
  const { engine, table } = options;
  const run = { ...judging, signInId: options.signIn, interrupted: session.interrupted };
  if (engine !== undefined) {
    const { counts, keys } = await countedByEngine(session, { ...run, onProgress: () => {} }, files, options);
    return { counts, source: { engine, ...(table === undefined ? { files } : { table }), keys } };
  }
  if (options.fromLogs === true) {
    const { stream, onProgress, replayedUnder } = await openLoggedSignIns(session, judging.before.tenant, options);
    const counts = await session.hearing(() => forecast(stream, { ...run, onProgress }));
    return { counts, source: { replayedUnder } };
  }
  const { before, after } = judging;
  const { stream, onProgress } = await openSignIns(session, before.tenant, files, options, { others: [after.tenant] });
  const seen = new SeenIds();
  const see: ForecastRun['see'] = (signIn, content) => seen.see(signIn, content);
  try {
    const counts = await session.hearing(() => forecast(stream, { ...run, onProgress, see }));
    return { counts, source: { files } };
  } finally {
    seen.end();
  }
}

/** The groups that are shown, each with the command that explains its example. */
async function rowsOf(
  session: Session,
  tenant: Tenant,
  groups: readonly GroupCounts[],
  files: readonly string[],
  options: Options,
): Promise<readonly ImpactRow[]> {
  const { only = [], groupBy } = options;
  const places = await placesOf(session, tenant, groups);
  const commandFor = commandsFor(session, files, options);
  const isShown = (kind: ChangeClass) => only.length === 0 || only.includes(kind);
  return groups
    .filter((group) => isShown(group.class) && (groupBy ?? group.by) === group.by)
    .map((group) => ({
      ...group,
      ...places.get(group),
      command: commandFor(group.example.signInId),
    }));
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

/** What is asked about: another tenant file, under its own status unless told, or this one with the supposed changes. */
function otherWorld(session: Session, before: World, { of = [], against }: Options): World {
  const other = against === undefined ? before.tenant : tenantInFile(session, against);
  const { tenant, signalingStatus } = supposed(other, of);
  if (tenant !== before.tenant) {
    return worldOf(tenant, signalingStatus ?? tenant.globalSecureAccess.conditionalAccess.signalingStatus);
  }
  return switched(before, signalingStatus ?? otherStatus(before.signalingStatus));
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

/** The commands that show one sign-in policy by policy, with every option that its answer hangs on. */
function commandsFor(session: Session, files: readonly string[], options: Options): (signInId: string) => string {
  const option = (name: string, value: string | undefined) => (value === undefined ? [] : [name, value]);
  const command = commandText([
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
  ]);
  // There are thousands of groups, each with its own sign-in.
  return (signInId) => `${command} ${shellWord(signInId)}`;
}
