import type { LoggedSignIn } from '../core/conditional-access/record/sign-in.ts';
import type { SignInCondition } from '../core/sign-in-log/condition.ts';
import type { JsonObject } from '../core/tenant/plans/change.ts';
import { otherStatus } from '../core/tenant/tenant.ts';
import { splitFilter } from '../intake/odata/column-condition.ts';
import type { ODataFilter } from '../intake/odata/filter.ts';
import { matches } from '../intake/odata/filter-matches.ts';
import { unknownMember } from '../intake/odata/properties.ts';
import type { SignInLog } from '../store/types.ts';
import type { Answer, Call, Parameters } from './call.ts';
import { entity } from './call.ts';
import { mayDo } from './caller.ts';
import { badRequest, notFound } from './graph-error.ts';
import { listAnswer, page, selected } from './list.ts';
import { LARGEST_PAGE, readQueryOptions } from './query-options.ts';
import { signInIn } from './versions.ts';
import type { World } from './world.ts';

/** Sign-ins as `gsa replay` logged them, under the tenant's signaling status as it is. */

/** Where the next page goes on: behind so many sign-ins of that time. */
interface Place {
  readonly time: string;
  readonly passed: number;
}

const SIGN_INS = { item: 'sign-in', unknownMember };

export async function listSignIns(call: Call, world: World): Promise<Answer> {
  const options = readQueryOptions(call.query, SIGN_INS);
  const descending = directionOf(options.orderBy);
  const { conditions, rest } =
    options.filter === undefined ? { conditions: [], rest: undefined } : splitFilter(options.filter);
  const log = await world.signIns();
  const asked = [...conditions, under(world, log)];
  const shows = (signIn: LoggedSignIn) =>
    (namesEventTypes(options.filter) || isInteractive(signIn)) && (rest === undefined || matches(rest, signIn));
  const size = Math.min(options.top ?? LARGEST_PAGE, LARGEST_PAGE);
  const found = takePage(log, asked, { descending, size, from: readPlace(options.skipToken), shows });
  const value = found.value.map((signIn) => recordShown(call, world, signIn));
  const count = options.count ? countOf(log, asked, shows) : 0;
  return { status: 200, body: page(call, 'auditLogs/signIns', options, { value, count, next: found.next }) };
}

export async function getSignIn(call: Call, world: World, { id = '' }: Parameters): Promise<Answer> {
  const { signalingStatus } = world.state.read().tenant.globalSecureAccess.conditionalAccess;
  const found = (await world.signIns()).find(id);
  const signIn = found.find(({ replay }) => replay.signalingStatus === signalingStatus) ?? found[0];
  if (signIn === undefined) throw notFound(id);
  const body = entity(call, 'auditLogs/signIns/$entity', selected(call, recordShown(call, world, signIn)));
  return { status: 200, body };
}

/** The journal, newest first, as Graph's directory audits; the chain of the journal is ours and stays out. */
export function listDirectoryAudits(call: Call, { journal }: World): Answer {
  const entries = journal()
    .entries()
    .map(({ gsa: _, ...entry }): JsonObject => entry)
    .reverse();
  const members = [
    'id',
    'activityDateTime',
    'activityDisplayName',
    'category',
    'loggedByService',
    'result',
    'initiatedBy',
  ];
  return listAnswer(call, { context: 'auditLogs/directoryAudits', item: 'directory audit', members }, entries);
}

function directionOf(orderBy: ReturnType<typeof readQueryOptions>['orderBy']): boolean {
  const [first, ...more] = orderBy;
  if (first === undefined) return true;
  if (more.length > 0 || first.path.join('/') !== 'createdDateTime') {
    throw badRequest('Sign-ins are sorted by createdDateTime alone.');
  }
  return first.descending;
}

/** The condition that lists each sign-in once: those under the present status, or else those under the other. */
function under({ state }: World, log: SignInLog): SignInCondition {
  const current = state.read().tenant.globalSecureAccess.conditionalAccess.signalingStatus;
  const condition = (value: string): SignInCondition => ({ column: 'signalingStatus', operator: 'eq', value });
  if (log.count({ conditions: [condition(current)] }) > 0) return condition(current);
  return condition(otherStatus(current));
}

/** One page and a look at what follows; memory holds a page, however long the log is. */
function takePage(
  log: SignInLog,
  conditions: readonly SignInCondition[],
  {
    descending,
    size,
    from,
    shows,
  }: {
    readonly descending: boolean;
    readonly size: number;
    readonly from: Place | undefined;
    readonly shows: (signIn: LoggedSignIn) => boolean;
  },
): { readonly value: readonly LoggedSignIn[]; readonly next: string | undefined } {
  const value: LoggedSignIn[] = [];
  let skipping = from?.passed ?? 0;
  let at: Place = from ?? { time: '', passed: 0 };
  const rows = log.query({
    conditions: [...conditions, ...(from === undefined ? [] : [reached(from, descending)])],
    order: { column: 'createdDateTime', descending },
  });
  for (const signIn of rows) {
    const time = signIn.record.createdDateTime;
    if (time === from?.time && skipping-- > 0) continue;
    const isShown = shows(signIn);
    if (isShown && value.length === size) return { value, next: placeToken(at) };
    if (isShown) value.push(signIn);
    at = { time, passed: time === at.time ? at.passed + 1 : 1 };
  }
  return { value, next: undefined };
}

function reached({ time }: Place, descending: boolean): SignInCondition {
  return { column: 'createdDateTime', operator: descending ? 'le' : 'ge', value: time };
}

function countOf(
  log: SignInLog,
  conditions: readonly SignInCondition[],
  shows: (signIn: LoggedSignIn) => boolean,
): number {
  let count = 0;
  const order = { column: 'createdDateTime', descending: true } as const;
  for (const signIn of log.query({ conditions, order })) if (shows(signIn)) count++;
  return count;
}

/** Whether a filter names a kind of sign-in. Without one Graph lists interactive sign-ins alone (GDOC signin-list). */
function namesEventTypes(filter: ODataFilter | undefined): boolean {
  return JSON.stringify(filter ?? null).includes('"signInEventTypes"');
}

function isInteractive({ record }: LoggedSignIn): boolean {
  const types = record.signInEventTypes;
  if (types === undefined || types === null || types.length === 0) return record.isInteractive !== false;
  return types.includes('interactiveUser');
}

/** Which policies applied is for those who may read policies (GDOC resources/signin). */
function recordShown(call: Call, { state }: World, { record }: LoggedSignIn): JsonObject {
  const { sourceIpAddress: _, ...graph } = record;
  const shown = signInIn(call.version, graph);
  if (mayDo(state.read().tenant, call.claims, 'policy.read')) return shown;
  const { appliedConditionalAccessPolicies: __, ...others } = shown;
  return others;
}

function placeToken({ time, passed }: Place): string {
  return Buffer.from(`s${passed} ${time}`).toString('base64url');
}

function readPlace(token: string | undefined): Place | undefined {
  if (token === undefined) return undefined;
  const [, passed, time] =
    /^s(\d{1,9}) (\d{4}-\d\d-\d\dT[\d:.]+Z)$/.exec(Buffer.from(token, 'base64url').toString('latin1')) ?? [];
  if (passed === undefined || time === undefined) throw badRequest('Skip token is not valid.');
  return { time, passed: Number(passed) };
}
