import { join } from 'node:path';
import type { CompanySize } from '../company.ts';
import { BIG, MID, writeCompany } from '../company.ts';
import type { Extent, Figure, Growth, Measurements } from '../figure.ts';
import { atMost } from '../figure.ts';
import type { Cost } from '../processes.ts';
import { GSA, once } from '../processes.ts';

/** What the commands of an administrator cost on an ordinary company and on one at Microsoft's limits. */
export async function companies({ folder, isFull }: Extent): Promise<Measurements> {
  const [mid, big] = [await imported(folder, 'mid', MID), await imported(folder, 'big', BIG)];
  const figures = [
    importFigure('ordinary company', mid.cost, 1.5),
    importFigure('at the limits', big.cost, 5),
    ...(await commandFigures(big.tenant)),
    await writeFigure(big.tenant),
  ];
  const sizes = isFull ? [1_000, 5_000, 20_000, 50_000] : [1_000, 5_000, 20_000];
  return { figures: figures.flat(), growth: [await byPeople(folder, sizes)] };
}

async function imported(folder: string, name: string, size: CompanySize): Promise<{ tenant: string; cost: Cost }> {
  const [exported, tenant] = [join(folder, `${name}-export`), join(folder, `${name}.json`)];
  await writeCompany(exported, size);
  await once(`${GSA} init --empty --quiet --tenant ${tenant}`);
  return { tenant, cost: await once(`${GSA} import ${exported} --yes --force --quiet --tenant ${tenant}`) };
}

function importFigure(company: string, { cpu, peak }: Cost, limit: number): Figure[] {
  const area = 'Import';
  return [
    { area, what: company, value: cpu, unit: 's', goal: atMost(cpu, limit, `≤ ${limit} s`) },
    { area, what: `${company}, peak memory`, value: peak, unit: 'MB' },
  ];
}

const COMMANDS = ['check', 'signaling status', 'policy dependencies', 'signaling disable --dry-run'];

async function commandFigures(tenant: string): Promise<Figure[]> {
  const area = 'Commands on a company at the limits';
  const figures: Figure[] = [];
  for (const command of COMMANDS) {
    // A switch that dependents stand against is refused, once all is worked out.
    const { cpu, peak } = await once(`{ ${GSA} ${command} --quiet --yes --tenant ${tenant} || test $? = 3; }`);
    figures.push(
      { area, what: command, value: cpu, unit: 's', goal: atMost(cpu, 2, '≤ 2 s') },
      { area, what: `${command}, peak memory`, value: peak, unit: 'MB', goal: atMost(peak, 300, '≤ 300 MB') },
    );
  }
  return figures;
}

async function writeFigure(tenant: string): Promise<Figure[]> {
  const { cpu, peak } = await once(`${GSA} location untrust ${FIRST_LOCATION} --quiet --yes --tenant ${tenant}`);
  const area = 'Commands on a company at the limits';
  return [
    { area, what: 'one write', value: cpu, unit: 's', goal: atMost(cpu, 1, '≤ 1 s') },
    { area, what: 'one write, peak memory', value: peak, unit: 'MB' },
  ];
}

const FIRST_LOCATION = 'c0000000-0000-4000-8000-000000000000';

async function byPeople(folder: string, sizes: readonly number[]): Promise<Growth> {
  const points: [number, number][] = [];
  for (const people of sizes) {
    const { cost } = await imported(folder, `people-${people}`, { ...MID, people });
    points.push([people, cost.cpu]);
  }
  return { name: 'people', title: 'Import', across: 'people', up: 's of processor time', points };
}
