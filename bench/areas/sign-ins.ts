import { join } from 'node:path';
import type { CompanySize } from '../company.ts';
import { MID, writeCompany, writeSignIns } from '../company.ts';
import type { Extent, Figure, Growth, Measurements } from '../figure.ts';
import { atLeast, atMost } from '../figure.ts';
import type { Cost } from '../processes.ts';
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
      raw: `${peer('raw-read.mjs')} ${file}`,
      loop: `${peer('careful-loop.ts')} ${file} ${tenant}`,
      replay: `${GSA} replay ${file} --dry-run --quiet --tenant ${tenant}`,
      impact: `${GSA} impact ${file} --quiet --yes --tenant ${tenant}`,
    },
    Math.min(rounds, 3),
  );
  const told = `${records.toLocaleString('en')} records`;
  const figures: Figure[] = [
    ...beside(costs, ['replay', `replay --dry-run, ${told}`], ['raw', 'raw read'], {
      most: 12,
      text: '≤ 12 × a raw read',
    }),
    ...beside(costs, ['replay', `replay --dry-run, ${told}`], ['loop', 'readline + JSON.parse + careful loop'], {
      least: 5,
      text: '≥ 5 × as fast',
    }),
    ...beside(costs, ['impact', `impact, ${told}`], ['replay', 'replay --dry-run'], { most: 1.3, text: '≤ 1.3 ×' }),
    ...(['replay', 'impact'] as const).map((name): Figure => {
      const peak = costs[name]?.peak ?? Number.NaN;
      const what = name === 'replay' ? 'replay --dry-run' : name;
      return { area: AREA, what: `${what}, peak memory`, value: peak, unit: 'MB', goal: atMost(peak, 200, '≤ 200 MB') };
    }),
    ...(await logFigures(file, tenant, records, rounds)),
  ];
  return { figures, growth: [await byRecords(extent, tenant), await byPolicies(extent)] };
}

/** How many times as long as its peer a command takes at most, or how many times as long its peer at least. */
type Times = ({ readonly most: number } | { readonly least: number }) & { readonly text: string };

/** One command beside another: by the clock on the wall, which the goal is about, and by processor time. */
function beside(
  costs: Readonly<Record<string, Cost>>,
  [name, what]: readonly [name: string, what: string],
  [peerName, peerTold]: readonly [name: string, told: string],
  times: Times,
): readonly Figure[] {
  return [figure('wall', 'by the clock'), figure('cpu', 'processor time')];

  function figure(of: 'wall' | 'cpu', told: string): Figure {
    const [value, against] = [costs[name]?.[of] ?? Number.NaN, costs[peerName]?.[of] ?? Number.NaN];
    const ratio = 'most' in times ? value / against : against / value;
    const goal = 'most' in times ? atMost(ratio, times.most, times.text) : atLeast(ratio, times.least, times.text);
    const peer = { name: peerTold, value: against };
    return { area: AREA, what: `${what}, ${told}`, value, unit: 's', peer, ratio, ...(of === 'wall' ? { goal } : {}) };
  }
}

async function company(folder: string, name: string, size: CompanySize): Promise<string> {
  const [exported, tenant] = [join(folder, `${name}-export`), join(folder, `${name}.json`)];
  await writeCompany(exported, size);
  await once(`${GSA} init --empty --quiet --tenant ${tenant}`);
  await once(`${GSA} import ${exported} --yes --force --quiet --tenant ${tenant}`);
  return tenant;
}

async function logFigures(file: string, tenant: string, records: number, rounds: number): Promise<Figure[]> {
  const log = await once(`${GSA} replay ${file} --quiet --yes --tenant ${tenant}`);
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
      what: `replay into the log, ${records.toLocaleString('en')} records, by the clock`,
      value: records / log.wall,
      unit: 'a second',
      goal: atLeast(records / log.wall, 25_000, '≥ 25,000 a second'),
    },
    { area: AREA, what: 'replay into the log, processor time', value: log.cpu, unit: 's' },
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
