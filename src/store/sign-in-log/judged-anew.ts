import type { LoggedSignIn } from '../../core/conditional-access/record/sign-in.ts';
import { isSameJson } from '../../core/values/same-json.ts';

/** Whether a sign-in that is judged again came out as it is in the log: the same record and the same word on it. */
export function isSameJudgement(one: LoggedSignIn, other: LoggedSignIn): boolean {
  return isSameReplay(one.replay, other.replay) && isSameJson(one.record, other.record);
}

/** The serial of the tenant alone is no difference, or every change of the tenant would write the whole log anew. */
function isSameReplay(one: LoggedSignIn['replay'], other: LoggedSignIn['replay']): boolean {
  const { tenantSerial: _one, ...judged } = one;
  const { tenantSerial: _other, ...judgedAnew } = other;
  return isSameJson(judged, judgedAnew);
}
