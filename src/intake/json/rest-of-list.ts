import type { JsonObject } from '../../core/tenant/plans/change.ts';

/** What an answer says of the list in it: that there is more, or how much there is. One name has many spellings: its letters count. */

const NEXT = ['odatanextlink', 'nextlink'];
const CHANGES = ['odatadeltalink', 'deltalink'];
const COUNT = ['odatacount', 'count', 'totalcount'];

/** The member that tells that the list beside it is not the whole of it; `undefined`: none does. */
export function memberOfRest(answer: JsonObject): string | undefined {
  return Object.keys(answer).find((name) => {
    const value = answer[name];
    if (value === null || value === undefined || value === '' || value === false) return false;
    return lettersOf(name) === 'error' || NEXT.includes(lettersOf(name));
  });
}

/** The member that tells that the list beside it has changes alone: whoever asks there next gets what changes later (OData, `@odata.deltaLink`). */
export function memberOfChanges(answer: JsonObject): string | undefined {
  return Object.keys(answer).find((name) => CHANGES.includes(lettersOf(name)) && answer[name] !== null);
}

/** How many objects the list has, as the answer says; `undefined` where it does not. */
export function countIn(answer: JsonObject): { readonly member: string; readonly count: number } | undefined {
  return Object.entries(answer)
    .map(([member, value]) => ({ member, count: COUNT.includes(lettersOf(member)) ? Number(value ?? 0) : 0 }))
    .find(({ count }) => Number.isInteger(count) && count > 0);
}

function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z]/g, '');
}
