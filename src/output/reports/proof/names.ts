import { plural } from '../../../core/values/plural.ts';
import { someOf } from '../../../core/values/some-of.ts';

/** The names of a part of a box; one that the box does not speak of is any. */
export function namesText(names: readonly string[] | undefined): string {
  if (names === undefined) return 'any';
  return someOf(names);
}

/** How many people, named as what they are: where no directory is known, one stands for each group, role and user of a policy. */
export function peopleText(count: number, areSupposed: boolean): string {
  return areSupposed ? plural(count, 'stand-in') : plural(count, 'person', 'people');
}

export const PEOPLE_HEADER = (areSupposed: boolean): string => (areSupposed ? 'Stand-ins' : 'People');

export const STAND_INS_TEXT =
  'no directory is known: a stand-in is one person in place of each group, role and user that a policy names, or whom a group or role lists';

export const OTHERS_TEXT =
  'others are people of other tenants, one for each kind and tenant that the policies tell apart, and workload identities: each ' +
  'stands for any number of them';

/** A share of the public IPv4 addresses. */
export function shareText(share: number): string {
  if (share === 0) return '0 %';
  const percent = share * 100;
  return percent < 0.01 ? '< 0.01 %' : `${percent >= 99.995 ? '100' : percent.toPrecision(3)} %`;
}
