import { evaluate } from '../conditional-access/evaluate.ts';
import type { Effect } from '../conditional-access/result.ts';
import { counterexamples } from '../proof/questions/counterexamples.ts';
import { TooLarge } from '../proof/too-large.ts';
import { observe } from '../signaling/observe.ts';
import { satisfiedOf } from './attempt-of.ts';
import { failureOf } from './explain.ts';
import type { Asked } from './invariant-question.ts';
import { subjectOf } from './invariant-subject.ts';
import type { Verdict } from './result.ts';
import type { Statement } from './statement.ts';
import { violationOf } from './statement.ts';
import { WaysOfFailing } from './ways-of-failing.ts';

/**
 * A statement about outcomes, proved of every sign-in of its range: what is not said of client, platform, risk, device and what
 * the session has proven is gone through as well, and each failure is one concrete sign-in that the evaluator explains. A text:
 * it is too large to be proved.
 */
export function proveStatement(
  statement: Statement,
  forbidden: ReadonlySet<Effect>,
  { scene, spec, range }: Asked,
): Verdict | string {
  const { tenant, compiled, options } = scene;
  const { users: people, targets, networks } = range;
  const satisfied = spec.satisfied === undefined ? undefined : satisfiedOf(spec, 'anythingSatisfied');
  const ways = new WaysOfFailing();
  let cases = 0;
  for (const signaling of range.signaling) {
    const question = { tenant, compiled, options, signaling, people, targets, networks, facts: spec.facts, satisfied };
    const answer = counterexamples(question, forbidden);
    if (answer instanceof TooLarge) return `too large to be proved: ${answer.what}`;
    cases += answer.kinds;
    for (const { attempt, people: whose, target, network, session } of answer.counterexamples) {
      const evaluation = evaluate(compiled, attempt, observe(attempt, signaling, options));
      const users = people.filter((user) => whose.includes(user));
      const subject = subjectOf({ users, target, path: network, attempt, status: signaling, session });
      const found = violationOf(statement, evaluation);
      if (found === undefined) throw new Error(`the proof and the evaluator disagree about ${JSON.stringify(attempt)}`);
      ways.note(
        users[0]?.text ?? '',
        failureOf({ attempt, signaling, evaluation }, found.mismatches, found.status, subject),
      );
    }
  }
  return { cases, failures: ways.failures() };
}
