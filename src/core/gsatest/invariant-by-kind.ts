import { evaluate } from '../conditional-access/evaluate.ts';
import { withTunnelOwner } from '../conditional-access/facts/tunnel-owner.ts';
import { decide } from '../conditional-access/fast/decide.ts';
import type { SignInAttempt } from '../signaling/attempt.ts';
import type { Observation } from '../signaling/observation.ts';
import { observe } from '../signaling/observe.ts';
import { satisfiedOf } from './attempt-of.ts';
import { failureOf } from './explain.ts';
import type { Asked } from './invariant-question.ts';
import { subjectOf } from './invariant-subject.ts';
import type { Verdict } from './result.ts';
import type { Scene } from './scene.ts';
import type { Statement } from './statement.ts';
import { violationOf } from './statement.ts';
import { WaysOfFailing } from './ways-of-failing.ts';

/** More sign-ins than this would take minutes. */
const MOST_SIGN_INS = 5_000_000;

/**
 * A statement that says more than an outcome, or of a tenant with strict location enforcement, looked at kind by kind: people,
 * resources, addresses and ways are finite (address-classes.ts, sign-in-classes.ts). What is not said, such as MFA, is left
 * open: the statement has to hold either way. A text: there are too many kinds.
 */
export function judgeByKind(statement: Statement, { scene, spec, range }: Asked): Verdict | string {
  const { users, targets, networks, signaling } = range;
  const count = users.length * targets.length * networks.length * signaling.length;
  if (count > MOST_SIGN_INS) return `${count} kinds of sign-in are more than ${MOST_SIGN_INS}`;
  const facts = { ...spec.facts, satisfied: satisfiedOf(spec, 'anythingSatisfied') };
  const ways = new WaysOfFailing();
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
          const observation = observe(attempt, status, scene.options);
          if (surelyHolds(statement, scene, attempt, observation)) continue;
          const evaluation = evaluate(scene.compiled, attempt, observation);
          const found = violationOf(statement, evaluation);
          if (found === undefined) continue;
          const subject = subjectOf({ users: [user], target: target.text, path: network.text, attempt, status });
          const judged = { attempt, signaling: status, evaluation };
          ways.note(user.text, failureOf(judged, found.mismatches, found.status, subject));
        }
      }
    }
  }
  return { cases: count, failures: ways.failures() };
}

/** The fast path decides first: only what it cannot settle, or finds against the statement, is explained. */
function surelyHolds(statement: Statement, { compiled }: Scene, attempt: SignInAttempt, seen: Observation): boolean {
  if (!('never' in statement)) return false;
  const { outcome } = decide(compiled, attempt, seen);
  return outcome !== 'unknown' && !statement.never.has(outcome);
}
