import { analyseDependencies } from '../core/dependencies/analyse.ts';
import type { PolicyDependency } from '../core/dependencies/dependency.ts';
import { enforcedDependents } from '../core/dependencies/enforced.ts';
import { signInsOf } from '../core/impact/tally.ts';
import { worldOf } from '../core/impact/world.ts';
import type { Plan } from '../core/tenant/plans/change.ts';
import type { Tenant } from '../core/tenant/tenant.ts';
import { isSameJson } from '../core/values/same-json.ts';
import { spacedWords } from '../core/values/spaced-words.ts';
import type { RehearsalReport } from '../output/reports/rehearsal.ts';
import { forecast } from '../replay/forecast.ts';
import type { ServeOptions } from '../serve/server.ts';
import type { TenantState } from '../serve/tenant-state.ts';
import type { World } from '../serve/world.ts';
import type { Session } from '../shell/session.ts';
import { stepsOf } from './change.ts';
import { dependentPolicy } from './dependents.ts';
import { openLoggedSignIns } from './logged-sign-ins.ts';

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
  const { journal, signIns, now, newId, sign } = session;
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
  const dependents = isSwitchedOff(before, after) ? enforcedDependents(analyseDependencies(after), 'disabled') : [];
  const dependentPolicies = dependents.map((each) => dependentPolicy(each, 'disabled'));
  const signIns = made.steps.length === 0 ? null : await judged(session, before, after);
  const effects = new Set(dependentPolicies.flatMap((each) => each.effects).map(String));
  for (const each of signIns?.classes ?? []) if (each.signIns > 0) effects.add(each.class);
  const notProven = signIns === null && couldStop(before, after) ? NOT_PROVEN : null;
  if (notProven !== null) effects.add('unknown');
  if (effects.has('newlyBlocked') || effects.has('newlyDenied')) effects.add('stopped');
  const failed = failOn.filter((gate) => effects.has(gate));
  return { steps: stepsOf(made), dependentPolicies, signIns, failOn, failed, notProven };
}

const NOT_PROVEN =
  'Policies or locations that enforce were changed, and no sign-in is logged that could tell whom that stops: `gsa replay <file>`.';

function isSwitchedOff(before: Tenant, after: Tenant): boolean {
  return statusOf(before) === 'enabled' && statusOf(after) === 'disabled';
}

function statusOf({ globalSecureAccess }: Tenant) {
  return globalSecureAccess.conditionalAccess.signalingStatus;
}

/** Whether a policy that enforces is new or different, or a location is: what only ceases to enforce stops nobody. */
function couldStop(before: Tenant, after: Tenant): boolean {
  const old = new Map(before.policies.map((policy) => [policy.id, policy]));
  const enforces = after.policies.filter(({ state }) => state !== 'disabled' && state !== REPORT_ONLY);
  const isChanged = enforces.some((policy) => !isSameJson(old.get(policy.id), policy));
  return isChanged || !isSameJson(before.namedLocations, after.namedLocations);
}

const REPORT_ONLY = 'enabledForReportingButNotEnforced';

async function judged(session: Session, before: Tenant, after: Tenant): Promise<RehearsalReport['signIns']> {
  const log = await session.signIns();
  if (log.count({ conditions: [] }) === 0) return null;
  const { stream } = await openLoggedSignIns(session, before, {});
  const counts = await forecast(stream, {
    before: worldOf(before, statusOf(before)),
    after: worldOf(after, statusOf(after)),
    selfCheck: undefined,
    signInId: undefined,
    interrupted: new AbortController().signal,
    onProgress: () => undefined,
  });
  const classes = counts.classes.map((each) => ({ class: each.class, signIns: signInsOf(each) }));
  return { judged: signInsOf(counts.judged), classes };
}
