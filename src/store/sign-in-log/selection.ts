import type { DatabaseSync } from 'node:sqlite';
import type { SignInQuery } from '../types.ts';
import { folded } from './columns.ts';
import type { Sql } from './sql.ts';
import { whereOf } from './sql.ts';

/** What a query reads and which records of it. */
interface Selection {
  readonly from: string;
  readonly where: Sql;
}

/** All periods that hold a record, found by jumping from one to the next: the indexes begin with the period. */
export const PERIODS = `(WITH RECURSIVE held (period) AS (
  SELECT max(period) FROM sign_in
  UNION ALL SELECT (SELECT max(period) FROM sign_in WHERE sign_in.period < held.period) FROM held WHERE held.period IS NOT NULL
) SELECT period FROM held WHERE period IS NOT NULL)`;

export function selectionOf(database: DatabaseSync, query: Omit<SignInQuery, 'order' | 'limit'>): Selection {
  const { user } = query;
  if (user === undefined) return { from: 'sign_in', where: whereOf(query) };
  const numbers = database
    .prepare('SELECT number FROM text WHERE folded = ?')
    .all(folded(user))
    .map(({ number }) => Number(number));
  const ofAlias = database.prepare('SELECT person FROM alias WHERE name = ?');
  const persons = numbers.flatMap((number) => [number, ...ofAlias.all(number).map(({ person }) => Number(person))]);
  const among = (values: readonly number[]) => `IN (${values.map(() => '?').join(', ')})`;
  const users = {
    text: `period IN ${PERIODS} AND person ${among(persons)}
      AND (user_principal_name ${among(numbers)} OR user_id ${among(numbers)})`,
    values: [...persons, ...numbers, ...numbers],
  };
  return { from: 'sign_in INDEXED BY sign_in_by_person', where: whereOf(query, users) };
}
