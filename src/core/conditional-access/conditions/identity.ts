import type { ConditionSet } from '../../tenant/policy.ts';
import type { CompiledCondition, Facts } from '../facts/facts.ts';
import { compileClientApplications, judgeWorkload } from './client-applications.ts';
import type { CompileContext } from './context.ts';
import { settled, truthOfLists } from './include-exclude.ts';
import { compileUsers, judgeUsers } from './users.ts';

/**
 * Who signs in. A person is judged by the users of a policy, a workload identity by its client applications; a policy on
 * users never reaches a service principal, and one on service principals no person (D-USERS, D-WI).
 */
export function compileIdentity(conditions: ConditionSet, context: CompileContext): CompiledCondition {
  const users = compileUsers(conditions.users, context);
  const workloads = compileClientApplications(conditions.clientApplications, context);
  const judge = ({ subject }: Pick<Facts, 'subject'>) => {
    if (subject.kind === 'user') return judgeUsers(users, subject);
    if (workloads === undefined) return settled('users', false, 'a policy on users does not reach a workload identity');
    return judgeWorkload(workloads, subject);
  };
  return {
    slot: 'identity',
    judge,
    // A company has many people, of each of whom every policy is asked; workloads are few.
    truth: (facts) =>
      facts.subject.kind === 'user' ? truthOfLists(users.includes, users.excludes, facts.subject) : judge(facts).truth,
  };
}
