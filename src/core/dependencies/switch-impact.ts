import type { Effect, PolicyEvaluation } from '../conditional-access/result.ts';
import type { NetworkPath } from '../signaling/attempt.ts';
import type { SignalingStatus } from '../tenant/tenant.ts';
import type { SwitchEffect, Witness } from './dependency.ts';
import { SWITCH_EFFECTS } from './dependency.ts';
import type { Trial } from './trial.ts';

/** What the trial of a policy found. */
export interface Findings {
  /** The effects that a switch to each status can have, harshest first, each with the first pair that shows it. */
  readonly witnesses: Readonly<Record<SignalingStatus, readonly Witness[]>>;
  /** Facts that leave an effect unknown. */
  readonly missing: readonly string[];
}

/**
 * What is found where nothing is taken for granted, and where what is not known of places is taken to be none: the second
 * shows what is sure to happen to somebody but for a location that nobody has seen.
 */
export function joinFindings(known: Findings, supposed: Findings): Findings {
  const both = (to: SignalingStatus) => {
    const others = supposed.witnesses[to].map((each): Witness => ({ ...each, isSupposing: true }));
    return harshestFirst(new Map([...others, ...known.witnesses[to]].map((each) => [each.effect, each])));
  };
  return { witnesses: { enabled: both('enabled'), disabled: both('disabled') }, missing: known.missing };
}

/** Evaluates every sign-in of the trial on every way under both statuses, and compares. */
export function findingsOf(trial: Trial, networks: readonly NetworkPath[]): Findings {
  const found = { enabled: new Map<SwitchEffect, Witness>(), disabled: new Map<SwitchEffect, Witness>() };
  const missing = new Set<string>();
  for (const network of networks) {
    for (const attempt of trial.attempts) {
      const on = trial.evaluate(attempt, network, 'enabled');
      const off = trial.evaluate(attempt, network, 'disabled');
      if (on === undefined || off === undefined) continue;
      note(found.disabled, network, on, off);
      note(found.enabled, network, off, on);
      if (switchEffect(on, off) === 'unknown')
        for (const { fact } of [...on.missing, ...off.missing]) missing.add(fact);
    }
  }
  return {
    witnesses: { enabled: harshestFirst(found.enabled), disabled: harshestFirst(found.disabled) },
    missing: [...missing].sort(),
  };
}

function note(
  found: Map<SwitchEffect, Witness>,
  { source, proxy, tunnelOfThisTenant }: NetworkPath,
  before: PolicyEvaluation,
  after: PolicyEvaluation,
): void {
  const effect = switchEffect(before, after);
  if (effect === 'none' || found.has(effect)) return;
  found.set(effect, {
    effect,
    sourceIpAddress: source.address?.text ?? '',
    proxyIpAddress: proxy?.address?.text ?? '',
    ...(source.countryOrRegion === undefined ? {} : { sourceCountryOrRegion: source.countryOrRegion }),
    ...(proxy?.countryOrRegion === undefined ? {} : { proxyCountryOrRegion: proxy.countryOrRegion }),
    ...(tunnelOfThisTenant === false ? { isTunnelOfAnotherTenant: true } : {}),
    resultBefore: before.result,
    resultAfter: after.result,
  });
}

function harshestFirst(found: ReadonlyMap<SwitchEffect, Witness>): Witness[] {
  return SWITCH_EFFECTS.flatMap((effect) => found.get(effect) ?? []);
}

/**
 * What one policy does newly to one sign-in (SEED, D-POL). A policy that begins to apply blocks, denies,
 * prompts or limits; one that ceases to apply lets through whom it stopped, and no longer protects whom it asked something.
 */
function switchEffect(before: PolicyEvaluation, after: PolicyEvaluation): SwitchEffect {
  if (before.controls.length + before.sessionControls.length === 0) return 'none';
  if (before.applies === 'unknown' || after.applies === 'unknown') return 'unknown';
  if (before.applies === after.applies) return 'none';
  const applying = after.applies ? after : before;
  const { least, most } = applying.effect;
  if (least !== most) return 'unknown';
  return after.applies ? BEGINS[most](applying) : CEASES[most](applying);
}

type EffectOf = Readonly<Record<Effect, (policy: PolicyEvaluation) => SwitchEffect>>;

const BEGINS: EffectOf = {
  blocked: () => 'newlyBlocked',
  denied: () => 'newlyDenied',
  interrupted: () => 'newlyPrompted',
  // Someone who already satisfies every control is not affected (D-POL); session controls affect everyone.
  granted: ({ controls, sessionControls }) =>
    controls.length === 0 && sessionControls.length > 0 ? 'newlyLimited' : 'none',
};

const CEASES: EffectOf = {
  blocked: () => 'newlyAllowed',
  denied: () => 'newlyAllowed',
  interrupted: () => 'lessProtected',
  granted: ({ controls, sessionControls }) => (controls.length + sessionControls.length > 0 ? 'lessProtected' : 'none'),
};
