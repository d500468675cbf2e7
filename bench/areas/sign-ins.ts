import { join } from 'node:path';
import type { CompanySize } from '../company.ts';
import { MID, writeCompany, writeSignIns } from '../company.ts';
import type { Extent, Figure, Growth, Measurements } from '../figure.ts';
import { atLeast, atMost } from '../figure.ts';
import { compare, GSA, NODE, once, peer } from '../processes.ts';

const AREA = 'Sign-ins, an ordinary company, whole processes';

/** Replay, impact and the log, beside a raw read of the file and the loop that an administrator would write. */
export async function signIns(extent: Extent): Promise<Measurements> {
  const { folder, isFull, rounds } = extent;
  const records = isFull ? 200_000 : 50_000;
  const tenant = await company(folder, 'replayed', MID);
  const file = join(folder, 'sign-ins.ndjson');
  await writeSignIns(file, records, MID);
  const costs = await compare(
    {
      raw: `${peer('raw-read')} ${file}`,
      loop: `${peer('careful-loop')} ${file} ${tenant}`,
      replay: `${GSA} replay ${file} --dry-run --quiet --tenant ${tenant}`,
      impact: `${GSA} impact ${file} --quiet --yes --tenant ${tenant}`,
    },
    Math.min(rounds, 3),
  );
  const seconds = (name: string) => costs[name]?.cpu ?? Number.NaN;
  const told = `${records.toLocaleString('en')} records`;
  const [raw, loop, replay, impact] = [seconds('raw'), seconds('loop'), seconds('replay'), seconds('impact')];
  const figures: Figure[] = [
    {
      area: AREA,
      what: `replay --dry-run, ${told}`,
      value: replay,
      unit: 's',
      peer: { name: 'raw read', value: raw },
      ratio: replay / raw,
      goal: atMost(replay / raw, 12, '≤ 12 × a raw read'),
    },
    {
      area: AREA,
      what: `replay --dry-run, ${told}`,
      value: replay,
      unit: 's',
      peer: { name: 'readline + JSON.parse + careful loop', value: loop },
      ratio: loop / replay,
      goal: atLeast(loop / replay, 5, '≥ 5 × as fast'),
    },
    {
      area: AREA,
      what: `impact, ${told}`,
      value: impact,
      unit: 's',
      peer: { name: 'replay --dry-run', value: replay },
      ratio: impact / replay,
      goal: atMost(impact / replay, 1.3, '≤ 1.3 ×'),
    },
    ...['replay', 'impact'].map((name): Figure => {
      const peak = costs[name]?.peak ?? Number.NaN;
      return { area: AREA, what: `${name}, peak memory`, value: peak, unit: 'MB', goal: atMost(peak, 200, '≤ 200 MB') };
    }),
    ...(await logFigures(file, tenant, records, rounds)),
  ];
  return { figures, growth: [await byRecords(extent, tenant), await byPolicies(extent)] };
}

async function company(folder: string, name: string, size: CompanySize): Promise<string> {
  const [exported, tenant] = [join(folder, `${name}-export`), join(folder, `${name}.json`)];
  await writeCompany(exported, size);
  await once(`${GSA} init --empty --quiet --tenant ${tenant}`);
  await once(`${GSA} import ${exported} --yes --force --quiet --tenant ${tenant}`);
  return tenant;
}

async function logFigures(file: string, tenant: string, records: number, rounds: number): Promise<Figure[]> {
  const { cpu } = await once(`${GSA} replay ${file} --quiet --yes --tenant ${tenant}`);
  const costs = await compare(
    {
      node: `${NODE} -e 0`,
      logs: `${GSA} logs --user person7@contoso.example --limit 20 --quiet --tenant ${tenant}`,
    },
    3 * rounds,
  );
  const ratio = (costs['logs']?.cpu ?? Number.NaN) / (costs['node']?.cpu ?? Number.NaN);
  return [
    {
      area: AREA,
      what: `replay into the log, ${records.toLocaleString('en')} records, by processor time`,
      value: records / cpu,
      unit: 'a second',
      goal: atLeast(records / cpu, 25_000, '≥ 25,000 a second'),
    },
    { area: AREA, what: 'replay into the log, processor time', value: cpu, unit: 's' },
    {
      area: AREA,
      what: `logs --user, last 20 of ${records.toLocaleString('en')}`,
      value: (costs['logs']?.cpu ?? Number.NaN) * 1000,
      unit: 'ms',
      peer: { name: 'node -e 0', value: (costs['node']?.cpu ?? Number.NaN) * 1000 },
      ratio,
      goal: atMost(ratio, 2, '≤ 2 ×'),
    },
  ];
}

async function byRecords({ folder, isFull }: Extent, tenant: string): Promise<Growth> {
  const points: [number, number][] = [];
  for (const records of isFull ? [5_000, 20_000, 100_000, 500_000] : [5_000, 20_000, 80_000]) {
    const file = join(folder, `records-${records}.ndjson`);
    await writeSignIns(file, records, MID, 2);
    points.push([records, (await once(`${GSA} replay ${file} --dry-run --quiet --tenant ${tenant}`)).cpu]);
  }
  return { name: 'records', title: 'replay --dry-run', across: 'sign-ins', up: 's of processor time', points };
}

async function byPolicies({ folder, isFull }: Extent): Promise<Growth> {
  const file = join(folder, 'few.ndjson');
  await writeSignIns(file, 20_000, MID, 3);
  const points: [number, number][] = [];
  for (const policies of isFull ? [10, 50, 195, 1_000, 2_000] : [10, 50, 195, 1_000]) {
    const tenant = await company(folder, `policies-${policies}`, { ...MID, policies, people: 2_000 });
    points.push([policies, (await once(`${GSA} replay ${file} --dry-run --quiet --tenant ${tenant}`)).cpu]);
  }
  return {
    name: 'policies',
    title: 'replay --dry-run of 20,000 sign-ins',
    across: 'policies',
    up: 's of processor time',
    points,
  };
}
