import type { Truth } from './result.ts';

/** Three-valued logic (Kleene): a false member settles a conjunction, a true one a disjunction, whatever else is unknown. */
export function and(a: Truth, b: Truth): Truth {
  if (a === false || b === false) return false;
  return a === true && b === true ? true : 'unknown';
}

export function or(a: Truth, b: Truth): Truth {
  if (a === true || b === true) return true;
  return a === false && b === false ? false : 'unknown';
}

export function not(a: Truth): Truth {
  return a === 'unknown' ? a : !a;
}

export function all(truths: Iterable<Truth>): Truth {
  let result: Truth = true;
  for (const truth of truths) result = and(result, truth);
  return result;
}

export function any(truths: Iterable<Truth>): Truth {
  let result: Truth = false;
  for (const truth of truths) result = or(result, truth);
  return result;
}
