import type { SomeExplained } from '../conditional-access/fast/some-explained.ts';
import type { SignIn } from '../conditional-access/record/sign-in.ts';
import type { ConditionResult, ControlResult, Outcome, PolicyEvaluation } from '../conditional-access/result.ts';
import { conditionNamed } from '../graph/conditions.ts';
import type { Observation } from '../signaling/observation.ts';
import { isLocatedByStandIn } from '../signaling/observation.ts';
import { someOf } from '../values/some-of.ts';
import type { Change, ExplainedPair } from './change.ts';
import type { Member } from './groups.ts';

/** One sign-in of a group, worked out: what Entra sees before and after, which policy decides, and why. */
export interface Example {
  readonly signInId: string;
  readonly createdDateTime: string;
  readonly user: string;
  readonly application: string;
  readonly seenBefore: SeenByEntra;
  readonly seenAfter: SeenByEntra;
  readonly outcomeBefore: string;
  readonly outcomeAfter: string;
  readonly policies: readonly ExamplePolicy[];
  /** Unknown, and yet certain: was let in or only asked, and is stopped whatever the missing facts are; by the first policies. */
  readonly certainlyStopped: boolean;
  /** Facts that are missing; empty unless unknown. */
  readonly missing: readonly string[];
}

export interface SeenByEntra {
  /** `null`: not known. A stand-in is never shown here. */
  readonly ipAddress: string | null;
  readonly whose: 'source' | 'proxy' | null;
  readonly countryOrRegion: string | null;
  /** Located by a stand-in for an address that is not known. */
  readonly isLocatedByStandIn: boolean;
}

/** What a policy says of the example on either side; `null` where the tenant of that side lacks it. */
export interface ExamplePolicy {
  readonly id: string;
  readonly displayName: string;
  readonly resultBefore: string | null;
  readonly resultAfter: string | null;
  readonly whyBefore: string | null;
  readonly whyAfter: string | null;
}

/**
 * An example by its sign-in: what was seen, and why, is worked out when somebody looks at it. There are thousands of groups, few are
 * shown, and each that waits takes memory.
 */
export class SignInExample implements Example {
  readonly signInId: string;
  readonly createdDateTime: string;
  readonly user: string;
  readonly application: string;
  readonly #change: Change;
  readonly #explain: () => ExplainedPair;
  #pair: ExplainedPair | undefined;

  constructor(
    record: Pick<SignIn, 'id' | 'createdDateTime'>,
    change: Change,
    explain: () => ExplainedPair,
    { user, application }: { readonly user: Member; readonly application: Member },
  ) {
    this.signInId = record.id;
    this.createdDateTime = record.createdDateTime;
    this.user = user.displayName;
    this.application = application.displayName;
    this.#change = change;
    this.#explain = explain;
  }

  get seenBefore(): SeenByEntra {
    return seenBy(this.#explained().before.observation);
  }

  get seenAfter(): SeenByEntra {
    return seenBy(this.#explained().after.observation);
  }

  get outcomeBefore(): Outcome {
    return this.#explained().before.outcome;
  }

  get outcomeAfter(): Outcome {
    return this.#explained().after.outcome;
  }

  get policies(): readonly ExamplePolicy[] {
    const { before, after } = this.#explained();
    return this.#change.decidedBy.map((id) => examplePolicy(id, before, after));
  }

  get certainlyStopped(): boolean {
    return this.#change.stoppedBy.length > 0;
  }

  get missing(): readonly string[] {
    return this.#change.missing;
  }

  /** All of it: what is worked out is no member of its own, which is what is written otherwise. */
  toJSON(): Example {
    const { signInId, createdDateTime, user, application } = this;
    const { seenBefore, seenAfter, outcomeBefore, outcomeAfter, policies, certainlyStopped, missing } = this;
    return {
      ...{ signInId, createdDateTime, user, application, seenBefore, seenAfter, outcomeBefore, outcomeAfter, policies },
      ...{ certainlyStopped, missing },
    };
  }

  #explained(): ExplainedPair {
    this.#pair ??= this.#explain();
    return this.#pair;
  }
}

function seenBy(observation: Observation): SeenByEntra {
  const { ipAddress, seenAddress, countryOrRegion } = observation;
  return {
    ipAddress: ipAddress?.text ?? null,
    whose: seenAddress ?? null,
    countryOrRegion: countryOrRegion ?? null,
    isLocatedByStandIn: isLocatedByStandIn(observation),
  };
}

export function examplePolicy(id: string, before: SomeExplained, after: SomeExplained): ExamplePolicy {
  const [was, becomes] = [before, after].map(({ policies }) => policies.find(({ policyId }) => policyId === id));
  return {
    id,
    displayName: becomes?.displayName ?? was?.displayName ?? id,
    resultBefore: was?.result ?? null,
    resultAfter: becomes?.result ?? null,
    whyBefore: was === undefined ? null : reasonOf(was, becomes),
    whyAfter: becomes === undefined ? null : reasonOf(becomes, was),
  };
}

/** The state where it differs, else the conditions that came out differently, else what asks or is open. */
function reasonOf(policy: PolicyEvaluation, other: PolicyEvaluation | undefined): string {
  if (other !== undefined && other.state !== policy.state) return `state: ${policy.state}`;
  const truths = new Map(other?.conditions.map(({ condition, truth }) => [condition, truth]));
  const telling = policy.conditions.filter(({ condition, truth }) =>
    other === undefined ? truth !== true : truths.get(condition) !== truth,
  );
  const open = policy.conditions.filter(({ truth }) => truth === 'unknown');
  const shown = telling.length > 0 ? telling : open;
  const lacking = policy.result === 'unknown' ? lackingOf(policy, shown) : [];
  if (shown.length > 0) return [...shown.map(sentenceOf), ...lacking].join('; ');
  const unmet = policy.controls.filter(({ satisfied }) => satisfied !== true).map(unmetText);
  const reasons = [...unmet, ...lacking];
  if (reasons.length > 0) return reasons.join(', ');
  return policy.applies === true ? 'all conditions hold' : 'does not apply';
}

function unmetText({ control, displayName, satisfied }: ControlResult): string {
  return control === 'block' ? 'blocks' : `${displayName} ${satisfied === 'unknown' ? 'not known' : 'not satisfied'}`;
}

/** What leaves the result of a policy open beside the conditions that are shown; where none is, its controls are told by themselves. */
function lackingOf(policy: PolicyEvaluation, shown: readonly ConditionResult[]): readonly string[] {
  const open = policy.conditions.filter((each) => each.truth === 'unknown' && !shown.includes(each));
  const controls = shown.length === 0 ? [] : policy.controls.filter(({ satisfied }) => satisfied === 'unknown');
  const facts = policy.missing.filter(({ fact, condition }) => condition === 'state' || fact === 'operator');
  return [
    ...open.map(sentenceOf),
    ...controls.map(({ displayName }) => `${displayName} is not known`),
    ...facts.map(({ fact }) => `${fact} is not known`),
  ];
}

/** `location excluded: AllTrusted` as `the location is excluded: AllTrusted`; of many facts that are missing the first. */
function sentenceOf({ condition, because, origin, missing }: ConditionResult): string {
  const facts = missing.map(({ fact }) => fact);
  const some = because.replace(facts.join(', '), () => someOf(facts));
  const text = origin === 'record' ? `${conditionNamed(condition).called} ${some}` : some;
  return `the ${text.replace(/ (?=included|excluded|unknown|not |satisfied)/, ' is ')}`;
}
