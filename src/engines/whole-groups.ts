import type { GroupRow, Verdict } from './fact-engine.ts';
import { incomplete } from './incomplete.ts';

/** Sign-ins of a class that an engine has to find in the rows of a grouping: by their kind, and those that are stopped. */
type Sums = Map<string, number>;

/**
 * Throws GsaError unless the rows of each grouping hold the sign-ins that their keys had, none more and none less: a row that got
 * lost on the way would be a person or a policy of whom nobody hears.
 */
export function requireWhole(rows: readonly GroupRow[], verdicts: readonly Verdict[]): void {
  const [expected, counted] = [expectedSums(verdicts), countedSums(rows)];
  for (const name of new Set([...expected.keys(), ...counted.keys()])) {
    const [one, other] = [expected.get(name) ?? 0, counted.get(name) ?? 0];
    if (one !== other) throw incomplete(one, other);
  }
}

function expectedSums(verdicts: readonly Verdict[]): Sums {
  const sums: Sums = new Map();
  for (const { class: kind, kind: how, isStopped, policies, signIns } of verdicts) {
    const by = kind === 'unchanged' ? ['all'] : ['all', 'user', 'application', 'location'];
    for (const each of by) {
      add(sums, `${each} ${kind} ${how}`, signIns);
      add(sums, `${each} ${kind} stopped`, isStopped ? signIns : 0);
    }
    for (const { id, stops } of kind === 'unchanged' ? [] : policies) {
      add(sums, `policy ${kind} ${how} ${id}`, signIns);
      add(sums, `policy ${kind} stopped ${id}`, stops ? signIns : 0);
    }
  }
  return sums;
}

function countedSums(rows: readonly GroupRow[]): Sums {
  const sums: Sums = new Map();
  for (const { by, class: kind, policy, signIns, stopped } of rows) {
    const of = policy === undefined ? '' : ` ${policy}`;
    for (const [how, count] of Object.entries(signIns)) add(sums, `${by} ${kind} ${how}${of}`, count);
    add(sums, `${by} ${kind} stopped${of}`, stopped);
  }
  return sums;
}

function add(sums: Sums, name: string, count: number): void {
  sums.set(name, (sums.get(name) ?? 0) + count);
}
