import type { ChangeClass } from './change.ts';

/** What a change is as a whole. */
export type ChangeVerdict = 'equivalent' | 'stricter' | 'looser' | 'both' | 'unknown';

/** Classes in which something becomes stricter, and looser. */
export const STRICTER: ReadonlySet<ChangeClass> = new Set<ChangeClass>([
  'newlyBlocked',
  'newlyDenied',
  'newlyPrompted',
]);
export const LOOSER: ReadonlySet<ChangeClass> = new Set<ChangeClass>(['newlyAllowed', 'lessProtected']);

/** The verdict on a change by the classes that it has for any sign-in. */
export function verdictOf(classes: Iterable<ChangeClass>): ChangeVerdict {
  const found = [...classes];
  const [stricter, looser] = [STRICTER, LOOSER].map((set) => found.some((one) => set.has(one)));
  if (stricter === true) return looser === true ? 'both' : 'stricter';
  if (looser === true) return 'looser';
  return found.includes('unknown') ? 'unknown' : 'equivalent';
}
