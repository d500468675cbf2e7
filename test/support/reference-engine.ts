import { compareTexts } from '../../src/core/values/compare-texts.ts';
import type { GroupName } from '../../src/engines/fact-columns.ts';
import {
  ADDRESS_COLUMNS,
  ADDRESS_PAIRS,
  GROUP_NAMES,
  GROUPS,
  LISTED_MEMBERS,
  LISTS,
} from '../../src/engines/fact-columns.ts';
import type {
  FactEngine,
  GroupRow,
  KeyPlan,
  KeyRow,
  Members,
  Needs,
  Tuple,
  Verdict,
  Witness,
} from '../../src/engines/fact-engine.ts';
import { addressOf } from '../../src/intake/sign-ins/facts/network-path-of.ts';
import type { RandomRecord } from './random-records.ts';

interface Row {
  readonly record: RandomRecord;
  readonly names: Record<GroupName, string>;
  readonly witness: Witness;
  key: string;
}

/** What an engine must answer, in plain JavaScript and in memory: the contract of the others. */
export function referenceEngine(records: readonly RandomRecord[]): FactEngine {
  let needs: Needs = { deviceIds: true };
  const seen = new Set<string>();
  const once = records.filter(
    ({ id }) => id === undefined || (!seen.has(id.toLowerCase()) && seen.add(id.toLowerCase())),
  );
  const tuples = new Map<GroupName, Map<string, Tuple>>(GROUP_NAMES.map((group) => [group, new Map()]));
  let rows: Row[] = [];

  const valuesOf = (record: RandomRecord, group: GroupName) =>
    GROUPS[group].map((path) => valueAt(record, path, needs));
  const nameOf = (record: RandomRecord, group: GroupName) => {
    const values = valuesOf(record, group);
    const known = tuples.get(group) ?? new Map<string, Tuple>();
    const text = JSON.stringify(values);
    const tuple = known.get(text) ?? { name: String(known.size + 1), values };
    known.set(text, tuple);
    return tuple.name;
  };

  return {
    zone: 'stated',
    order: 'open',
    totals: async (asked) => {
      needs = asked;
      const times = records
        .map(({ createdDateTime }) => createdDateTime)
        .filter((time) => typeof time === 'string')
        .sort();
      return {
        signIns: signInsOf(records),
        repeated: signInsOf(records) - signInsOf(once),
        contradicting: 0,
        from: times[0],
        to: times.at(-1),
      };
    },
    tuples: async (group) => {
      for (const record of once) nameOf(record, group);
      return [...(tuples.get(group)?.values() ?? [])];
    },
    keys: async (plan) => {
      rows = once.map((record) => {
        const names = Object.fromEntries(GROUP_NAMES.map((group) => [group, nameOf(record, group)])) as Row['names'];
        return { record, names, witness: witnessOf(record, names), key: keyOf(record, names, plan) };
      });
      const keys = counted(rows, ({ key }) => key);
      return { count: keys.length, rows: ordered(keys) };
    },
    people: async (verdicts, members) => {
      const judged = joined(verdicts, members);
      return { judged: distinct(judged), stopped: distinct(judged.filter(({ verdict }) => verdict.isStopped)) };
    },
    groups: async (verdicts, members) => {
      const judged = joined(verdicts, members);
      const changed = judged.filter(({ verdict }) => verdict.class !== 'unchanged');
      const decided = changed.flatMap((line) =>
        line.verdict.policies.map(({ id, stops }) => ({ ...line, policy: id, stops })),
      );
      return [
        ...grouped('all', judged, () => ''),
        ...grouped('user', changed, ({ subject }) => `${subject}`),
        ...grouped('application', changed, ({ application }) => `${application}`),
        ...grouped(
          'location',
          changed,
          ({ verdict, row }) => verdict.location ?? `-${members.country.get(row.names.country)}`,
        ),
        ...grouped('policy', decided, ({ policy }) => policy ?? ''),
      ];
    },
    close: async () => {},
  };

  function joined(verdicts: readonly Verdict[], members: Members): Line[] {
    const byKey = new Map(verdicts.map((verdict) => [verdict.key, verdict]));
    return rows.flatMap((row) => {
      const verdict = byKey.get(row.key);
      if (verdict === undefined) return [];
      const { person: name, application } = row.names;
      const person = members.person.get(name);
      const { named, ofPerson = 'always' } = members.people.get(row.names.people) ?? {};
      return [
        {
          row,
          verdict,
          people: named ?? [person],
          subject: ofPerson === 'always' || ofPerson === person ? person : members.several,
          application: members.application.get(application),
          stops: verdict.isStopped,
        },
      ];
    });
  }
}

