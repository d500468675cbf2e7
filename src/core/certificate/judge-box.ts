import type { CompiledPolicy } from '../conditional-access/compile.ts';
import type { Demand } from '../conditional-access/demand.ts';
import { presented } from '../conditional-access/facts/presented.ts';
import { effectOfGrant } from '../conditional-access/grant/effect.ts';
import { asksForAllOf, textOfAsked } from '../conditional-access/outcome/asked.ts';
import type { ChangeClass, Loss } from '../conditional-access/outcome/change.ts';
import { classifyChange } from '../conditional-access/outcome/change.ts';
import { areAsked, demandsOfPolicy, implies, isAsked } from '../conditional-access/outcome/demands.ts';
import type { Truth } from '../conditional-access/result.ts';
import { EFFECTS } from '../conditional-access/result.ts';
import type { SignInAttempt } from '../signaling/attempt.ts';
import { lower } from '../tenant/policy-words.ts';
import { textOfJson } from '../values/same-json.ts';
import type { Certificate } from './certificate.ts';
import { reactionOf } from './reaction.ts';
import type { Truths } from './truths.ts';
import type { CheckedWorlds, Side } from './worlds.ts';
import { SIDES } from './worlds.ts';

type Sets = readonly (readonly number[])[];

/**
 * Whether a policy applies to everything in a box, and whether it need not come out alike in both worlds where it is open; `split` names a
 * level whose classes disagree about it.
 */
type Standing = { readonly applies: Truth; readonly isUnlike: boolean } | { readonly split: number };

/** A policy that may apply to a box, with what it then does in one column. */
interface Weight {
  readonly at: number;
  readonly policy: CompiledPolicy;
  readonly standing: Standing;
  readonly least: number;
  readonly most: number;
}

/** Judges boxes by the truths of their classes, and parts a box where its classes disagree about a policy that counts. */
export class BoxJudge {
  readonly #certificate: Certificate;
  readonly #worlds: CheckedWorlds;
  readonly #truths: readonly (readonly Truths[])[];
  readonly #reactions: readonly (readonly string[])[];
  judged = 0;

  constructor(certificate: Certificate, worlds: CheckedWorlds, truths: readonly (readonly Truths[])[]) {
    this.#certificate = certificate;
    this.#worlds = worlds;
    this.#truths = truths;
    this.#reactions = certificate.levels.map(({ classes }) => classes.map(({ part }) => reactionOf(worlds, part)));
  }

