import type { ChangeClass } from '../conditional-access/outcome/change.ts';
import { CHANGE_CLASSES } from '../conditional-access/outcome/change.ts';
import type { Agreement } from './agreement.ts';
import { reliableOutcomeShares, reliableShare } from './agreement.ts';
import { signInsOf } from './counter.ts';
import type { ImpactCounts } from './tally.ts';

/** What a gate may ask for: a class, or whoever is surely stopped, whether it is known how or not. */
export const GATES = [...CHANGE_CLASSES, 'stopped'] as const;
export type Gate = (typeof GATES)[number];

/** Why a gate is not green although no sign-in is known to be what it asks for. */
export interface Doubt {
  readonly gate: Gate;
  /** Sign-ins of class unknown that could be of it, for all that is known. */
  readonly signIns: number;
  /** Records that could not be read: any of them may be of it. */
  readonly unread: number;
  /** Records that say something else of a sign-in than another: whatever else they say is not to be relied on. */
  readonly contradicting: number;
}

/** What the gates came to; green is what neither failed nor is in doubt (invariant 11). */
export interface GateResult {
  /** Gates that a sign-in is known to be of. */
  readonly failed: readonly Gate[];
  readonly doubts: readonly Doubt[];
  /** The records agree with less than was asked for: nothing that was counted is to be relied on. */
  readonly disagrees: boolean;
  /** Nobody has seen the policies of the tenant: any of them may be what a gate asks for. */
  readonly lacksPolicies: boolean;
  /** No sign-in was judged: that none is what a gate asks for says nothing. */
  readonly judgesNothing: boolean;
}

type Skipped = readonly { readonly reason: string; readonly count: number }[];

export function gateResult(
  gates: readonly Gate[],
  counts: ImpactCounts & { readonly skipped: Skipped; readonly contradicting: number },
  agreement: Agreement,
  minimum: { readonly share: number; readonly isAsked: boolean },
  arePoliciesKnown = true,
): GateResult {
  const failed = gates.filter((gate) => isHit(gate, counts));
  const { contradicting } = counts;
  const unread = unreadOf(counts.skipped);
  const doubts = gates
    .filter((gate) => !failed.includes(gate))
    .map((gate): Doubt => ({ gate, signIns: couldBe(gate, counts), unread, contradicting }))
    .filter((doubt) => doubt.signIns + doubt.unread + doubt.contradicting > 0);
  const disagrees = gates.length > 0 && isTooLow(agreement, minimum);
  const judgesNothing = gates.length > 0 && signInsOf(counts.judged) === 0;
  return { failed, doubts, disagrees, lacksPolicies: gates.length > 0 && !arePoliciesKnown, judgesNothing };
}

/** Whether policies, or what came of the sign-ins, agree with less than is asked for. */
function isTooLow(agreement: Agreement, { share: least, isAsked }: Parameters<typeof gateResult>[3]): boolean {
  const share = reliableShare(agreement);
  if (Object.values(reliableOutcomeShares(agreement.outcomes)).some((each) => each !== null && each < least))
    return true;
  // Without a word of policies there is nothing to compare; who asked for a share is told that it was not reached.
  return share === null ? isAsked && least > 0 : share < least;
}

export function isGreen({ failed, doubts, disagrees, lacksPolicies, judgesNothing }: GateResult): boolean {
  return failed.length + doubts.length === 0 && !disagrees && !lacksPolicies && !judgesNothing;
}

const STOPPING: readonly ChangeClass[] = ['newlyBlocked', 'newlyDenied'];

function isHit(gate: Gate, counts: ImpactCounts): boolean {
  if (gate !== 'stopped') return counts.classes.some((each) => each.class === gate && signInsOf(each) > 0);
  return signInsOf(counts.certainlyStopped) > 0 || STOPPING.some((each) => isHit(each, counts));
}

/** A sign-in that could be of both classes that stop is counted with the one that more could be of. */
function couldBe(gate: Gate, { couldBe: counts }: ImpactCounts): number {
  const of = (kind: string) => counts.find((each) => each.class === kind)?.signIns ?? 0;
  return gate === 'stopped' ? Math.max(...STOPPING.map(of)) : of(gate);
}

/** Other exports that stand beside the sign-ins: no record of them is a sign-in that was lost. What nobody knows may be one. */
const FOREIGN: ReadonlySet<string> = new Set([
  'otherCategory',
  'policies',
  'namedLocations',
  'directory',
  'trafficLog',
  'otherTable',
  'auditLog',
  'alertSummary',
  'riskDetections',
  'detectionRule',
]);

function unreadOf(skipped: Skipped): number {
  return skipped.reduce((sum, { reason, count }) => sum + (FOREIGN.has(reason) ? 0 : count), 0);
}
