import { compile, search } from '@jmespath-community/jmespath';
import { isIterable } from './json.ts';

/** Why an expression is not JMESPath; `undefined` when it is. */
export function queryProblem(expression: string): string | undefined {
  try {
    compile(expression);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The part of a body that a JMESPath expression selects; the expression has been checked. */
export function select(body: Readonly<Record<string, unknown>>, expression: string): unknown {
  const { value, ...rest } = body;
  return search(JSON.parse(JSON.stringify(isIterable(value) ? { ...rest, value: [...value] } : body)), expression);
}
