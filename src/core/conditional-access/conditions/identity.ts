import type { ClientAppType } from '../../graph/words.ts';
import type { ConditionSet } from '../../tenant/policy.ts';
import { activeSyncWidening } from '../facts/active-sync-widening.ts';
import type { CompiledCondition, Facts } from '../facts/facts.ts';
import { isActiveSync } from '../facts/legacy-client.ts';
import type { UserSubject } from '../facts/subject.ts';
import type { ConditionResult } from '../result.ts';
import { compileClientApplications, judgeWorkload } from './client-applications.ts';
import type { CompileContext } from './context.ts';
import { settled, truthOfLists } from './include-exclude.ts';
import type { CompiledUsers } from './users.ts';
import { compileUsers, EVERYBODY, judgeUsers, namedPeople } from './users.ts';

/**
 * The condition on who signs in. A person is judged by the users of a policy, a workload identity by its client applications; a
 * policy on users never reaches a service principal, and one on service principals no person (D-USERS, D-WI).
 */
export function compileIdentity(conditions: ConditionSet, context: CompileContext): CompiledCondition {
  const users = compileUsers(conditions, context);
  const widened = widenedByActiveSync(conditions, users);
  const workloads = compileClientApplications(conditions, context);
  const judge = ({ subject, attempt }: Pick<Facts, 'subject' | 'attempt'>) => {
    if (subject.kind === 'user') return judgePerson(users, widened, subject, attempt.clientAppType);
    if (workloads === undefined) return settled('users', false, 'a policy on users does not reach a workload identity');
    return judgeWorkload(workloads, subject);
  };
  const people = widened === undefined ? namedPeople(users) : undefined;
  return {
    slot: 'identity',
    judge,
    ...(people === undefined ? {} : { people }),
    // A company has many people, of each of whom every policy is asked; workloads are few.
    truth: (facts) =>
      facts.subject.kind === 'user' && widened === undefined
        ? truthOfLists(users.includes, users.excludes, facts.subject)
        : judge(facts).truth,
  };
}

interface Widened {
  readonly users: CompiledUsers;
  /** What an export lost, and may say that the policy is not widened. */
  readonly open: readonly string[];
}

/**
 * The users of a policy for Exchange ActiveSync clients: choosing guests or directory roles makes all users subject to it
 * (D-COND). Clients of other kinds are judged by what was chosen.
 */
function widenedByActiveSync(conditions: ConditionSet, users: CompiledUsers): Widened | undefined {
  const open = activeSyncWidening(conditions);
  return open && { users: { ...users, includes: [EVERYBODY] }, open };
}

function judgePerson(
  users: CompiledUsers,
  widened: Widened | undefined,
  subject: UserSubject,
  client: ClientAppType | undefined,
): ConditionResult {
  const result = judgeUsers(users, subject);
  if (widened === undefined || (client !== undefined && !isActiveSync(client))) return result;
  const everybody = judgeUsers(widened.users, subject);
  const missing = [...(client === undefined ? ['clientAppType'] : []), ...widened.open];
  if (missing.length === 0 || everybody.truth === result.truth) return everybody;
  return settled('users', 'unknown', `user unknown without ${missing.join(', ')}`, missing);
}
