import { CHANGE_CLASSES } from '../core/conditional-access/outcome/change.ts';
import { ONE } from '../core/conditional-access/record/weight.ts';
import { isOfOne, SEVERAL } from '../core/impact/counted.ts';
import type { Example } from '../core/impact/example.ts';
import { SignInExample } from '../core/impact/example.ts';
import { createForecast } from '../core/impact/forecast.ts';
import type { GroupCounts } from '../core/impact/grouped.ts';
import { byWeight } from '../core/impact/grouped.ts';
import type { Dimension, Member } from '../core/impact/groups.ts';
import { applicationOf, locationNamer, userOf } from '../core/impact/groups.ts';
import type { ImpactCounts } from '../core/impact/tally.ts';
import type { FactEngine, GroupRow, KeyRow, PeopleCounts, Verdict } from './fact-engine.ts';
import { incomplete } from './incomplete.ts';
import type { KeyRun } from './key-run.ts';
import { memberNumbers } from './member-numbers.ts';
import type { NumberedTuples } from './numbered-tuples.ts';
import { requireWhole } from './whole-groups.ts';
import type { Item } from './witness-record.ts';

/** What the engine counts by the verdicts: everything of impact that looks at people. */
export interface EngineGroups {
  readonly people: PeopleCounts;
  readonly classes: ReadonlyMap<string, number>;
  readonly groups: readonly GroupCounts[];
}

interface Reading {
  readonly tuples: NumberedTuples;
  readonly read: (row: KeyRow) => Item;
  readonly run: KeyRun;
}

export async function engineGroups(
  engine: FactEngine,
  verdicts: readonly Verdict[],
  reading: Reading,
): Promise<EngineGroups> {
  if (verdicts.length === 0) return { people: { judged: 0, stopped: 0 }, classes: new Map(), groups: [] };
  const members = memberNumbers(reading.tuples);
  const people = await engine.people(verdicts, members);
  const rows = await engine.groups(verdicts, members);
  requireWhole(rows, verdicts);
  const groupOf = groupsByWitness(reading);
  const groups = rows.filter(({ by, class: kind }) => by !== 'all' && kind !== 'unchanged').map(groupOf);
  return {
    people,
    classes: new Map(rows.filter(({ by }) => by === 'all').map((row) => [row.class, row.users])),
    groups: groups.sort(byWeight),
  };
}

/** Names what a group of the engine is of, by the sign-in that stands for it. */
function groupsByWitness({ read, run }: Reading): (row: GroupRow) => GroupCounts {
  const worlds = createForecast(run.before, run.after);
  const locationOf = locationNamer(run.before.compiled);
  const names = policyNames(run);
  return (row) => {
    const { user, application, location, example } = witnessOf(row);
    const member = {
      user,
      application,
      location,
      policy: { id: row.policy ?? '', displayName: names.get(row.policy ?? '') ?? row.policy ?? '' },
    };
    const by = row.by as Dimension;
    return {
      by,
      class: row.class,
      ...member[by],
      ...row.signIns,
      users: row.users,
      certainlyStopped: row.stopped,
      example,
    };
  };

  function witnessOf({
    witness,
  }: GroupRow): Record<Exclude<Dimension, 'policy'>, Member> & { readonly example: Example } {
    const item = read({ key: '', signIns: 1, witness });
    if ('skipped' in item) throw incomplete(1, 0);
    const { record, attempt, weight = ONE } = item.signIn;
    const [user, application] = [userOf(record, attempt), applicationOf(record)];
    const subject = isOfOne({ user, weight }) ? user : SEVERAL;
    const change = worlds.judge(attempt);
    const explain = () => worlds.explainThose(attempt, change.decidedBy);
    const example = new SignInExample(record, change, explain, { user, application });
    return { user: subject, application, location: locationOf(attempt), example };
  }
}

function policyNames({ before, after }: KeyRun): ReadonlyMap<string, string> {
  return new Map([...before.tenant.policies, ...after.tenant.policies].map(({ id, displayName }) => [id, displayName]));
}

/** The counts of the forecast over keys, with what the engine counted of people and groups. */
export function withEngineGroups<Counts extends ImpactCounts>(
  counts: Counts,
  { people, classes, groups }: EngineGroups,
): Counts {
  return {
    ...counts,
    judged: { ...counts.judged, users: people.judged },
    certainlyStopped: { ...counts.certainlyStopped, users: people.stopped },
    classes: counts.classes.map((each) => ({ ...each, users: classes.get(each.class) ?? 0 })),
    groups,
  };
}

/** Classes in the order in which engines number them. */
export const CLASS_NUMBERS: ReadonlyMap<string, number> = new Map(CHANGE_CLASSES.map((kind, at) => [kind, at]));
