import type { JsonObject } from '../../core/tenant/plans/change.ts';
import { plainText } from './value.ts';

/** What an answer says of the list in it: that there is more, or how much there is. One name has many spellings: its letters count. */

const NEXT = ['odatanextlink', 'nextlink'];
const ERROR = 'error';
const CHANGES = ['odatadeltalink', 'deltalink'];
const COUNT = ['odatacount', 'count', 'totalcount'];

/** The member that tells that the list beside it is not the whole of it, and whether it is an error; `undefined`: none does. */
export function memberOfRest(answer: JsonObject): { readonly member: string; readonly isError: boolean } | undefined {
  const member = saidIn(answer, [...NEXT, ERROR]);
  return member === undefined ? undefined : { member, isError: lettersOf(member) === ERROR };
}

/**
 * The member that tells that the list beside it has changes alone: whoever asks there next gets what changes later (OData,
 * `@odata.deltaLink`).
 */
export function memberOfChanges(answer: JsonObject): string | undefined {
  return saidIn(answer, CHANGES);
}

/** How many objects the list has, as the answer says; `undefined` where it does not. */
export function countIn(answer: JsonObject): { readonly member: string; readonly count: number } | undefined {
  return Object.entries(answer)
    .map(([member, value]) => ({ member, count: COUNT.includes(lettersOf(member)) ? Number(plainText(value)) : 0 }))
    .find(({ count }) => Number.isInteger(count) && count > 0);
}

/** The first of these members that says something: a link that is empty leads nowhere. */
function saidIn(answer: JsonObject, names: readonly string[]): string | undefined {
  return Object.keys(answer).find((name) => {
    const value = answer[name];
    const isSaid = value !== null && value !== undefined && value !== '' && value !== false;
    return isSaid && names.includes(lettersOf(name));
  });
}

function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z]/g, '');
}
