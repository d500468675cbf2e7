import { evaluate } from '../conditional-access/evaluate.ts';
import { withTunnelOwner } from '../conditional-access/facts/tunnel-owner.ts';
import { decide } from '../conditional-access/fast/decide.ts';
import type { Evaluation } from '../conditional-access/result.ts';
import type { NetworkPath, SignInAttempt } from '../signaling/attempt.ts';
import { observe } from '../signaling/observe.ts';
import type { SignalingStatus } from '../tenant/tenant.ts';
import { addressClasses } from './address-classes.ts';
import { satisfiedOf, withDefaults } from './attempt-of.ts';
import type { Expected } from './compare.ts';
import { compare, isUndecided, resolveExpectation } from './compare.ts';
import { failureOf } from './explain.ts';
import { invariantRange } from './invariant-range.ts';
import { possibleOutcomes } from './possible-outcomes.ts';
import type { Failure, Mismatch } from './result.ts';
import type { Run } from './run-cases.ts';
import { problemsOf } from './run-cases.ts';
import type { Scene } from './scene.ts';
import type { Defaults, Expectation, SuiteProblem, TestOf } from './suite.ts';

/** More sign-ins than this would take minutes. */
const MOST_SIGN_INS = 5_000_000;
/** Different ways of failing that are kept; each counts the sign-ins like it, and the last one those of further ways. */
const MOST_WAYS = 10;

/**
 * A statement about all sign-ins of a range. The range is finite (see address-classes.ts, sign-in-classes.ts), so it is looked
 * at whole, and a failure is one concrete sign-in. What is not said about them, such as MFA, is left open: the statement has
 * to hold either way.
 */
export function runInvariant(test: TestOf<'invariant'>, scene: Scene, defaults: Defaults): Run {
  const path = ['tests', test.at, 'invariant'];
  const spec = withDefaults(defaults.signIn, test.signIn);
  const range = invariantRange(test.range, spec, defaults, scene, addressClasses(scene.tenant), [...path, 'for']);
  const always = test.always === undefined ? undefined : resolveExpectation(test.always, scene, [...path, 'always']);
  const problems: SuiteProblem[] = [...problemsOf(range), ...problemsOf(always ?? {})];
  if ('problems' in range || problems.length > 0) return { problems };
  const { users, targets, networks, signaling } = range;
  const count = users.length * targets.length * networks.length * signaling.length;
  if (count === 0) problems.push({ path: [...path, 'for'], message: 'there is no such sign-in', hint: undefined });
  if (count > MOST_SIGN_INS) {
    problems.push({
      path: [...path, 'for'],
      message: `${count} kinds of sign-in are more than ${MOST_SIGN_INS}`,
      hint: 'name `users`, `apps`, `addresses` or `paths` instead of `any`',
    });
  }
  if (problems.length > 0) return { problems };
  const facts = { ...spec.facts, satisfied: satisfiedOf(spec, 'anythingSatisfied') };
  const judgeOne = judgeOf(test.never, always !== undefined && 'expected' in always ? always.expected : undefined);
  const ways = new Map<string, Failure>();
  let further = 0;
  for (const user of users) {
    for (const target of targets) {
      for (const network of networks) {
        for (const status of signaling) {
          const attempt = withTunnelOwner(scene.compiled.people, {
            ...facts,
            identity: user.value,
            target: target.value,
            network: network.value,
          });
          const found = judgeOne(scene, attempt, status);
          if (found === undefined) continue;
          const alike = user.others === 0 ? '' : ` (and ${user.others} like them)`;
          const subject = [
            `user: ${user.text}${alike}`,
            `app: ${target.text}`,
            ...sourceWords(network.value),
            `path: ${network.text}`,
            `signaling: ${status}`,
          ].join(', ');
          const judged = { attempt, signaling: status, evaluation: found.evaluation };
          const isKept = note(ways, user.text, failureOf(judged, found.mismatches, found.status, subject));
          if (!isKept) further += 1;
        }
      }
    }
  }
  const failures = mostTellingFirst([...ways.values()]);
  return {
    cases: count,
    failures: failures.map((each, at) =>
      at === failures.length - 1 ? { ...each, alike: each.alike + further } : each,
    ),
  };
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

/** One counter-example for each user and each set of deciding policies; the others like it are counted. False: no room. */
function note(ways: Map<string, Failure>, user: string, failure: Failure): boolean {
  const key = JSON.stringify([user, failure.status, failure.decidedBy]);
  const known = ways.get(key);
  if (known !== undefined) ways.set(key, { ...known, alike: known.alike + 1 });
  else if (ways.size < MOST_WAYS) ways.set(key, failure);
  else return false;
  return true;
}

/** A failure before what nobody can say, one policy's doing before that of several, and what most sign-ins are like. */
function mostTellingFirst(failures: readonly Failure[]): Failure[] {
  const isUnknown = ({ status }: Failure) => Number(status === 'unknown');
  return failures.toSorted(
    (a, b) => isUnknown(a) - isUnknown(b) || a.decidedBy.length - b.decidedBy.length || b.alike - a.alike,
  );
}

function sourceWords({ source }: NetworkPath): string[] {
  const country = source.countryOrRegion === undefined ? '' : ` in ${source.countryOrRegion ?? 'no known country'}`;
  return source.address === undefined ? [] : [`from: ${source.address.text}${country}`];
}
