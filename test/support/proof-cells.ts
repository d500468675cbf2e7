import { evaluate } from '../../src/core/conditional-access/evaluate.ts';
import { isForActiveSync } from '../../src/core/conditional-access/facts/legacy-client.ts';
import type { ChangeClass } from '../../src/core/conditional-access/outcome/change.ts';
import { CHANGE_CLASSES, classifyChange, lossOf } from '../../src/core/conditional-access/outcome/change.ts';
import { mayEnforce, modeOf } from '../../src/core/conditional-access/policy-mode.ts';
import type { Effect, Evaluation, PolicyEvaluation } from '../../src/core/conditional-access/result.ts';
import { EFFECTS } from '../../src/core/conditional-access/result.ts';
import type { Address } from '../../src/core/network/address.ts';
import { addressFromWords } from '../../src/core/network/address.ts';
import type { Diagram } from '../../src/core/proof/diagram/search.ts';
import { terminalOf } from '../../src/core/proof/diagram/search.ts';
import type { Spot } from '../../src/core/proof/levels/places.ts';
import type { Proof } from '../../src/core/proof/proof.ts';
import { prove } from '../../src/core/proof/proof.ts';
import { TooLarge } from '../../src/core/proof/too-large.ts';
import type { WorldPair } from '../../src/core/proof/worlds/world.ts';
import type { SignInAttempt } from '../../src/core/signaling/attempt.ts';
import { observe } from '../../src/core/signaling/observe.ts';
import type { ConditionalAccessPolicy } from '../../src/core/tenant/policy.ts';
import { isSet, texts } from '../../src/core/tenant/policy-words.ts';

/** One class of each level, and a column of the session. */
export interface Cell {
  readonly classes: readonly number[];
  readonly column: number;
}

export type Pick = (below: number) => number;

