import type { CompiledPolicy } from '../conditional-access/compile.ts';
import { isLocated } from '../conditional-access/fast/located-policies.ts';
import { isUndocumentedControl } from '../conditional-access/grant/session-controls.ts';
import type { ChangeClass } from '../conditional-access/outcome/change.ts';
import { mayEnforce, modeOf } from '../conditional-access/policy-mode.ts';
import type { Outcome, PolicyStanding } from '../conditional-access/result.ts';
import type { Change, Side } from './change.ts';
import { outcomesOf, possible } from './change.ts';
import { commonPolicies } from './common-policies.ts';
import type { World } from './world.ts';

/** A session control of a policy that applies after, or may, and need not have applied before. */
interface BegunLimit {
  readonly policyId: string;
  readonly control: string;
}

const TOKEN_PROTECTION_IN_LOG = 'SignInTokenProtection';

/**
 * A sign-in frequency asks again where the last sign-in of the session is too long ago: no record says how long ago it is (D-POL, error
 * 70043).
 */
const SIGN_IN_FREQUENCY = 'SignInFrequency';

/** Whether session controls of the policy may make more of a sign-in than the outcomes show. */
export function mayBeginToLimit({ mode, sessionControls }: CompiledPolicy): boolean {
  return mayEnforce(mode) && sessionControls.some(isFelt);
}

/**
 * Names of the policies with session controls that may begin to apply to a sign-in: what a session may do, and for how long, shows in no
 * outcome.
 */
export function sessionsNotJudged(before: World, after: World): readonly string[] {
  const isSwitched = before.signalingStatus !== after.signalingStatus;
  const { alike } = commonPolicies(before, after);
  const names = after.compiled.policies
    .filter((policy) => mayEnforce(policy.mode) && policy.sessionControls.some(isUnseen))
    .filter((policy) => !alike.has(policy.policy.id) || (isSwitched && isLocated(policy)))
    .map(({ policy }) => policy.displayName);
  return [...new Set(names)];
}

/** Token protection is judged as a grant control is, and what nobody documents leaves the sign-in unknown. */
function isUnseen(control: string): boolean {
  return control !== TOKEN_PROTECTION_IN_LOG && !isUndocumentedControl(control);
}

/**
 * The change with what it could be besides, where session controls begin to apply: one that nobody documents may stop whom it newly
 * reaches, as token protection does, and a sign-in frequency may ask again.
 */
export function withBegunLimits(
  change: Change,
  before: Side,
  after: Side,
  isDiffering: (policyId: string) => boolean,
): Change {
  if (after.outcome === 'blocked' || after.outcome === 'denied') return change;
  const begun = begunLimits(before, after);
  const undocumented = begun.filter(({ control }) => isUndocumentedControl(control));
  const worse = WORSE_THAN[before.outcome];
  if (undocumented.length > 0 && worse.length > 0) return withUndocumented(change, before, after, undocumented, worse);
  const asking = begun.filter(({ control, policyId }) => control === SIGN_IN_FREQUENCY && isDiffering(policyId));
  return asking.length > 0 && worse.includes('newlyPrompted') ? withQuestion(change) : change;
}

/** What a sign-in of that outcome may newly be. */
const WORSE_THAN: { readonly [outcome in Outcome]: readonly ChangeClass[] } = {
  granted: ['newlyBlocked', 'newlyDenied', 'newlyPrompted'],
  interrupted: ['newlyBlocked', 'newlyDenied'],
  denied: ['newlyBlocked'],
  blocked: [],
  unknown: ['newlyBlocked', 'newlyDenied', 'newlyPrompted'],
};

function isFelt(control: string): boolean {
  return control === SIGN_IN_FREQUENCY || isUndocumentedControl(control);
}

function begunLimits(before: Side, after: Side): readonly BegunLimit[] {
  const was = new Map(before.policies.map((policy) => [policy.policyId, policy]));
  return after.policies.filter(mayApply).flatMap(({ policyId, sessionControls }) => {
    const earlier = was.get(policyId);
    const held = earlier?.applies === true && mayEnforce(modeOf(earlier.state)) ? earlier.sessionControls : [];
    return sessionControls
      .filter((control) => isFelt(control) && !held.includes(control))
      .map((control) => ({ policyId, control }));
  });
}

function mayApply({ applies, state }: PolicyStanding): boolean {
  return applies !== false && mayEnforce(modeOf(state));
}

function withUndocumented(
  change: Change,
  before: Side,
  after: Side,
  begun: readonly BegunLimit[],
  worse: readonly ChangeClass[],
): Change {
  const missing = begun.map(({ control }) => `meaning of sessionControls.${control}`);
  return {
    class: 'unknown',
    outcomes: { ...outcomesOf(before, after), after: 'unknown' },
    decidedBy: [...new Set([...change.decidedBy, ...begun.map(({ policyId }) => policyId)])],
    stoppedBy: change.stoppedBy,
    couldBe: [...new Set([...possible(change), ...worse])],
    missing: [...new Set([...change.missing, ...missing])].sort(),
  };
}

/** One change for all of the same. */
const QUESTIONED = new WeakMap<Change, Change>();

/** A class that is certain stays: who is asked less, or let in, is no less so for being asked again. */
function withQuestion(change: Change): Change {
  const { class: kind, couldBe } = change;
  if ((kind !== 'unchanged' && kind !== 'unknown') || couldBe.includes('newlyPrompted')) return change;
  const known = QUESTIONED.get(change);
  if (known !== undefined) return known;
  const questioned: Change = { ...change, couldBe: [...couldBe, 'newlyPrompted'] };
  QUESTIONED.set(change, questioned);
  return questioned;
}
