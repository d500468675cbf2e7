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
  for (const name of ['person', 'application', 'country'] as const)
    await queries.fill(
      `gsa_${name}_member (number BIGINT, member INTEGER)`,
      [...members[name]].map(([tuple, member]) => [Number(tuple), member] as const),
    );
  await queries.run('CREATE TEMP TABLE gsa_verdict_of AS SELECT key, v.* FROM gsa_verdict AS v JOIN gsa_key USING (k)');
  await queries.run(
    'CREATE TEMP TABLE gsa_decided AS SELECT key, policy, stops = 1 AS stops FROM gsa_decision JOIN gsa_key USING (k)',
  );
  if (members.people.size === 0) await queries.run(`CREATE TEMP VIEW gsa_judged AS ${JUDGED}`);
  else {
    await fillPeople(queries, members);
    await queries.run(`CREATE TEMP VIEW gsa_judged AS ${judgedOfSeveral(members.several)}`);
  }
}

/** Where nobody names a location, the country tells where the user is. */
const JUDGED = `SELECT line.key, line.id, line.w, class, kind, stopped = 1 AS is_stopped,
  CASE WHEN location = 0 THEN -country.member ELSE location END AS location, person.member AS person, person.member AS subject,
  application.member AS application, people_number AS people
  FROM gsa_line AS line JOIN gsa_verdict_of USING (key) JOIN gsa_person_member AS person ON person.number = person_number
  JOIN gsa_application_member AS application ON application.number = application_number
  JOIN gsa_country_member AS country ON country.number = country_number`;

/** What {@link People} says of a tuple, and everybody whom it names. */
async function fillPeople(queries: Queries, { people }: Members): Promise<void> {
  const tuples = [...people].map(([tuple, each]) => ({ number: Number(tuple), ...each }));
  await queries.fill(
    'gsa_whom (number BIGINT, is_named INTEGER, of_person INTEGER)',
    tuples.map(({ number, named, ofPerson }) => {
      const person = ofPerson === 'always' ? ALWAYS : ofPerson === 'never' ? NEVER : ofPerson;
      return [number, named === undefined ? 0 : 1, person] as const;
    }),
  );
  await queries.fill(
    'gsa_named (number BIGINT, member INTEGER)',
    tuples.flatMap(({ number, named = [] }) => named.map((member) => [number, member] as const)),
  );
}

const [ALWAYS, NEVER] = [-1, 0];

/**
 * The lines of records that name people are of nobody, and besides there is a line without weight for each that they name: counted
 * are the sign-ins once and the people all.
 */
function judgedOfSeveral(several: number): string {
  const subject = `CASE WHEN of_person IS NULL OR of_person IN (${ALWAYS}, person) THEN person ELSE ${several} END AS subject`;
  return `SELECT judged.* REPLACE (CASE WHEN is_named = 1 THEN NULL ELSE person END AS person, ${subject})
      FROM (${JUDGED}) AS judged LEFT JOIN gsa_whom ON gsa_whom.number = people
    UNION ALL SELECT judged.* REPLACE (member AS person, ${subject}, 0 AS w)
      FROM (${JUDGED}) AS judged JOIN gsa_whom ON gsa_whom.number = people JOIN gsa_named ON gsa_named.number = people`;
}

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
