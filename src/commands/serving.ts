import type { PolicyDependency } from '../core/dependencies/dependency.ts';
import { impactOf } from '../core/dependencies/enforced.ts';
import { switchFindings } from '../core/dependencies/switch-findings.ts';
import { signInsOf } from '../core/impact/counter.ts';
import type { Gate } from '../core/impact/gates.ts';
import { GATES } from '../core/impact/gates.ts';
import type { Rehearsed } from '../core/impact/rehearsed-gates.ts';
import { couldStop, rehearsedGates } from '../core/impact/rehearsed-gates.ts';
import { worldOf } from '../core/impact/world.ts';
import { isListKnown } from '../core/tenant/knowledge.ts';
import type { Plan } from '../core/tenant/plans/change.ts';
import type { SignalingStatus, Tenant } from '../core/tenant/tenant.ts';
import { isSignalingStatusAssumed, otherStatus } from '../core/tenant/tenant.ts';
import { spacedWords } from '../core/values/spaced-words.ts';
import type { RehearsalReport } from '../output/reports/rehearsal.ts';
import type { ForecastCounts } from '../replay/forecast.ts';
import { forecast } from '../replay/forecast.ts';
import type { ServeOptions } from '../serve/server.ts';
import type { TenantState } from '../serve/tenant-state.ts';
import type { World } from '../serve/world.ts';
import type { Session } from '../shell/session.ts';
import { stepsOf } from './change.ts';
import { dependentPolicy } from './dependents.ts';
import { openLoggedSignIns } from './logged-sign-ins.ts';
import { signInLog } from './sign-in-log.ts';

/** What `serve` and `rehearse` have in common. */

/** The world that a server answers from, and the policies for which it refused a switch. */
export function serveWorld(
  session: Session,
  state: TenantState,
  { readOnly, guarded, keepsDenied }: Pick<World, 'readOnly' | 'guarded'> & { readonly keepsDenied: boolean },
): { readonly world: World; readonly refused: Map<string, PolicyDependency> } {
  const refused = new Map<string, PolicyDependency>();
  const onRefused = (dependents: readonly PolicyDependency[]) => {
    for (const dependent of dependents) refused.set(dependent.policyId, dependent);
    const names = dependents.map(
      ({ displayName, onDisable }) => `${displayName} (${onDisable.effects.map(spacedWords).join(', ')})`,
    );
    void session.say(`refused to disable signaling: ${names.join('; ')}`).catch(() => undefined);
  };
  const { journal, now, newId, sign } = session;
  const signIns = () => signInLog(session);
  // What is only rehearsed was not tried on this tenant.
  const onDenied: World['onDenied'] = async ({ by, request, why }) => {
    if (keepsDenied) await session.keepDenied(why, { by, command: request });
  };
  return { world: { state, journal, signIns, now, newId, sign, readOnly, guarded, onRefused, onDenied }, refused };
}

export function serveOptions(session: Session, port: number, proxy: boolean): ServeOptions {
  return {
    port,
    proxy,
    everybodyIs: session.globals.as,
    makeFolder: () => session.temporaryFolder('serve'),
    today: new Date(),
    log: (line) => session.say(line),
    onBug: (error) =>
      void session.say(`gsa failed: ${error instanceof Error ? error.stack : error}`).catch(() => undefined),
  };
}

/** Variables that lead the usual clients here, for one shell or one program. */
export function clientVariables(proxyUrl: string, certificate: string): Readonly<Record<string, string>> {
  return {
    HTTPS_PROXY: proxyUrl,
    https_proxy: proxyUrl,
    NO_PROXY: '',
    no_proxy: '',
    NODE_USE_ENV_PROXY: '1',
    NODE_EXTRA_CA_CERTS: certificate,
    REQUESTS_CA_BUNDLE: certificate,
    SSL_CERT_FILE: certificate,
    CURL_CA_BUNDLE: certificate,
  };
}

/** What the changes come to: whom they stop, by the policies themselves and by the sign-ins of the log. */
export async function consequences(
  session: Session,
  before: Tenant,
  after: Tenant,
  made: Plan,
  failOn: readonly string[],
): Promise<Pick<RehearsalReport, 'steps' | 'dependentPolicies' | 'signIns' | 'failOn' | 'failed' | 'notProven'>> {
  const isSwitched = isSwitchedOff(before, after);
  const { dependents, notKnown } = isSwitched ? switchFindings(after, 'disabled') : NO_FINDINGS;
  const isChanged = made.steps.length > 0;
  const counts = isChanged ? await judged(session, before, after, statusOf) : undefined;
  const other = otherStatus(statusOf(after));
  const underOther =
    isChanged && isSignalingStatusAssumed(after) ? await judged(session, before, after, () => other) : undefined;
  const effects = new Set(dependents.flatMap((each) => impactOf(each, 'disabled').effects));
  const rehearsed = { before, after, effects, isSwitchOpen: notKnown.length > 0, counts, underOther };
  const failed = made.steps.length === 0 ? [] : rehearsedGates(failOn.filter(isGate), rehearsed);
  const signIns = counts === undefined ? null : { judged: signInsOf(counts.judged), classes: classesOf(counts) };
  return {
    steps: stepsOf(made),
    dependentPolicies: dependents.map((each) => dependentPolicy(each, 'disabled')),
    signIns,
    failOn,
    failed,
    notProven: notProven(rehearsed, signIns?.judged ?? 0),
  };
}

const NO_FINDINGS = { dependents: [], notKnown: [] } as const;

function isGate(word: string): word is Gate {
  return GATES.some((gate) => gate === word);
}

function classesOf({ classes }: ForecastCounts) {
  return classes.map((each) => ({ class: each.class, signIns: signInsOf(each) }));
}

/** Why nothing proves whom the changes stop; null where something does. */
function notProven({ before, after }: Rehearsed, judgedSignIns: number): string | null {
  if (![before, after].every((tenant) => isListKnown(tenant, 'policies'))) return UNSEEN;
  return judgedSignIns === 0 && couldStop(before, after) ? NOT_PROVEN : null;
}

const UNSEEN =
  'Not all policies of the tenant are known, and any other may stop whom these let in: `gsa import policies.json`, or `gsa tenant set --known policies`.';

const NOT_PROVEN =
  'Policies or locations that enforce were changed, and no sign-in is logged that could tell whom that stops: `gsa replay <file>`.';

function isSwitchedOff(before: Tenant, after: Tenant): boolean {
  return statusOf(before) === 'enabled' && statusOf(after) === 'disabled';
}

function statusOf({ globalSecureAccess }: Tenant) {
  return globalSecureAccess.conditionalAccess.signalingStatus;
}

async function judged(
  session: Session,
  before: Tenant,
  after: Tenant,
  statusIn: (tenant: Tenant) => SignalingStatus,
): Promise<ForecastCounts | undefined> {
  const log = await signInLog(session);
  if (log.count({ conditions: [] }) === 0) return undefined;
  const { stream } = await openLoggedSignIns(session, before, {});
  return await forecast(stream, {
    before: worldOf(before, statusIn(before)),
    after: worldOf(after, statusIn(after)),
    selfCheck: undefined,
    signInId: undefined,
    interrupted: new AbortController().signal,
    onProgress: () => undefined,
  });
}
