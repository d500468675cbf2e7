import { compile, tokenize } from '@jmespath-community/jmespath';
import { cutMiddle } from '../../core/values/cut-middle.ts';
import { LONGEST_QUERY, queryProblem } from './query.ts';

/** Columns of an expression that is told back; of a longer one the place follows. */
const ROOM = 200;
/** Characters that show what stands at a place. */
const SHOWN = 40;

/** What is said of an expression that is not JMESPath, and where it ends to be one; `undefined` where it is. */
export function refusedQuery(expression: string) {
  const problem = queryProblem(expression);
  if (problem === undefined) return undefined;
  const shown = cutMiddle(expression, ROOM);
  const at = shown === expression ? undefined : placeIn(expression);
  const rest = expression.slice(at).slice(0, SHOWN);
  return {
    message: `\`${shown}\` is not JMESPath: ${problem}`,
    problems: at === undefined ? [] : [{ line: 1, column: at + 1, message: rest === '' ? 'its end' : `\`${rest}\`` }],
  };
}

/**
 * Where an expression is not JMESPath any more, which the library does not tell: behind the longest beginning that lacks no more than
 * its end. `undefined`: something else is wrong with it, or its words cannot be told apart.
 */
function placeIn(expression: string): number | undefined {
  if (expression.length > LONGEST_QUERY || refusalOf(expression) === undefined) return undefined;
  const starts = startsOf(expression);
  let [least, most] = [0, starts.length - 1];
  while (least < most) {
    const middle = (least + most) >> 1;
    const refusal = refusalOf(expression.slice(0, starts[middle + 1]));
    if (refusal === undefined || refusal.includes('EOF')) least = middle + 1;
    else most = middle;
  }
  return starts[least];
}

/** Where each word begins, and at last the end; nothing where there is a sign that begins no word. */
function startsOf(expression: string): readonly number[] {
  try {
    return [...tokenize(expression).map(({ start }) => start), expression.length];
  } catch {
    return [];
  }
}

/** What is wrong with the words of a beginning, in those of the library. One that is too deep has its words in order. */
function refusalOf(beginning: string): string | undefined {
  try {
    compile(beginning);
    return undefined;
  } catch (error) {
    return error instanceof Error && !(error instanceof RangeError) ? error.message : undefined;
  }
}
