import type { CompiledPolicy } from '../../conditional-access/compile.ts';
import { gatherFacts } from '../../conditional-access/evaluate.ts';
import type { CompiledCondition, Facts, Slot } from '../../conditional-access/facts/facts.ts';
import { Grounds, groundOfSubject } from '../../conditional-access/grounds.ts';
import type { ConditionResult } from '../../conditional-access/result.ts';
import { all } from '../../conditional-access/truth.ts';
import type { SignInAttempt } from '../../signaling/attempt.ts';
import { NOTHING_TOLD } from '../../signaling/attempt.ts';
import type { Observation } from '../../signaling/observation.ts';
import { NOTHING_SEEN } from '../../signaling/observation.ts';
import { AlikeValues } from '../../values/alike-values.ts';
import type { Mask } from '../worlds/masks.ts';
import { emptyMask, hasBit, keyOf, setBit } from '../worlds/masks.ts';
import type { PolicyUnion, Side } from '../worlds/policies.ts';
import { SIDES } from '../worlds/policies.ts';
import type { WorldPair } from '../worlds/world.ts';
import { BINDING } from './flags.ts';
import type { Level, LevelClass, LevelName, LevelValue, Verdict, Verdicts } from './level.ts';

/** The level that speaks of each slot of conditions that the proof goes through. */
const LEVEL_OF: { readonly [slot in Slot]?: LevelName } = {
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

/**
 * The level that a slot is judged with. What the proof does not go through, agents' risk and what is not modelled among it,
 * hangs on no value: it is judged with the person, as what is not known, and never left out.
 */
function levelOf(slot: Slot): LevelName {
  return LEVEL_OF[slot] ?? 'who';
}

/** A verdict, and of each policy that it leaves open what it lacks. */
export interface Reading extends Verdict {
  readonly open: ReadonlyMap<number, string>;
}

const NOTHING_OPEN: ReadonlyMap<number, string> = new Map();

function missingIn(results: readonly ConditionResult[]): string {
  return results
    .flatMap(({ missing }) => missing.map(({ fact }) => fact))
    .sort()
    .join();
}

/** What a level can say of the policies of a world. */
interface Asked {
  /** Policies that it does not speak of: as far as it goes, they apply. */
  readonly unasked: Mask;
  readonly asked: readonly {
    readonly bit: number;
    readonly policy: CompiledPolicy;
    readonly conditions: readonly CompiledCondition[];
  }[];
}

/** Judges parts of sign-ins by the conditions of the product itself, those of one level at a time. */
export class Judge {
  readonly #worlds: WorldPair;
  readonly #union: PolicyUnion;
  readonly #none: Mask;
  readonly #askedOf = new Map<string, Asked>();
  readonly #grounds: Readonly<Record<Side, Grounds>>;
  /** The flags that any grant can react to, as far as that shows before it is asked. */
  readonly #flags: number;

  constructor(worlds: WorldPair, union: PolicyUnion) {
    this.#worlds = worlds;
    this.#union = union;
    this.#none = emptyMask(union.entries.length);
    const lists = new AlikeValues();
    const groundsOf = (side: Side) => new Grounds(worlds[side].compiled, lists);
    this.#grounds = { before: groundsOf('before'), after: groundsOf('after') };
    this.#flags = union.grants.some(({ session }) => session.length > 0) ? -1 : ~BINDING;
  }

  /** How many policies there are verdicts of. */
  get size(): number {
    return this.#union.entries.length;
  }

  /** The worlds differ by the signaling status alone: a condition that is asked the same says the same. */
  get isOneTenant(): boolean {
    return this.#worlds.before.compiled === this.#worlds.after.compiled;
  }

  /** Whether any policy of either world has a condition that this level speaks of. */
  isAsked(name: LevelName): boolean {
    return SIDES.some((side) =>
      this.#union.entries.some((entry) => {
        const at = entry[side];
        const conditions = at === undefined ? [] : (this.#worlds[side].compiled.policies[at]?.conditions ?? []);
        return conditions.some(({ slot }) => levelOf(slot) === name);
      }),
    );
  }

  verdicts(name: LevelName, part: Partial<SignInAttempt>): Verdicts {
    const before = this.onSide('before', name, part);
    if (this.isOneTenant) return { before, after: before, unlike: this.#none };
    return this.compared(before, this.onSide('after', name, part), true);
  }

  /**
   * What is not known in both worlds hangs on the same, and comes out alike, only where the same facts of the same conditions are missing,
   * both tenants say the same of what these facts hang on and, of places, Entra sees the same: two addresses of which nobody knows whether
   * a location holds them may differ. What is known in one world alone does not come out alike either.
   */
  compared(before: Reading, after: Reading, isSeenAlike: boolean): Verdicts {
    let unlike: Mask | undefined;
    for (const bit of new Set([...before.open.keys(), ...after.open.keys()])) {
      const isAlike = isSeenAlike && before.open.get(bit) === after.open.get(bit);
      if (isAlike || !hasBit(before.possible, bit) || !hasBit(after.possible, bit)) continue;
      unlike ??= emptyMask(this.size);
      setBit(unlike, bit);
    }
    return { before, after, unlike: unlike ?? this.#none };
  }

  onSide(side: Side, name: LevelName, part: Partial<SignInAttempt>, observation: Observation = NOTHING_SEEN): Reading {
    const { compiled } = this.#worlds[side];
    const facts: Facts = gatherFacts(compiled, { ...NOTHING_TOLD, ...part }, observation);
    const { unasked, asked } = this.#asked(side, name);
    const [sure, possible] = [Uint32Array.from(unasked), Uint32Array.from(unasked)];
    let open: Map<number, string> | undefined;
    for (const { bit, policy, conditions } of asked) {
      const truth = all(conditions.map((condition) => condition.truth?.(facts) ?? condition.judge(facts).truth));
      if (truth === true) setBit(sure, bit);
      if (truth !== false) setBit(possible, bit);
      if (truth !== 'unknown') continue;
      const results = conditions.map((condition) => condition.judge(facts));
      open ??= new Map();
      open.set(bit, `${this.#textOf(side, policy, name, facts)} ${missingIn(results)}`);
    }
    return { sure, possible, open: open ?? NOTHING_OPEN };
  }

  /** The policies of a world by what a level can say of them; most levels are asked of many values. */
  #asked(side: Side, name: LevelName): Asked {
    const known = this.#askedOf.get(`${side} ${name}`);
    if (known !== undefined) return known;
    const { entries } = this.#union;
    const { policies } = this.#worlds[side].compiled;
    const unasked = emptyMask(entries.length);
    const asked = entries.flatMap((entry, bit) => {
      const policy = entry[side] === undefined ? undefined : policies[entry[side]];
      if (policy === undefined) return [];
      const conditions = policy.conditions.filter(({ slot }) => levelOf(slot) === name);
      if (conditions.length > 0) return [{ bit, policy, conditions }];
      setBit(unasked, bit);
      return [];
    });
    const found = { unasked, asked };
    this.#askedOf.set(`${side} ${name}`, found);
    return found;
  }

  /** What tells that which leaves a policy open from what leaves it open in the other world; nothing where all is the same. */
  #textOf(side: Side, { policy }: CompiledPolicy, name: LevelName, { subject }: Facts): string {
    if (this.isOneTenant) return '';
    const grounds = this.#grounds[side];
    switch (name) {
      case 'who':
        return `${grounds.ofIdentity(policy)} ${groundOfSubject(subject)}`;
      case 'where':
        return grounds.ofLocation(policy);
      default:
        return grounds.ofPolicy(policy);
    }
  }

  /** The values with those together that no policy can tell apart. */
  level<Value extends LevelValue>(name: LevelName, values: readonly Value[]): Level<Value> {
    if (!this.isAsked(name)) return { name, values, classes: this.#classesByFlags(name, values) };
    const judged = values.map((value) => ({
      verdicts: this.verdicts(name, value.part),
      flags: value.flags & this.#flags,
    }));
    return { name, values, classes: classesOf(judged) };
  }

  #classesByFlags(name: LevelName, values: readonly LevelValue[]): LevelClass[] {
    const verdicts = this.verdicts(name, {});
    return classesOf(values.map(({ flags }) => ({ verdicts, flags: flags & this.#flags })));
  }
}

/** Puts together what has the same verdicts and flags; positions are members. */
export function classesOf(judged: readonly { readonly verdicts: Verdicts; readonly flags: number }[]): LevelClass[] {
  const found = new Map<string, { verdicts: Verdicts; flags: number; members: number[] }>();
  for (const [at, { verdicts, flags }] of judged.entries()) {
    const key = `${flags} ${keyOfVerdicts(verdicts)}`;
    const known = found.get(key);
    if (known === undefined) found.set(key, { verdicts, flags, members: [at] });
    else known.members.push(at);
  }
  return [...found.values()];
}

function keyOfVerdicts({ before, after, unlike }: Verdicts): string {
  return keyOf(before.sure, before.possible, after.sure, after.possible, unlike);
}
