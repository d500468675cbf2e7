import { evaluate } from '../conditional-access/evaluate.ts';
import { decide } from '../conditional-access/fast/decide.ts';
import type { Evaluation } from '../conditional-access/result.ts';
import type { SignInAttempt } from '../signaling/attempt.ts';
import { observe } from '../signaling/observe.ts';
import type { SignalingStatus } from '../tenant/tenant.ts';
import { addressClasses } from './address-classes.ts';
import { satisfiedOf, withDefaults } from './attempt-of.ts';
import type { Expected } from './compare.ts';
import { compare, isUndecided, resolveExpectation } from './compare.ts';
import { failureOf } from './explain.ts';
import type { SignInRange } from './invariant-range.ts';
import { invariantRange } from './invariant-range.ts';
import { possibleOutcomes } from './possible-outcomes.ts';
import type { Failure, Mismatch } from './result.ts';
import type { Run } from './run-cases.ts';
import { problemsOf } from './run-cases.ts';
import type { Scene } from './scene.ts';
import type { SharedFacts, SignInOfRange } from './sign-ins-of-range.ts';
import { countOf, signInsOf, subjectOf } from './sign-ins-of-range.ts';
import type { Defaults, Expectation, FilePath, SuiteProblem, TestOf } from './suite.ts';
import { WaysOfFailing } from './ways-of-failing.ts';

/** More sign-ins than this would take minutes. */
const MOST_SIGN_INS = 5_000_000;

/**
 * A statement about all sign-ins of a range. The range is finite (see address-classes.ts, sign-in-classes.ts), so it is looked
 * at whole, and a failure is one concrete sign-in. What is not said about them, such as MFA, is left open: the statement has
 * to hold either way.
 */
export function runInvariant(test: TestOf<'invariant'>, scene: Scene, defaults: Defaults): Run {
  const statement = statementOf(test, scene, defaults);
  if ('problems' in statement) return statement;
  const judgeOne = judgeOf(test.never, statement.always);
  const ways = new WaysOfFailing();
  for (const signIn of signInsOf(statement.range, statement.facts, scene)) {
    const found = judgeOne(scene, signIn.attempt, signIn.signaling);
    if (found !== undefined) ways.note(signIn.user.text, failureFrom(signIn, found));
  }
  return { cases: countOf(statement.range), failures: ways.failures() };
}

/** What an invariant says, of which sign-ins. */
interface Statement {
  readonly range: SignInRange;
  readonly always: Expected | undefined;
  /** What is the same in every sign-in of the range. */
  readonly facts: SharedFacts;
}

function statementOf(
  test: TestOf<'invariant'>,
  scene: Scene,
  defaults: Defaults,
): Statement | { readonly problems: readonly SuiteProblem[] } {
  const path = ['tests', test.at, 'invariant'];
  const spec = withDefaults(defaults.signIn, test.signIn);
  const range = invariantRange(test.range, spec, defaults, scene, addressClasses(scene.tenant), [...path, 'for']);
  const always = test.always === undefined ? undefined : resolveExpectation(test.always, scene, [...path, 'always']);
  const problems: readonly SuiteProblem[] = [...problemsOf(range), ...problemsOf(always ?? {})];
  if ('problems' in range || problems.length > 0) return { problems };
  const wrongSize = problemOfSize(countOf(range), [...path, 'for']);
  if (wrongSize !== undefined) return { problems: [wrongSize] };
  const facts = { ...spec.facts, satisfied: satisfiedOf(spec, 'anythingSatisfied') };
  return { range, facts, always: always !== undefined && 'expected' in always ? always.expected : undefined };
}

function problemOfSize(count: number, path: FilePath): SuiteProblem | undefined {
  if (count === 0) return { path, message: 'there is no such sign-in', hint: undefined };
  if (count <= MOST_SIGN_INS) return undefined;
  return {
    path,
    message: `${count} kinds of sign-in are more than ${MOST_SIGN_INS}`,
    hint: 'name `users`, `apps`, `addresses` or `paths` instead of `any`',
  };
}

function failureFrom(signIn: SignInOfRange, { evaluation, mismatches, status }: Violation): Failure {
  const { attempt, signaling } = signIn;
  return failureOf({ attempt, signaling, evaluation }, mismatches, status, subjectOf(signIn));
}

interface Violation {
  readonly evaluation: Evaluation;
  readonly mismatches: readonly Mismatch[];
  readonly status: Failure['status'];
}

type JudgeOne = (scene: Scene, attempt: SignInAttempt, status: SignalingStatus) => Violation | undefined;

/** The fast path decides first: only what it cannot settle, or finds against the statement, is explained. */
function judgeOf(never: Expectation | undefined, always: Expected | undefined): JudgeOne {
  const forbidden = new Set(never?.outcome ?? []);
  return ({ compiled, options }, attempt, status) => {
    const observation = observe(attempt, status, options);
    if (always === undefined) {
      const { outcome } = decide(compiled, attempt, observation);
      if (outcome !== 'unknown' && !forbidden.has(outcome)) return undefined;
    }
    const evaluation = evaluate(compiled, attempt, observation);
    return always === undefined ? violationOf(evaluation, forbidden) : deviationOf(evaluation, always);
  };
}

function violationOf(evaluation: Evaluation, forbidden: ReadonlySet<string>): Violation | undefined {
  const possible = possibleOutcomes(evaluation);
  const hits = possible.filter((outcome) => forbidden.has(outcome));
  if (hits.length === 0) return undefined;
  const mismatch = { member: 'outcome', expected: `never ${[...forbidden].join(' or ')}`, got: possible.join(' or ') };
  return { evaluation, mismatches: [mismatch], status: hits.length === possible.length ? 'failed' : 'unknown' };
}

function deviationOf(evaluation: Evaluation, always: Expected): Violation | undefined {
  const mismatches = compare(always, evaluation);
  if (mismatches.length === 0) return undefined;
  const wanted = always.said.outcome;
  const possible = possibleOutcomes(evaluation);
  const isOnlyOutcome = mismatches.every(({ member }) => member === 'outcome');
  if (isOnlyOutcome && wanted !== undefined && possible.every((outcome) => wanted.includes(outcome))) return undefined;
  const isOpen =
    isUndecided(mismatches) && (wanted === undefined || possible.some((outcome) => wanted.includes(outcome)));
  return { evaluation, mismatches, status: isOpen ? 'unknown' : 'failed' };
}
