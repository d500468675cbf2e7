import type { Verdict } from '../../core/conditional-access/record/judged-sign-in.ts';
import type { LoggedSignIn } from '../../core/conditional-access/record/sign-in.ts';
import { isSameJson } from '../../core/values/same-json.ts';
import type { KeptSignIn } from './judged-block.ts';

/** Whether a sign-in that is judged again came out as it is in the log: the same record and the same word on it. */
export function isSameJudgement(one: LoggedSignIn, other: LoggedSignIn): boolean {
  return isSameReplay(one.replay, other.replay) && isSameJson(one.record, other.record);
}

/** The serial of the tenant alone is no difference, or every change of the tenant would write the whole log anew. */
function isSameReplay(one: LoggedSignIn['replay'] | Verdict, other: LoggedSignIn['replay'] | Verdict): boolean {
  const { tenantSerial: _one, ...judged } = one;
  const { tenantSerial: _other, ...judgedAnew } = other;
  return isSameJson(judged, judgedAnew);
}

/** Whether two sign-ins were read as the same text and judged the same by the same tenant. */
export function isSameKept(one: KeptSignIn, other: KeptSignIn): boolean {
  return (
    one.judging === other.judging &&
    one.isAsExported === other.isAsExported &&
    Buffer.compare(one.text, other.text) === 0 &&
    isSameJson(one.seen, other.seen) &&
    isSameReplay(one.verdict, other.verdict)
  );
}
