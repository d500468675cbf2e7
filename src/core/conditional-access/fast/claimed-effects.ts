import { GRANTED } from '../grant/effect.ts';
import { EFFECTS } from '../result.ts';
import { emptyMask, meet, set } from './bitset.ts';
import type { ClaimedEffects, Claims, WeighedGrant } from './claims.ts';
import type { DecisionEngine } from './engine.ts';
import { ENABLED, OTHER, resultCode } from './engine.ts';

/** What the policies of a tenant do to those who make these claims, worked out once. */
export function claimedEffects(engine: DecisionEngine, claims: Claims): ClaimedEffects {
  claims.effects ??= effectsOf(engine, claims);
  return claims.effects;
}

function effectsOf(engine: DecisionEngine, claims: Claims): ClaimedEffects {
  const { modeOf } = engine;
  const policies = modeOf.length;
  const effects = {
    least: EFFECTS.map(() => emptyMask(policies)),
    most: EFFECTS.map(() => emptyMask(policies)),
    needMfa: emptyMask(policies),
    mayNeedMfa: emptyMask(policies),
    awaitMfa: emptyMask(policies),
    restOnTerms: emptyMask(policies),
    open: emptyMask(policies),
    codes: new Uint8Array(policies * 2),
  };
  for (let at = 0; at < policies; at++) {
    const mode = modeOf[at] ?? OTHER;
    const grant = grantAt(engine, claims, at);
    if (mode === ENABLED) addInForce(effects, at, grant);
    if (mayDecide(mode)) {
      set(effects.most[grant.effect.most] as Uint32Array, at);
      if (grant.needsMfa !== false) set(effects.mayNeedMfa, at);
    }
    if (grant.effect.least !== grant.effect.most) set(effects.open, at);
    if (grant.restsOnTerms) set(effects.restOnTerms, at);
    effects.codes[at] = resultCode(mode, true, grant.effect);
    effects.codes[policies + at] = resultCode(mode, false, grant.effect);
  }
  return effects;
}

/** What the grant of the policy at a position does. */
export function grantAt({ grantOf }: DecisionEngine, { grants }: Claims, at: number): WeighedGrant {
  return grants[grantOf[at] as number] as WeighedGrant;
}

export function mayDecide(mode: number): boolean {
  return mode === ENABLED || mode === OTHER;
}

/** The worst that any of these policies does; `doing`: the policies by what they do. */
export function worstIn(doing: readonly Uint32Array[], policies: Uint32Array): number {
  for (let effect = doing.length - 1; effect > GRANTED; effect--) {
    if (meet(doing[effect] as Uint32Array, policies)) return effect;
  }
  return GRANTED;
}

function addInForce(
  { least, needMfa, awaitMfa }: ClaimedEffects,
  at: number,
  { effect, needsMfa, leavesMfaOpen }: WeighedGrant,
): void {
  set(least[effect.least] as Uint32Array, at);
  if (needsMfa === true) set(needMfa, at);
  if (EFFECTS[effect.least] === 'interrupted' && leavesMfaOpen) set(awaitMfa, at);
}
