import type { Weight } from '../conditional-access/record/weight.ts';
import type { NumberedAttempt } from '../signaling/numbered-attempt.ts';
import type { Change } from './change.ts';
import type { Example } from './example.ts';
import type { Member, SignInKind } from './groups.ts';

/** A record as it is counted: one sign-in, or as many as its weight says. */
export interface Counted {
  readonly kind: SignInKind;
  readonly weight: Weight;
  /** The id of the user. */
  readonly personId: string;
  readonly user: Member;
  readonly application: Member;
  readonly location: Member;
  readonly change: Change;
  /** The sign-in by the numbers of its parts; absent: it has none. */
  readonly numbered?: NumberedAttempt | undefined;
  /** Works the sign-in out; asked only where it is the first of a group. */
  explain(): Example;
}

/** The member for a record of several people, which does not tell whose sign-ins are whose. */
export const SEVERAL: Member = { id: 'several', displayName: 'several people' };

export function isOfOne({ user, weight }: Pick<Counted, 'user' | 'weight'>): boolean {
  const { people, userCount = 1 } = weight;
  return userCount === 1 && (people === undefined || (people.length === 1 && people[0] === user.id));
}
