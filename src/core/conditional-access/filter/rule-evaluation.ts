import type { EntryMatch } from '../conditions/include-exclude.ts';
import type { Truth } from '../result.ts';
import { and, not, or } from '../truth.ts';
import type { Comparison, Step } from './rule-filter.ts';

/** A value of an attribute: `undefined` is not known, `null` is null, a list is a collection. */
export type AttributeValue = string | boolean | readonly string[] | null | undefined;

/**
 * Evaluates a rule for a reader of attributes. A null attribute fails every positive comparison and meets every negative
 * one, except against `null` itself (D-DEVF); an attribute that is not known is named in `facts`.
 */
export function evaluateRule(steps: readonly Step[], read: (attribute: string) => AttributeValue): EntryMatch {
  const stack: Truth[] = [];
  const facts: string[] = [];
  for (const step of steps) {
    if (step.kind === 'compare') {
      const value = read(step.attribute);
      if (value === undefined) facts.push(step.attribute);
      stack.push(value === undefined ? 'unknown' : compare(step, value));
    } else if (step.kind === 'not') stack.push(not(stack.pop() ?? 'unknown'));
    else {
      const right = stack.pop() ?? 'unknown';
      const left = stack.pop() ?? 'unknown';
      stack.push(step.kind === 'and' ? and(left, right) : or(left, right));
    }
  }
  return { truth: stack.pop() ?? 'unknown', facts };
}

function compare(comparison: Comparison, value: string | boolean | readonly string[] | null): boolean {
  return holds(comparison, value) !== comparison.negative;
}

/** The positive comparison. Texts are compared without regard to case (D-DEVF, D-DYN). */
function holds({ operator, values }: Comparison, value: string | boolean | readonly string[] | null): boolean {
  if (value === null) return (operator === 'eq' || operator === 'in') && values.includes(null);
  // Whole elements for a collection, a part of the text otherwise (D-DYN); for the other operators on a collection no
  // source says more, and any element will do.
  const wholeElements = typeof value === 'object';
  const texts = (wholeElements ? value : [String(value)]).map((text) => text.toLowerCase());
  const wanted = values.filter((text) => text !== null).map((text) => text.toLowerCase());
  return wanted.some((want) => texts.some((text) => meets(text, want)));

  function meets(text: string, want: string): boolean {
    switch (operator) {
      case 'eq':
      case 'in':
        return text === want;
      case 'startsWith':
        return text.startsWith(want);
      case 'endsWith':
        return text.endsWith(want);
      case 'contains':
        return wholeElements ? text === want : text.includes(want);
    }
  }
}
