/** Text in quotes of any kind, in which brackets and commas are letters. */
const QUOTED = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`/gu;
const OPENING = '[{(';
const CLOSING = ']})';

/**
 * How many times a JMESPath expression may repeat what it selects, at most: what follows each other multiplies (`[a, b].[c, d]`:
 * four), members of a list or an object add up, and arguments of a function multiply, because `join` repeats one by the other.
 */
export function growthOf(expression: string): number {
  /** Growth of the part that is being read, of the members before it, and how members of its bracket come together. */
  const open: { part: number; members: number; readonly multiplies: boolean }[] = [];
  let now = { part: 1, members: 0, multiplies: false };
  for (const letter of expression.replaceAll(QUOTED, '')) {
    if (OPENING.includes(letter)) {
      open.push(now);
      now = { part: 1, members: letter === '(' ? 1 : 0, multiplies: letter === '(' };
    } else if (letter === ',') now = { ...now, part: 1, members: joined(now) };
    else if (CLOSING.includes(letter)) {
      const whole = joined(now);
      const around = open.pop() ?? { part: 1, members: 0, multiplies: false };
      now = { ...around, part: around.part * whole };
    }
  }
  return joined(now);
}

function joined({ part, members, multiplies }: { part: number; members: number; multiplies: boolean }): number {
  return multiplies ? members * part : members + part;
}
