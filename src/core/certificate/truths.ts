import { gatherFacts } from '../conditional-access/evaluate.ts';
import type { Slot } from '../conditional-access/facts/facts.ts';
import type { Truth } from '../conditional-access/result.ts';
import { all } from '../conditional-access/truth.ts';
import type { SignInAttempt } from '../signaling/attempt.ts';
import { NOTHING_TOLD } from '../signaling/attempt.ts';
import { observe } from '../signaling/observe.ts';
import type { CertifiedLevelName } from './certificate.ts';
import type { CheckedWorlds, Side } from './worlds.ts';
import { SIDES } from './worlds.ts';

/** What the conditions of one level say of a part of a sign-in: of each policy of a world, in its order. */
export type Truths = Readonly<Record<Side, readonly Truth[]>>;

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
  const on = (side: Side): Truth[] => {
    const { compiled, policies, signalingStatus, options } = worlds[side];
    const attempt = { ...NOTHING_TOLD, ...part };
    const facts = gatherFacts(compiled, attempt, observe(attempt, signalingStatus, options));
    return policies.map(({ conditions }) =>
      all(
        conditions
          .filter(({ slot }) => (LEVEL_OF[slot] ?? 'who') === name)
          .map((condition) => condition.judge(facts).truth),
      ),
    );
  };
  return { before: on('before'), after: on('after') };
}

/** A text that is one to one with the truths. */
export function textOfTruths(truths: Truths): string {
  return SIDES.map((side) =>
    truths[side].map((truth) => (truth === true ? '1' : truth === false ? '0' : '?')).join(''),
  ).join('|');
}