interface Line {
  readonly row: Row;
  readonly verdict: Verdict;
  /** Everybody who is counted. */
  readonly people: readonly (number | undefined)[];
  readonly subject: number | undefined;
  readonly application: number | undefined;
  readonly stops: boolean;
  readonly policy?: string;
}

function distinct(lines: readonly Line[]): number {
  return new Set(lines.flatMap(({ people }) => people)).size;
}

function grouped(by: GroupRow['by'], lines: readonly Line[], nameOf: (line: Line) => string): GroupRow[] {
  return [...Map.groupBy(lines, (line) => `${line.verdict.class} ${nameOf(line)}`).values()].map((group) => {
    const [first] = [...group.filter(({ stops }) => stops), ...group];
    if (first === undefined) throw new Error('an empty group');
    const weigh = (lines: readonly Line[]) => signInsOf(lines.map(({ row }) => row.record));
    const of = (kind: string) => weigh(group.filter(({ verdict }) => verdict.kind === kind));
    return {
      ...{ by, class: first.verdict.class, policy: first.policy, users: distinct(group), witness: first.row.witness },
      signIns: { interactive: of('interactive'), nonInteractive: of('nonInteractive'), workload: of('workload') },
      stopped: weigh(group.filter(({ stops }) => stops)),
    };
  });
}

function keyOf(record: RandomRecord, names: Row['names'], { classes, addresses, changes }: KeyPlan): string {
  const parsed = ADDRESS_COLUMNS.map((name) => addressOf(record[name]));
  const same = ADDRESS_PAIRS.map(([a, b]) => parsed[a] !== undefined && parsed[a]?.text === parsed[b]?.text);
  const time = String(record['createdDateTime'] ?? '');
  const isPlain = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(time);
  return JSON.stringify([
    GROUP_NAMES.map((group) => classes[group].get(names[group])),
    parsed.map((address) => addresses.classOf(address)),
    same,
    isPlain ? changes.map((change) => Date.parse(time) >= change) : time,
  ]);
}

function witnessOf(record: RandomRecord, tuples: Row['names']): Witness {
  const text = (name: string) => String(record[name] ?? '');
  return {
    id: record.id ?? '',
    createdDateTime: text('createdDateTime'),
    addresses: ADDRESS_COLUMNS.map(text),
    tuples,
  };
}

function counted(rows: readonly Row[], nameOf: (row: Row) => string): KeyRow[] {
  const found = new Map<string, { key: string; signIns: number; witness: Witness }>();
  for (const row of rows) {
    const known = found.get(nameOf(row));
    const signIns = signInsOf([row.record]);
    if (known === undefined) found.set(nameOf(row), { key: row.key, signIns, witness: row.witness });
    else known.signIns += signIns;
  }
  return [...found.values()];
}

async function* ordered(keys: readonly KeyRow[]): AsyncIterable<KeyRow> {
  yield* keys.toSorted((a, b) => compareTexts(a.witness.id, b.witness.id));
}

/** How many sign-ins these records stand for. */
function signInsOf(records: readonly RandomRecord[]): number {
  return records.reduce((sum, { signInCount }) => sum + Number(signInCount ?? 1), 0);
}

function valueAt(record: RandomRecord, path: string, { deviceIds }: Needs): string | null {
  if (path === 'category') return null;
  if (path === 'workloadAppId') return isPerson(record) ? null : valueAt(record, 'appId', { deviceIds });
  const [outer = '', inner] = path.split('.');
  const value = inner === undefined ? record[outer] : memberOf(record[outer], inner);
  if (!deviceIds && path === 'deviceDetail.displayName') return null;
  if (!deviceIds && path === 'deviceDetail.deviceId') return value === undefined ? null : value === '' ? '' : 'one';
  if (value === undefined || value === null) return null;
  if (!LISTS.has(path)) return typeof value === 'object' ? JSON.stringify(value) : String(value);
  const members = LISTED_MEMBERS[path];
  if (members === undefined || !Array.isArray(value)) return JSON.stringify(value);
  return JSON.stringify(
    value.map((each: unknown) => Object.fromEntries(members.map((name) => [name, memberOf(each, name) ?? null]))),
  );
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function isPerson(record: RandomRecord): boolean {
  const types = JSON.stringify(record['signInEventTypes'] ?? '');
  return (
    (record['userId'] !== undefined || record['userPrincipalName'] !== undefined) &&
    record['servicePrincipalId'] === undefined &&
    !/managedidentity|serviceprincipal/i.test(types)
  );
}
