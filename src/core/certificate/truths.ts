import { gatherFacts } from '../conditional-access/evaluate.ts';
import type { Facts, Slot } from '../conditional-access/facts/facts.ts';
import { groundOfSubject } from '../conditional-access/grounds.ts';
import type { Truth } from '../conditional-access/result.ts';
import { all } from '../conditional-access/truth.ts';
import type { SignInAttempt } from '../signaling/attempt.ts';
import { NOTHING_TOLD } from '../signaling/attempt.ts';
import { observe } from '../signaling/observe.ts';
import type { ConditionalAccessPolicy } from '../tenant/policy.ts';
import type { CertifiedLevelName } from './certificate.ts';
import type { CheckedWorld, CheckedWorlds, Side } from './worlds.ts';
import { SIDES } from './worlds.ts';

/** What the conditions of one level say of a part of a sign-in: of each policy of a world, in its order. */
export interface Truths extends Readonly<Record<Side, readonly Truth[]>> {
  /**
   * Ids of the policies that may apply in both worlds, and need not come out alike: one world alone knows it, other facts are missing, the
   * tenants say other things of what these hang on, or Entra sees another place.
   */
  readonly unlike: ReadonlySet<string>;
}

/** The level whose parts each slot of conditions reads; what no part tells is judged with the person. */
const LEVEL_OF: { readonly [slot in Slot]?: CertifiedLevelName } = {
  identity: 'who',
  application: 'what',
  clientType: 'client',
  devicePlatform: 'platform',
  authenticationFlows: 'flow',
  signInRisk: 'signInRisk',
  userRisk: 'userRisk',
  servicePrincipalRisk: 'servicePrincipalRisk',
  insiderRisk: 'insiderRisk',
  device: 'device',
  location: 'where',
};

/** Judges a part by the evaluator's own conditions, in both worlds. */
export function truthsOf(worlds: CheckedWorlds, name: CertifiedLevelName, part: Partial<SignInAttempt>): Truths {
  const [before, after] = [judgedOn(worlds.before, name, part), judgedOn(worlds.after, name, part)];
  const unlike = [...before.possible].flatMap(([id, lacks]) => {
    const other = after.possible.get(id);
    return other === undefined || other === lacks ? [] : [id];
  });
  return { before: before.truths, after: after.truths, unlike: new Set(unlike) };
}

function judgedOn(world: CheckedWorld, name: CertifiedLevelName, part: Partial<SignInAttempt>) {
  const { compiled, policies, signalingStatus, options } = world;
  const attempt = { ...NOTHING_TOLD, ...part };
  const observation = observe(attempt, signalingStatus, options);
  const facts = gatherFacts(compiled, attempt, observation);
  const seen = name === 'where' ? [observation.ipAddress?.text, observation.countryOrRegion] : [];
  const possible = new Map<string, string>();
  const truths = policies.map(({ policy, conditions }) => {
    const results = conditions
      .filter(({ slot }) => (LEVEL_OF[slot] ?? 'who') === name)
      .map((condition) => condition.judge(facts));
    const truth = all(results.map((result) => result.truth));
    const missing = results.flatMap((result) => result.missing.map(({ fact }) => fact)).sort();
    if (truth !== false) {
      const lacks = truth === true ? '' : JSON.stringify([seen, missing, groundsOf(world, policy, name, facts)]);
      possible.set(policy.id, lacks);
    }
    return truth;
  });
  return { truths, possible };
}

/** What the tenant says of that which keeps the conditions of a level open. */
function groundsOf(
  { grounds }: CheckedWorld,
  policy: ConditionalAccessPolicy,
  name: CertifiedLevelName,
  { subject }: Facts,
): readonly string[] {
  if (name === 'who') return [grounds.ofIdentity(policy), groundOfSubject(subject)];
  return [name === 'where' ? grounds.ofLocation(policy) : grounds.ofPolicy(policy)];
}

/** A text that is one to one with the truths. */
export function textOfTruths(truths: Truths): string {
  const sides = SIDES.map((side) =>
    truths[side].map((truth) => (truth === true ? '1' : truth === false ? '0' : '?')).join(''),
  );
  return [...sides, [...truths.unlike].sort().join()].join('|');
}