  /** What a box claims and does not keep; the first fault is enough. */
  faultsOf(sets: Sets, claims: readonly ChangeClass[]): string[] {
    const open: Sets[] = [sets];
    for (let box = open.pop(); box !== undefined; box = open.pop()) {
      this.judged++;
      const answer = this.#judge(box, claims);
      if ('fault' in answer) return [answer.fault];
      if ('split' in answer) open.push(...this.#parts(box, answer.split));
    }
    return [];
  }

  #judge(sets: Sets, claims: readonly ChangeClass[]): { fault: string } | { split: Part } | { kept: true } {
    const uneven = this.#reactions.findIndex(
      (reactions, level) => new Set(sets[level]?.map((at) => reactions[at])).size > 1,
    );
    if (uneven >= 0) return { split: { level: uneven, textOf: (at) => this.#reactions[uneven]?.[at] ?? '' } };
    const standings = { before: this.#standings(sets, 'before'), after: this.#standings(sets, 'after') };
    const attempt = this.#attemptOf(sets);
    for (const [column, claim] of claims.entries()) {
      const satisfied = this.#certificate.columns[column] ?? {};
      const weights = (side: Side) => this.#weights(side, standings[side], { ...attempt, satisfied });
      const answer = answerOf(weights('before'), weights('after'), this.#isSameTenant);
      if ('split' in answer) return { split: this.#splitBy(answer) };
      if (!answer.possible.has(claim)) {
        return {
          fault: `claims ${claim} where it is ${[...answer.possible].join(' or ')}, for ${JSON.stringify({ ...attempt, satisfied })}`,
        };
      }
    }
    return { kept: true };
  }

  get #isSameTenant(): boolean {
    return this.#worlds.before.tenant === this.#worlds.after.tenant;
  }

  #standings(sets: Sets, side: Side): Standing[] {
    return this.#worlds[side].policies.map(({ policy }, at) => {
      let applies: Truth = true;
      let isUnlike = false;
      let split: number | undefined;
      for (const [level, set] of sets.entries()) {
        const found = new Set(set.map((one) => this.#truths[level]?.[one]?.[side][at] ?? 'unknown'));
        if (found.size > 1) split ??= level;
        else if (found.has(false)) return { applies: false, isUnlike: false };
        else if (found.has('unknown')) applies = 'unknown';
        isUnlike ||= set.some((one) => this.#truths[level]?.[one]?.unlike.has(policy.id) === true);
      }
      return split === undefined ? { applies, isUnlike } : { split };
    });
  }

  #weights(side: Side, standings: readonly Standing[], given: SignInAttempt): Weight[] {
    const attempt = presented(this.#worlds[side].compiled, given);
    return this.#worlds[side].policies.flatMap((policy, at) => {
      const standing = standings[at] ?? { applies: 'unknown', isUnlike: true };
      if ('applies' in standing && standing.applies === false) return [];
      return [{ at, policy, standing, ...effectOfGrant(policy.grant, attempt) }];
    });
  }

  /** A sign-in of the box; all of it answer grant controls alike. */
  #attemptOf(sets: Sets): SignInAttempt {
    const parts = sets.map((set, level) => this.#certificate.levels[level]?.classes[set[0] ?? 0]?.part ?? {});
    return Object.assign({}, ...parts) as SignInAttempt;
  }

  #splitBy({ split, side, at }: { readonly split: number; readonly side: Side; readonly at: number }): Part {
    return { level: split, textOf: (one) => String(this.#truths[split]?.[one]?.[side][at]) };
  }

  #parts(sets: Sets, { level, textOf }: Part): Sets[] {
    return [...Map.groupBy(sets[level] ?? [], textOf).values()].map((part) => sets.with(level, part));
  }
}

/** Classes of a level parted by a text of each. */
interface Part {
  readonly level: number;
  readonly textOf: (at: number) => string;
}

type Answer =
  | { readonly possible: ReadonlySet<ChangeClass> }
  | { readonly split: number; readonly side: Side; readonly at: number };

/** The classes that a box may claim in one column, or the policy that the box has to be parted by first. */
function answerOf(before: readonly Weight[], after: readonly Weight[], isSameTenant: boolean): Answer {
  const [was, becomes] = [rangeOf(before), rangeOf(after)];
  for (const [side, weights, { least }] of [
    ['before', before, was],
    ['after', after, becomes],
  ] as const) {
    const telling = weights.find(({ standing, most }) => 'split' in standing && most > least);
    if (telling !== undefined && 'split' in telling.standing)
      return { split: telling.standing.split, side, at: telling.at };
  }
  const asked = demandSplit(before, after, was, becomes);
  if (asked !== undefined) return asked;
  const loss = lossBetween(before, after);
  const found = new Set<ChangeClass>();
  for (let from = was.least; from <= was.most; from++) {
    for (let to = becomes.least; to <= becomes.most; to++)
      for (const kind of classesBetween(from, to, loss)) found.add(kind);
  }
  if (found.size === 1) return { possible: found };
  // Open in both worlds by the same policies, which answer alike, and nothing asked is lost: nothing changes. To claim less is no fault.
  const isAlike =
    (loss === 'none' || becomes.least >= DENIED) &&
    !isApart(before, was) &&
    !isApart(after, becomes) &&
    was.least === becomes.least &&
    textOfOpen(before, was, isSameTenant) === textOfOpen(after, becomes, isSameTenant);
  return { possible: new Set(isAlike ? ['unchanged', 'unknown'] : ['unknown']) };
}

function rangeOf(weights: readonly Weight[]): { readonly least: number; readonly most: number } {
  let [least, most] = [0, 0];
  for (const { policy, standing, least: own } of weights) {
    if (isSure(policy, standing)) least = Math.max(least, own);
  }
  for (const { most: own } of weights) most = Math.max(most, own);
  return { least, most };
}

function isSure({ mode }: CompiledPolicy, standing: Standing): boolean {
  return mode === 'enabled' && 'applies' in standing && standing.applies === true;
}

/**
 * The policy to split by where outcomes can be equal and let in: then it counts whether a policy asks for something, however
 * little.
 */
function demandSplit(
  before: readonly Weight[],
  after: readonly Weight[],
  was: { readonly least: number; readonly most: number },
  becomes: { readonly least: number; readonly most: number },
): Answer | undefined {
  const mayBeEqual = was.least <= becomes.most && becomes.least <= was.most;
  if (!mayBeEqual || Math.max(was.least, becomes.least) >= DENIED) return undefined;
  for (const side of SIDES) {
    const weights = side === 'before' ? before : after;
    // What surely is asked after is not lost; what nobody can ask before cannot be.
    const others = side === 'before' ? askedBy(after).sure : askedBy(before).possible;
    for (const { at, policy, standing } of weights) {
      if (!('split' in standing)) continue;
      const own = demandsOfPolicy(policy);
      const counts =
        side === 'before'
          ? own.some((demand) => isAsked(demand, others) !== true)
          : own.some((demand) => [...others].some((other) => implies(demand, other) !== false));
      if (counts) return { split: standing.split, side, at };
    }
  }
  return undefined;
}

const DENIED = EFFECTS.indexOf('denied');

/**
 * The loss as `lossOf` has it, where what a policy may ask for in both worlds is kept only if it comes out alike; no policy that counts for
 * it is split any more when this is called.
 */
function lossBetween(before: readonly Weight[], after: readonly Weight[]): Loss {
  const [was, becomes] = [askedBy(before), askedBy(after)];
  if (areAsked(was.sure, becomes.possible) === false) return 'certain';
  const areKept = [was.sure, askedApart(before, after)].every((each) => areAsked(each, becomes.sure) === true);
  return areKept ? 'none' : 'possible';
}

function askedBy(weights: readonly Weight[]) {
  return {
    sure: new Set(weights.flatMap(({ policy, standing }) => (isSure(policy, standing) ? demandsOfPolicy(policy) : []))),
    possible: new Set(weights.flatMap(({ policy }) => demandsOfPolicy(policy))),
  };
}

/** What policies may ask for before, and need not ask for alike after. */
function askedApart(before: readonly Weight[], after: readonly Weight[]): ReadonlySet<Demand> {
  const kept = new Set(after.filter(({ standing }) => !('applies' in standing && standing.isUnlike)).map(textOfAsking));
  return new Set(before.flatMap((weight) => (kept.has(textOfAsking(weight)) ? [] : demandsOfPolicy(weight.policy))));
}

/** One policy that asks for the same in the same state. */
function textOfAsking({ policy: { policy, mode, grant, sessionControls } }: Weight): string {
  const state = mode === 'other' ? lower(policy.state) : mode;
  return JSON.stringify([policy.id, state, textOfAsked(grant), grant.operator, sessionControls]);
}

function classesBetween(from: number, to: number, loss: Loss): readonly ChangeClass[] {
  const [outcome, later] = [EFFECTS[from] ?? 'blocked', EFFECTS[to] ?? 'blocked'];
  const found = classifyChange({ outcome, policies: [] }, { outcome: later, policies: [] });
  if (found !== 'unchanged' || to >= DENIED || loss === 'none') return [found];
  return loss === 'certain' ? ['lessProtected'] : ['unchanged', 'lessProtected'];
}

/**
 * What keeps an outcome open, and how: of policies that surely apply what they ask for, and of others the policy itself; none where a sure
 * one asks for all of it. Of two tenants only what is written the same is the same policy.
 */
function textOfOpen(weights: readonly Weight[], { least }: { readonly least: number }, isSameTenant: boolean): string {
  const open = weights.filter(
    ({ policy, standing, least: own, most }) => most > least && !(isSure(policy, standing) && own === most),
  );
  const sure = open.filter(({ policy, standing }) => isSure(policy, standing));
  const texts = open
    .filter((weight) => !sure.some((one) => one !== weight && isHeldBy(weight, one)))
    .map((weight) => {
      const { policy, standing, least: own, most } = weight;
      if (isSure(policy, standing) && !policy.grant.mayBlock) return `${textOfAsked(policy.grant)} ${own} ${most}`;
      const name = isSameTenant ? policy.policy.id : textOfPolicy(policy);
      return `${name} ${'applies' in standing ? standing.applies : ''} ${own} ${most}`;
    });
  return [...new Set(texts)].sort().join('\n');
}

/** What a policy does, without what it is called. */
function textOfPolicy({ policy }: CompiledPolicy): string {
  const { id, state, conditions, grantControls, sessionControls } = policy;
  return textOfJson([id, lower(state), conditions, grantControls, sessionControls]);
}

/** Whether some policy can change the outcome, and does so in the two worlds by different facts. */
function isApart(weights: readonly Weight[], { least }: { readonly least: number }): boolean {
  return weights.some(({ standing, most }) => 'applies' in standing && standing.isUnlike && most > least);
}

/** Whether another policy, which surely applies, stops whomever this one stops. */
function isHeldBy({ policy, standing }: Weight, other: Weight): boolean {
  if (!asksForAllOf(other.policy.grant, policy.grant)) return false;
  return !isSure(policy, standing) || textOfAsked(other.policy.grant) !== textOfAsked(policy.grant);
}
