import { evaluate } from '../../conditional-access/evaluate.ts';
import { activeSyncWidening } from '../../conditional-access/facts/active-sync-widening.ts';
import type { ChangeClass } from '../../conditional-access/outcome/change.ts';
import { classifyChange, lossOf } from '../../conditional-access/outcome/change.ts';
import { isAsked } from '../../conditional-access/outcome/demands.ts';
import { outcomeRange } from '../../conditional-access/outcome/range.ts';
import { mayEnforce, modeOf } from '../../conditional-access/policy-mode.ts';
import type { Evaluation, PolicyEvaluation } from '../../conditional-access/result.ts';
import type { SignInAttempt } from '../../signaling/attempt.ts';
import { observe } from '../../signaling/observe.ts';
import { classNamed, classOfPair, codeOfPair } from '../diagram/outcomes.ts';
import { signInOf } from '../levels/level.ts';
import type { Person } from '../levels/people.ts';
import type { Place, Spot } from '../levels/places.ts';
import type { Proof } from '../proof.ts';
import type { ProofWorld } from '../worlds/world.ts';
import type { Path } from './reach.ts';

/** One concrete sign-in of an answer, judged by the explaining evaluator in both worlds. */
export interface Witness {
  readonly attempt: SignInAttempt;
  readonly path: Path;
  readonly person: Person;
  readonly application: string;
  readonly place: Place;
  readonly source: Spot | undefined;
  readonly egress: Spot | undefined;
  /** What is particular about client, platform, device, risk and flow; empty for an ordinary sign-in. */
  readonly session: readonly string[];
  readonly before: Evaluation;
  readonly after: Evaluation;
  /** The class that the two evaluations give by themselves. */
  readonly class: ChangeClass;
  /** Something may be asked in both worlds: the two do not tell whether it hangs on the same ({@link lossOf}), as the proof does. */
  readonly mayLose: boolean;
  /**
   * Whom a policy reaches hangs on the client, as for Exchange ActiveSync: the two evaluations, which know it, may be surer than the
   * proof, which asks for people first.
   */
  readonly mayBeSurer: boolean;
}

/** Makes a sign-in of a path, beginning with a class of people, and has it evaluated. */
export function witnessOf(proof: Proof, path: Path | undefined, who: number): Witness | undefined {
  if (path === undefined) return undefined;
  const { levels } = proof.diagram;
  const taken = path.steps.map(([level, at]) => {
    const one = levels[level];
    return { level: one, value: one?.values[one.classes[at]?.members[0] ?? 0] };
  });
  const where = proof.where.values[path.value];
  const parts = [...taken.map(({ value }) => value?.part ?? {}), where?.part ?? {}];
  const attempt = signInOf(parts, proof.columns.columns[path.column] ?? {});
  const person = proof.people.values[proof.people.classes[who]?.members[0] ?? 0];
  const place = proof.where.places[where?.place ?? 0];
  if (person === undefined || place === undefined) return undefined;
  const [before, after] = [proof.worlds.before, proof.worlds.after].map((world) => evaluated(world, attempt));
  if (before === undefined || after === undefined) return undefined;
  return {
    attempt,
    path,
    person,
    application: taken.find(({ level }) => level === proof.apps)?.value?.text ?? '',
    place,
    source: place.sources[0],
    egress: where?.egress[0],
    session: taken.flatMap(({ level, value }) =>
      level === undefined || level === proof.people || level === proof.apps || value === level.values[0]
        ? []
        : (value?.text ?? []),
    ),
    before,
    after,
    class: classBetween(before, after),
    mayLose: mayLose(before, after),
    mayBeSurer: [proof.worlds.before, proof.worlds.after].some(hasPolicyThatHangsOnClient),
  };
}

function evaluated({ compiled, signalingStatus, options }: ProofWorld, attempt: SignInAttempt): Evaluation {
  return evaluate(compiled, attempt, observe(attempt, signalingStatus, options));
}

function hasPolicyThatHangsOnClient({ tenant }: ProofWorld): boolean {
  return tenant.policies.some(
    ({ state, conditions }) => mayEnforce(modeOf(state)) && activeSyncWidening(conditions) !== undefined,
  );
}

/** The class of two evaluations; where outcomes are open, the one class that all that remain give. */
function classBetween(before: Evaluation, after: Evaluation): ChangeClass {
  const found = classifyChange(before, after);
  if (found !== 'unknown') return found;
  const [was, becomes] = [outcomeRange(before), outcomeRange(after)];
  const pair = { leastBefore: was.least, mostBefore: was.most, leastAfter: becomes.least, mostAfter: becomes.most };
  return classNamed(classOfPair(codeOfPair(pair), lossOf(before, after)));
}

/** Whether a policy may ask in both worlds for something for which nothing that surely is asked after is enough. */
function mayLose(before: Evaluation, after: Evaluation): boolean {
  const open = new Set(openIn(after).map(({ policyId }) => policyId));
  const sure = new Set(
    after.policies
      .filter(({ applies }) => applies === true)
      .filter(enforces)
      .flatMap(({ demands }) => demands),
  );
  return openIn(before)
    .filter(({ policyId }) => open.has(policyId))
    .some(({ demands }) => demands.some((demand) => isAsked(demand, sure) !== true));
}

function openIn({ policies }: Evaluation): readonly PolicyEvaluation[] {
  return policies.filter(({ applies, state }) => applies === 'unknown' && mayEnforce(modeOf(state)));
}

function enforces({ state }: PolicyEvaluation): boolean {
  return modeOf(state) === 'enabled';
}
