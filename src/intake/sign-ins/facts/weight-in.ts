import type { SignIn } from '../../../core/conditional-access/record/sign-in.ts';
import type { Weight } from '../../../core/conditional-access/record/weight.ts';
import { WEIGHT_MEMBERS, weightOf } from '../../../core/conditional-access/record/weight.ts';
import type { Members } from './members.ts';
import { isBlank } from './members.ts';

/** What the record stands for; `undefined` where its export gives a count, or a list of people, that is none. */
export function weightIn(given: Members, record: SignIn): Weight | undefined {
  const isMisread = WEIGHT_MEMBERS.some((name) => !isBlank(given[name]) && record[name] === undefined);
  return isMisread ? undefined : weightOf(record);
}

/** How many sign-ins a record that cannot be used stands for: one where it does not say it. */
export function signInsIn({ signInCount }: Members): number {
  const count = typeof signInCount === 'string' ? Number(signInCount) : signInCount;
  return typeof count === 'number' && Number.isSafeInteger(count) && count > 0 ? count : 1;
}
