import type { GroupName } from '../fact-columns.ts';
import { GROUPS } from '../fact-columns.ts';
import type { Needs } from '../fact-engine.ts';
import { quoted, sum } from './sql-text.ts';
import { columnOf, PEOPLE_COLUMNS } from './table-columns.ts';

const NONE = 'CAST(NULL AS Nullable(String))';

/** What is asked of the columns of a table, and what its columns of people say. */
export type Asked = Needs & { readonly people: ReadonlyMap<string, string> };

/** What a sign-in says of a fact, as far as the policies need it. */
export function factExpression(fact: string, { deviceIds, people }: Asked): string {
  if (fact === 'category') return NONE;
  if (PEOPLE_COLUMNS.includes(fact)) return people.get(fact) ?? NONE;
  if (fact === 'workloadAppId') return `if(${IS_PERSON}, NULL, appId)`;
  const column = quoted(columnOf(fact));
  if (deviceIds) return column;
  if (fact === 'deviceDetail.displayName') return NONE;
  return fact === 'deviceDetail.deviceId' ? `if(${column} != '', 'one', ${column})` : column;
}

/** A number of the values of a group, those that are none told from those that are empty. */
export function groupHash(group: GroupName, needs: Asked): string {
  const facts = GROUPS[group].map((fact) => factExpression(fact, needs)).filter((fact) => fact !== NONE);
  const missing = facts.map((fact, at) => `toUInt64(isNull(${fact})) * ${2 ** at}`);
  return `cityHash64(${[...facts.map((fact) => `ifNull(${fact}, '')`), sum(missing)].join(', ')})`;
}

/** A user and nothing else: of anybody else the application may be who signs in. */
const IS_PERSON = [
  "concat(ifNull(userId, ''), ifNull(userPrincipalName, '')) != ''",
  ...['servicePrincipalId', 'managedIdentityType', 'managedServiceIdentity_msiType'].map(
    (name) => `ifNull(${name}, '') = ''`,
  ),
  "NOT match(lower(ifNull(signInEventTypes, '')), 'managedidentity|serviceprincipal')",
].join(' AND ');
