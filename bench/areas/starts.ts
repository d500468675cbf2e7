import { join } from 'node:path';
import type { Extent, Measurements } from '../figure.ts';
import { atMost } from '../figure.ts';
import { compare, GSA, NODE, once } from '../processes.ts';

/** What a start costs, beside a Node that does nothing. */
export async function starts({ rounds, folder }: Extent): Promise<Measurements> {
  const tenant = join(folder, 'sample.json');
  await once(`${GSA} init --quiet --tenant ${tenant}`);
  const costs = await compare(
    {
      'node -e 0': `${NODE} -e 0`,
      '--version': `${GSA} --version`,
      '--help': `${GSA} --help`,
      'signaling status': `${GSA} signaling status --quiet --tenant ${tenant}`,
    },
    3 * rounds,
  );
  const base = costs['node -e 0']?.cpu ?? Number.NaN;
  const goals = { '--version': 1.15, '--help': 1.4, 'signaling status': 3 };
  const figures = Object.entries(goals).map(([what, limit]) => {
    const cpu = costs[what]?.cpu ?? Number.NaN;
    const ratio = cpu / base;
    return {
      area: 'Start, on the sample tenant',
      what: `gsa ${what}`,
      value: cpu * 1000,
      unit: 'ms' as const,
      peer: { name: 'node -e 0', value: base * 1000 },
      ratio,
      goal: atMost(ratio, limit, `≤ ${limit} ×`),
    };
  });
  return { figures, growth: [] };
}
