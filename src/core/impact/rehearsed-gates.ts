import { mayEnforce, modeOf } from '../conditional-access/policy-mode.ts';
import { isListKnown } from '../tenant/knowledge.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { isSameJson } from '../values/same-json.ts';
import type { Agreement } from './agreement.ts';
import { signInsOf } from './counter.ts';
import type { Gate } from './gates.ts';
import { gateResult } from './gates.ts';

/** What changes of a tenant came to, and what tells whom they stop. */
export interface Rehearsed {
  readonly before: Tenant;
  readonly after: Tenant;
  /** Of a switch to disabled that is among the changes: what it does to policies, and whether facts about it are missing. */
  readonly effects: ReadonlySet<string>;
  readonly isSwitchOpen: boolean;
  /** The logged sign-ins under both; `undefined`: none is logged. */
  readonly counts: Counts | undefined;
  /** The same under the other signaling status, where it is only taken for the tenant's and no change says it. */
  readonly underOther: Counts | undefined;
}

type Counts = Parameters<typeof gateResult>[1];

/** The gates that are hit, or that nothing proves (invariant 11): what is not known may be whatever a gate asks for. */
export function rehearsedGates(gates: readonly Gate[], rehearsed: Rehearsed): readonly Gate[] {
  const { before, after, effects, isSwitchOpen, counts, underOther } = rehearsed;
  const isOpen =
    isSwitchOpen || effects.has('unknown') || !isListKnown(before, 'policies') || !isListKnown(after, 'policies');
  const judged = counts === undefined ? 0 : signInsOf(counts.judged);
  const resultOf = (each: Counts) => gateResult(gates, each, SILENT, { share: 0, isAsked: false });
  const logged = counts === undefined || judged === 0 ? undefined : resultOf(counts);
  const results = [logged, underOther === undefined ? undefined : resultOf(underOther)];
  const hit = new Set<Gate>(
    results.flatMap((each) => [...(each?.failed ?? []), ...(each?.doubts ?? []).map(({ gate }) => gate)]),
  );
  return gates.filter(
    (gate) =>
      isOpen ||
      hit.has(gate) ||
      isAmong(gate, effects) ||
      (logged === undefined && (LOOSENING.has(gate) ? couldLoosen(before, after) : couldStop(before, after))),
  );
}

function isAmong(gate: Gate, effects: ReadonlySet<string>): boolean {
  return gate === 'stopped' ? effects.has('newlyBlocked') || effects.has('newlyDenied') : effects.has(gate);
}

/** Changes are compared with each other here, and not with what records say. */
const SILENT: Agreement = {
  signIns: { compared: 0, agreed: 0, silent: 0 },
  policies: { compared: 0, agreed: 0, incomparable: 0 },
  share: null,
  causes: { unknownPolicy: 0, changedSince: 0, missingFact: 0, unexplained: 0 },
  policiesOfRecords: 0,
  unknownPolicies: [],
  disagreements: [],
  outcomes: {
    letIn: { compared: 0, agreed: 0, changedSince: 0 },
    stopped: { compared: 0, agreed: 0, changedSince: 0 },
    open: 0,
    disagreements: [],
  },
};

const LOOSENING: ReadonlySet<Gate> = new Set<Gate>(['newlyAllowed', 'lessProtected']);

/** Whether a policy that may enforce is new or different, or a location is: what only ceases to enforce stops nobody. */
export function couldStop(before: Tenant, after: Tenant): boolean {
  return differs(after, before) || arePlacesOthers(before, after);
}

/** Whether a policy that may enforce is gone or different, or a location is: what only begins to enforce lets nobody in. */
function couldLoosen(before: Tenant, after: Tenant): boolean {
  return differs(before, after) || arePlacesOthers(before, after);
}

/** Whether locations are others, or a switch on lets Entra ID see other addresses in them; of a switch off the policies tell themselves. */
function arePlacesOthers(before: Tenant, after: Tenant): boolean {
  const isSwitchedOn = statusOf(before) === 'disabled' && statusOf(after) === 'enabled';
  return isSwitchedOn || !isSameJson(before.namedLocations, after.namedLocations);
}

function statusOf({ globalSecureAccess }: Tenant): string {
  return globalSecureAccess.conditionalAccess.signalingStatus;
}

/** Whether the first tenant enforces something that the other one does not have like that. */
function differs(one: Tenant, other: Tenant): boolean {
  const others = new Map(other.policies.map((policy) => [policy.id, policy]));
  return one.policies.some((policy) => mayEnforce(modeOf(policy.state)) && !isSameJson(others.get(policy.id), policy));
}
