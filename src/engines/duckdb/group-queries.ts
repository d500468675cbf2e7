import { CHANGE_CLASSES } from '../../core/conditional-access/outcome/change.ts';
import { CLASS_NUMBERS } from '../engine-groups.ts';
import type { GroupRow, Witness } from '../fact-engine.ts';
import { incomplete } from '../incomplete.ts';
import type { Cells } from './queries.ts';

/** The table that {@link GROUP_QUERIES} fill, with ids of that type. */
export function groupTable(idType: string): string {
  return `gsa_group ("by" VARCHAR, class INTEGER, policy INTEGER, n0 BIGINT, n1 BIGINT, n2 BIGINT, users BIGINT, stopped BIGINT, id ${idType})`;
}

const weighed = (condition: string) => `coalesce(sum(w) FILTER (WHERE ${condition}), 0)`;

const counts = (stops: string) =>
  `${weighed('kind = 0')}, ${weighed('kind = 1')}, ${weighed('kind = 2')}, count(DISTINCT person),
   ${weighed(stops)}, coalesce(min(id) FILTER (WHERE ${stops}), min(id)) AS id`;

const UNCHANGED = CLASS_NUMBERS.get('unchanged') ?? 0;
const changed = (member: string) => `CASE WHEN class <> ${UNCHANGED} THEN ${member} END AS ${member}`;

/** Everything that impact groups by: the sign-ins are gone through once, and once more by the policies. */
export const GROUP_QUERIES: readonly string[] = [
  `SELECT CASE GROUPING(class, subject, application, location) WHEN 7 THEN 'all' WHEN 3 THEN 'user' WHEN 5 THEN 'application' ELSE 'location' END AS "by",
     class, NULL, ${counts('is_stopped')}
   FROM (SELECT key, id, w, class, kind, is_stopped, person, ${['subject', 'application', 'location'].map(changed).join(', ')} FROM gsa_judged)
   GROUP BY GROUPING SETS ((class), (class, subject), (class, application), (class, location))
   HAVING class <> ${UNCHANGED} OR GROUPING(class, subject, application, location) = 7`,
  `SELECT 'policy', class, policy, ${counts('stops')} FROM gsa_judged JOIN gsa_decided USING (key) GROUP BY class, policy`,
];

/** How many people are judged, and how many of them are stopped. */
export const PEOPLE_QUERY =
  'SELECT count(DISTINCT person), count(DISTINCT person) FILTER (WHERE is_stopped) FROM gsa_judged';

export function groupRow(row: Cells, policies: readonly string[], witnesses: ReadonlyMap<string, Witness>): GroupRow {
  const [by, kind, policy, interactive, nonInteractive, workload, users, stopped, id] = row;
  return {
    by: by as GroupRow['by'],
    class: CHANGE_CLASSES[Number(kind)] ?? 'unknown',
    policy: policy === null ? undefined : policies[Number(policy)],
    signIns: { interactive: Number(interactive), nonInteractive: Number(nonInteractive), workload: Number(workload) },
    users: Number(users),
    stopped: Number(stopped),
    witness: witnessIn(witnesses, id),
  };
}

function witnessIn(witnesses: ReadonlyMap<string, Witness>, id: unknown): Witness {
  const witness = witnesses.get(String(id));
  if (witness === undefined) throw incomplete(1, 0);
  return witness;
}
