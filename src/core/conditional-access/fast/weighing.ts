import type { PolicyTestimony } from '../../signaling/attempt.ts';
import type { SeverityRange } from '../grant/effect.ts';
import { GRANTED } from '../grant/effect.ts';
import { heardAt, heardEffect } from '../outcome/testimony.ts';
import type { ConditionResult, Truth } from '../result.ts';
import { isSet, unset } from './bitset.ts';
import { claimedEffects, grantAt } from './claimed-effects.ts';
import type { ClaimedEffects, Claims, WeighedGrant } from './claims.ts';
import type { DecisionEngine, Scratch } from './engine.ts';
import { ENABLED, OTHER } from './engine.ts';
import type { HeardPolicy } from './heard-policies.ts';
import { NOTHING_OPEN, openAt } from './open-answers.ts';

/** What is heard of policies. */
export interface Says {
  readonly of: ReadonlyMap<number, PolicyTestimony>;
  readonly isRecorded: boolean;
}

/** One policy that applies or may apply, with what the record says of it. */
export interface Weighed {
  readonly at: number;
  readonly mode: number;
  readonly applies: Truth;
  readonly effect: SeverityRange;
  readonly grant: WeighedGrant;
  /** Conditions that stay unknown. */
  readonly open: readonly ConditionResult[];
}

/** The policies that apply or may: many at once, but for those of which the record is heard. */
export interface Weighing extends Pick<Scratch, 'sure' | 'possible'> {
  readonly effects: ClaimedEffects;
  readonly told: readonly Weighed[];
}

export function saysOf(heard: readonly HeardPolicy[], isRecorded: boolean): Says {
  if (heard.length === 0) return SAYS_NOTHING;
  return { of: new Map(heard.map(({ at, says }) => [at, says])), isRecorded };
}

const SAYS_NOTHING: Says = { of: new Map(), isRecorded: false };

/** Of policies of which no record is heard the bits tell all. */
export function weighingOf(engine: DecisionEngine, claims: Claims, says: Says): Weighing {
  const { scratch } = engine;
  const effects = claimedEffects(engine, claims);
  if (says.of.size === 0) return { effects, sure: scratch.sure, possible: scratch.possible, told: NOTHING_TOLD };
  const [sure, possible] = [scratch.sure.slice(), scratch.possible.slice()];
  const told: Weighed[] = [];
  for (const [at, testimony] of says.of) {
    if (!isSet(possible, at)) continue;
    const policy = weighOne(engine, claims, at, testimony, says.isRecorded);
    if (policy !== undefined) told.push(policy);
    unset(sure, at);
    unset(possible, at);
  }
  return { effects, sure, possible, told };
}

const NOTHING_TOLD: readonly Weighed[] = [];

/** `undefined` where the record says that it did not apply. */
function weighOne(
  engine: DecisionEngine,
  claims: Claims,
  at: number,
  testimony: PolicyTestimony,
  isRecorded: boolean,
): Weighed | undefined {
  const { sure, answers } = engine.scratch;
  const open: ConditionResult[] = [];
  // Nothing of a condition that stays open is false, unless the record says so.
  for (const result of isSet(sure, at) ? NOTHING_OPEN : openAt(answers, at)) {
    const { truth } = heardAt(result, testimony, isRecorded);
    if (truth === false) return undefined;
    if (truth === 'unknown') open.push(result);
  }
  const grant = grantAt(engine, claims, at);
  const applies = open.length === 0 ? true : 'unknown';
  return { at, mode: engine.modeOf[at] ?? OTHER, applies, effect: heardEffect(grant.effect, testimony), grant, open };
}

/** The least that the policy does for sure. */
export function leastOfOne({ mode, applies, effect }: Weighed): number {
  return mode === ENABLED && applies === true ? effect.least : GRANTED;
}
