import { holdingsOf } from '../conditional-access/facts/located.ts';
import { decide } from '../conditional-access/fast/decide.ts';
import { APPLIED_POLICY_RESULTS } from '../conditional-access/result.ts';
import type { SignInAttempt } from '../signaling/attempt.ts';
import { observe } from '../signaling/observe.ts';
import type { SignalingStatus } from '../tenant/tenant.ts';
import type { Expected } from './compare.ts';
import type { Scene } from './scene.ts';
import type { Expectation } from './suite.ts';

/** Members that a decision without reasons can settle; anything else needs the evaluation. */
const QUICK: ReadonlySet<string> = new Set<keyof Expectation>([
  'outcome',
  'ipAddress',
  'countryOrRegion',
  'locations',
  'policies',
  'decidedBy',
  'conditionalAccessStatus',
  'isThroughGlobalSecureAccess',
  'globalSecureAccessIpAddress',
  'compliantNetwork',
]);

/**
 * Whether the fast path is enough to see that everything is as expected. Most tests pass, and a pass needs no reasons; `false`
 * says only that the explaining path has to look (ARCHITECTURE.md, invariant 9: the two agree).
 */
export function matchesQuickly(
  expected: Expected,
  { compiled, options, tenant }: Scene,
  attempt: SignInAttempt,
  signaling: SignalingStatus,
): boolean {
  const { said } = expected;
  if (!isQuick(said)) return false;
  const observation = observe(attempt, signaling, options);
  const decision = decide(compiled, attempt, observation);
  const same = (member: keyof Expectation, wanted: unknown, got: unknown) =>
    said[member] === undefined || wanted === got;
  return (
    said.outcome?.includes(decision.outcome) !== false &&
    same('ipAddress', expected.ipAddress, observation.ipAddress?.text) &&
    same('countryOrRegion', said.countryOrRegion, observation.countryOrRegion) &&
    same('conditionalAccessStatus', said.conditionalAccessStatus, decision.conditionalAccessStatus) &&
    same('isThroughGlobalSecureAccess', said.isThroughGlobalSecureAccess, observation.isThroughGlobalSecureAccess) &&
    same('compliantNetwork', said.compliantNetwork, observation.compliantNetwork) &&
    same(
      'globalSecureAccessIpAddress',
      expected.globalSecureAccessIpAddress,
      observation.globalSecureAccessIpAddress?.text,
    ) &&
    sameSet(
      expected.decidedBy?.map(({ id }) => id),
      () => decision.decidedBy,
    ) &&
    sameSet(expected.locations, () =>
      holdingsOf(compiled.locations, observation).map(({ displayName }) => displayName),
    ) &&
    expected.policies.every(({ id, result }) => {
      const at = tenant.policies.findIndex((policy) => policy.id === id);
      return APPLIED_POLICY_RESULTS[decision.results[at] ?? -1] === result;
    })
  );
}

function isQuick(said: Expectation): boolean {
  return Object.entries(said).every(([member, value]) => value === undefined || QUICK.has(member));
}

function sameSet(wanted: readonly string[] | undefined, read: () => readonly string[]): boolean {
  if (wanted === undefined) return true;
  const got = read();
  return wanted.every((each) => got.includes(each)) && got.every((each) => wanted.includes(each));
}
