/** The end of a chain of cases: the compiler refuses it while a case is missing, and a running program says which came. */
export function unreachable(value: never): never {
  throw new Error(`unexpected ${JSON.stringify(value)}`);
}