/** Numbers below a bound, the same for the same seed (mulberry32). */
export function picks(seed: number): Pick {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

export function proved(worlds: WorldPair): Proof {
  const proof = prove(worlds);
  if (proof instanceof TooLarge) throw proof;
  return proof;
}

export function countCells({ diagram, columns }: Proof): number {
  return diagram.levels.reduce((product, { classes }) => product * classes.length, columns.columns.length);
}

/** Every cell, or so many at random where there are more. */
export function* cellsOf(proof: Proof, most: number, pick: Pick): Iterable<Cell> {
  const sizes = [...proof.diagram.levels.map(({ classes }) => classes.length), proof.columns.columns.length];
  const all = countCells(proof);
  for (let number = 0; number < Math.min(all, most); number++) {
    const digits = all <= most ? digitsOf(number, sizes) : sizes.map((size) => pick(size));
    yield { classes: digits.slice(0, -1), column: digits.at(-1) ?? 0 };
  }
}

function digitsOf(number: number, sizes: readonly number[]): number[] {
  let rest = number;
  return sizes.map((size) => {
    const digit = rest % size;
    rest = Math.floor(rest / size);
    return digit;
  });
}

/** A cell that changes something, by a random walk that avoids "unchanged" where it can. */
export function changedCell({ diagram, columns }: Proof, pick: Pick): Cell {
  let node = diagram.root;
  const classes = diagram.levels.map((level, at) => {
    const here = node >= 0 ? diagram.nodes[node] : undefined;
    if (here?.level !== at) return pick(level.classes.length);
    const telling = [...here.children.keys()].filter((child) => here.children[child] !== -1);
    const one = telling.length === 0 ? pick(level.classes.length) : (telling[pick(telling.length)] ?? 0);
    node = here.children[one] ?? -1;
    return one;
  });
  return { classes, column: pick(columns.columns.length) };
}

export function classAt(diagram: Diagram, { classes, column }: Cell): ChangeClass {
  let node = diagram.root;
  while (node >= 0) {
    const here = diagram.nodes[node];
    node = here?.children[classes[here.level] ?? 0] ?? -1;
  }
  return CHANGE_CLASSES[diagram.terminals[terminalOf(node)]?.classes[column] ?? 0] ?? 'unknown';
}

/** A concrete sign-in of the cell: any member of each class, any address of its intervals, any country of its class. */
export function signInOf(proof: Proof, { classes, column }: Cell, pick: Pick): SignInAttempt {
  const parts = proof.diagram.levels.map((level, at) => {
    const members = level.classes[classes[at] ?? 0]?.members ?? [];
    const value = members[pick(members.length)] ?? 0;
    if (level !== proof.where) return level.values[value]?.part ?? {};
    const where = proof.where.values[value];
    const sources = proof.where.places[where?.place ?? 0]?.sources ?? [];
    const network = where?.part.network;
    if (network === undefined) return where?.part ?? {};
    const source = factsOf(sources[pick(sources.length)], pick);
    const egress = where?.egress ?? [];
    const proxy =
      network.proxy === undefined || egress.length === 0 ? network.proxy : factsOf(egress[pick(egress.length)], pick);
    return { ...where?.part, network: { ...network, source, proxy } };
  });
  return Object.assign({ canPerformMfa: true }, ...parts, { satisfied: proof.columns.columns[column] ?? {} });
}

function factsOf(spot: Spot | undefined, pick: Pick) {
  if (spot === undefined) return {};
  const { address, country } = spot;
  const countryOrRegion =
    country.countries.length > 0 ? country.countries[pick(country.countries.length)] : country.countryOrRegion;
  return {
    address: moved(address.intervals[pick(address.intervals.length)] ?? address.address, address.ipv4),
    countryOrRegion,
  };
}

/** Some address behind the first of an interval; the last but one word is left alone, so small intervals are not left. */
function moved(address: Address, size: number): Address {
  if (address.version === 6 || size < 2) return address;
  return addressFromWords(4, [address.words[0]]);
}

export interface Verdict {
  readonly before: Evaluation;
  readonly after: Evaluation;
  /** Classes that the two evaluations leave possible; one where both outcomes are known. */
  readonly possible: ReadonlySet<ChangeClass>;
  /** Whether Entra sees the same address and country on both sides. */
  readonly isSeenAlike: boolean;
  /** Some policy that reaches the sign-in by all else widens its users for Exchange ActiveSync, which a proof leaves open (docs/proof.md). */
  readonly isScopeOpen: boolean;
  /** What both worlds let in, some policy may have asked for before, and need not ask for alike after. */
  readonly mayLose: boolean;
}

/** The explaining evaluator on both sides: the oracle. */
export function judged({ before, after }: WorldPair, attempt: SignInAttempt): Verdict {
  const [was, becomes] = [before, after].map(({ compiled, signalingStatus, options }) =>
    evaluate(compiled, attempt, observe(attempt, signalingStatus, options)),
  ) as [Evaluation, Evaluation];
  const found = classifyChange(was, becomes);
  const seen = [before, after].map(({ signalingStatus, options }) => {
    const { ipAddress, countryOrRegion } = observe(attempt, signalingStatus, options);
    return JSON.stringify([ipAddress?.text, countryOrRegion]);
  });
  const isSeenAlike = seen[0] === seen[1];
  const isScopeOpen = [was, becomes].some((evaluation, at) => {
    const { policies } = [before, after][at]?.tenant ?? { policies: [] };
    return evaluation.policies.some(
      (judgedOne, position) => isOpenForWhom(judgedOne) && hangsOnActiveSync(policies[position]),
    );
  });
  return {
    before: was,
    after: becomes,
    isSeenAlike,
    isScopeOpen,
    mayLose: mayLose(was, becomes, { isSeenAlike, isOneTenant: before.tenant === after.tenant }),
    possible: found === 'unknown' ? completions(was, becomes) : new Set([found]),
  };
}

interface Alike {
  readonly isSeenAlike: boolean;
  readonly isOneTenant: boolean;
}

/** Whether a policy that may apply before asks for something, and may not apply after for all that is known alike of it. */
function mayLose(before: Evaluation, after: Evaluation, { isSeenAlike, isOneTenant }: Alike): boolean {
  if (after.outcome === 'blocked' || after.outcome === 'denied') return false;
  return before.policies.some((policy) => {
    const { state, applies, controls, sessionControls } = policy;
    const isOpen = applies === 'unknown' || (applies === true && modeOf(state) === 'other');
    if (!mayEnforce(modeOf(state)) || !isOpen || controls.length + sessionControls.length === 0) return false;
    const other = after.policies.find(({ policyId }) => policyId === policy.policyId);
    if (other === undefined || other.state !== state) return true;
    const [was, becomes] = [policy, other].map(({ conditions }) =>
      JSON.stringify(conditions.map((one) => one.missing)),
    );
    const isLocated = policy.conditions.some(({ condition, truth }) => condition === 'location' && truth === 'unknown');
    return was !== becomes || (isLocated && !isSeenAlike) || !(isOneTenant || isSamePolicy(policy, other));
  });
}

function isSamePolicy(one: PolicyEvaluation, other: PolicyEvaluation): boolean {
  const asked = ({ controls, operator, demands, sessionControls, conditions }: PolicyEvaluation) =>
    JSON.stringify([
      controls,
      operator,
      demands.map(({ text }) => text),
      sessionControls,
      conditions.map(({ condition, truth }) => [condition, truth]),
    ]);
  return asked(one) === asked(other);
}

/** Whether a policy does something to the sign-in, or may, if it is meant for whoever signs in. */
function isOpenForWhom({ state, conditions }: PolicyEvaluation): boolean {
  return (
    mayEnforce(modeOf(state)) && conditions.every(({ condition, truth }) => condition === 'users' || truth !== false)
  );
}

function hangsOnActiveSync(policy: ConditionalAccessPolicy | undefined): boolean {
  const { conditions } = policy ?? {};
  const { includeRoles, includeUsers, includeGuestsOrExternalUsers } = conditions?.users ?? {};
  const choosesKinds =
    texts(includeRoles).length > 0 ||
    isSet(includeGuestsOrExternalUsers) ||
    texts(includeUsers).some((word) => word.toLowerCase() === 'guestsorexternalusers');
  return isForActiveSync(conditions ?? undefined) && choosesKinds;
}

/** Every class that some outcomes within reach of both evaluations give. */
function completions(before: Evaluation, after: Evaluation): ReadonlySet<ChangeClass> {
  const found = new Set<ChangeClass>();
  const loss = lossOf(before, after);
  for (const from of reachable(before)) {
    for (const to of reachable(after)) {
      const kind = classifyChange({ outcome: from, policies: [] }, { outcome: to, policies: [] });
      const isAsked = kind !== 'unchanged' || EFFECTS.indexOf(to) >= 2;
      if (isAsked || loss !== 'certain') found.add(kind);
      if (!isAsked && loss !== 'none') found.add('lessProtected');
    }
  }
  return found;
}

function reachable({ policies }: Evaluation): readonly Effect[] {
  let [least, most] = [0, 0];
  for (const { state, applies, effect } of policies) {
    const mode = modeOf(state);
    if (mode === 'enabled' && applies === true) least = Math.max(least, EFFECTS.indexOf(effect.least));
    if ((mode === 'enabled' || mode === 'other') && applies !== false)
      most = Math.max(most, EFFECTS.indexOf(effect.most));
  }
  return EFFECTS.slice(least, most + 1);
}

/**
 * Whether the proof agrees. Where both outcomes are known there is one answer, or a demand that may be lost. Where they are not, a certain class must be the
 * only one that is left, and "unchanged" one of those that are: policies that are open in both worlds alike answer alike. That what is called the same is the
 * same is no question of names: see completions.property.test.ts.
 */
export function agrees(claimed: ChangeClass, verdict: Verdict): boolean {
  const { before, after, possible, isSeenAlike } = verdict;
  if (claimed === 'unknown') return possible.size > 1 || verdict.isScopeOpen || verdict.mayLose;
  if (before.outcome !== 'unknown' && after.outcome !== 'unknown') return possible.size === 1 && possible.has(claimed);
  if (claimed !== 'unchanged') return possible.size === 1 && possible.has(claimed);
  return possible.has('unchanged') && (possible.size === 1 || isOpenAlike(before, after, isSeenAlike));
}

/** Whether every policy that both worlds leave open lacks the same facts in both, and sees the same place where it is asked for one. */
function isOpenAlike(before: Evaluation, after: Evaluation, isSeenAlike: boolean): boolean {
  return before.policies.every((policy) => {
    const other = after.policies.find(({ policyId }) => policyId === policy.policyId);
    if (other === undefined || policy.applies === false || other.applies === false) return true;
    // What report-only policies leave open changes the log alone (D-RO).
    if (![policy, other].some(({ state }) => mayEnforce(modeOf(state)))) return true;
    if (policy.effect.most === 'granted' && other.effect.most === 'granted') return true;
    if (isHeld(policy, before) && isHeld(other, after)) return true;
    if (policy.applies === true || other.applies === true) return policy.applies === other.applies;
    const [was, becomes] = [policy, other].map(({ missing }) =>
      missing.filter(({ condition }) => condition !== 'grantControls'),
    );
    const texts = [was, becomes].map((missing) => JSON.stringify(missing));
    return texts[0] === texts[1] && (isSeenAlike || !(was ?? []).some(({ condition }) => condition === 'location'));
  });
}

/** Whether another policy surely applies and asks for all that this one asks for, and for all of it at once. */
function isHeld(policy: PolicyEvaluation, { policies }: Evaluation): boolean {
  return policies.some((other) => {
    if (other.policyId === policy.policyId || other.applies !== true || modeOf(other.state) !== 'enabled') return false;
    if (other.controls.length > 1 && other.operator !== 'AND') return false;
    const names = new Set(other.controls.map(({ control, displayName }) => `${control} ${displayName}`));
    return policy.controls.every(({ control, displayName }) => names.has(`${control} ${displayName}`));
  });
}
