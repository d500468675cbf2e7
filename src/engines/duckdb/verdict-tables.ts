import { SIGN_IN_KINDS } from '../../core/impact/groups.ts';
import { policiesOf } from '../answer-cells.ts';
import { CLASS_NUMBERS } from '../engine-groups.ts';
import type { Members, Verdict } from '../fact-engine.ts';
import type { Queries } from './queries.ts';

/** Makes `gsa_judged`, every sign-in with the verdict of its key, and `gsa_decided`, the policies of each key. */
export async function fillVerdicts(queries: Queries, verdicts: readonly Verdict[], members: Members): Promise<void> {
  await queries.fill(
    'gsa_verdict (k BIGINT, class INTEGER, kind INTEGER, stopped INTEGER, location INTEGER)',
    verdictRows(verdicts),
  );
  await queries.fill('gsa_decision (k BIGINT, policy INTEGER, stops INTEGER)', decisionRows(verdicts));
  for (const [name, numbers] of Object.entries(members) as readonly [keyof Members, ReadonlyMap<string, number>][])
    await queries.fill(
      `gsa_${name}_member (number BIGINT, member INTEGER)`,
      [...numbers].map(([tuple, member]) => [Number(tuple), member] as const),
    );
  await queries.run('CREATE TEMP TABLE gsa_verdict_of AS SELECT key, v.* FROM gsa_verdict AS v JOIN gsa_key USING (k)');
  await queries.run(
    'CREATE TEMP TABLE gsa_decided AS SELECT key, policy, stops = 1 AS stops FROM gsa_decision JOIN gsa_key USING (k)',
  );
  await queries.run(`CREATE TEMP VIEW gsa_judged AS ${JUDGED}`);
}

/** Where nobody names a location, the country tells where the user is. */
const JUDGED = `SELECT line.key, line.id, line.w, class, kind, stopped = 1 AS is_stopped,
  CASE WHEN location = 0 THEN -country.member ELSE location END AS location, person.member AS person, application.member AS application
  FROM gsa_line AS line JOIN gsa_verdict_of USING (key) JOIN gsa_person_member AS person ON person.number = p
  JOIN gsa_application_member AS application ON application.number = a
  JOIN gsa_country_member AS country ON country.number = c`;

function* verdictRows(verdicts: readonly Verdict[]) {
  const locations = new Map<string, number>();
  for (const { key, class: kind, kind: how, isStopped, location = '' } of verdicts) {
    const number = location === '' ? 0 : (locations.get(location) ?? locations.size + 1);
    if (number > 0) locations.set(location, number);
    const numbers = [CLASS_NUMBERS.get(kind) ?? 0, SIGN_IN_KINDS.indexOf(how), isStopped ? 1 : 0, number];
    yield [Number(key), ...numbers] as const;
  }
}

function* decisionRows(verdicts: readonly Verdict[]) {
  const positions = new Map(policiesOf(verdicts).map((id, at) => [id, at]));
  for (const { key, class: kind, policies } of verdicts)
    for (const { id, stops } of kind === 'unchanged' ? [] : policies)
      yield [Number(key), positions.get(id) ?? 0, stops ? 1 : 0] as const;
}
