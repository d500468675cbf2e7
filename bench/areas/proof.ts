import { join } from 'node:path';
import type { CompanySize } from '../company.ts';
import { MID, writeCompany } from '../company.ts';
import type { Extent, Figure, Measurements } from '../figure.ts';
import { atMost } from '../figure.ts';
import { GSA, once } from '../processes.ts';

const AREA = 'Proofs: what changes for every sign-in there could be';

/** As many policies as a tenant may have, without the ranges at the limit: a proof cuts addresses by them once. */
const MOST_POLICIES: CompanySize = { policies: 195, locations: 50, ranges: 1_000, people: 20_000 };

/** What a proof costs of a tenant as most publish theirs, of an ordinary company, and of one with all policies that there may be. */
export async function proof({ folder, isFull }: Extent): Promise<Measurements> {
  const few = await imported(folder, 'few-people', { ...MID, people: 20 });
  const [mid, most] = [await imported(folder, 'proof-mid', MID), await imported(folder, 'proof-most', MOST_POLICIES)];
  const edit = `--of policy:${FIRST_POLICY}=disabled`;
  const figures = [
    await figuresOf('the switch, 50 policies and 20 people', `impact --all --tenant ${few}`, 1, 200),
    await figuresOf('the switch, 50 policies and 20,000 people', `impact --all --tenant ${mid}`, 3, 400),
    await figuresOf(
      'the switch, 195 policies, 1,000 ranges and 20,000 people',
      `impact --all --tenant ${most}`,
      3,
      400,
    ),
    await figuresOf(
      'one policy switched off, 50 policies and 20 people',
      `impact --all ${edit} --tenant ${few}`,
      0.5,
      200,
    ),
    ...(isFull
      ? [
          await figuresOf(
            'one policy switched off, 195 policies, 1,000 ranges and 20,000 people',
            `impact --all ${edit} --tenant ${most}`,
            3,
            400,
          ),
        ]
      : []),
  ];
  return { figures: figures.flat(), growth: [] };
}

const FIRST_POLICY = '90000000-0000-4000-8000-000000000000';

async function imported(folder: string, name: string, size: CompanySize): Promise<string> {
  const [exported, tenant] = [join(folder, `${name}-export`), join(folder, `${name}.json`)];
  await writeCompany(exported, size);
  await once(`${GSA} init --empty --quiet --tenant ${tenant}`);
  await once(`${GSA} import ${exported} --yes --force --quiet --tenant ${tenant}`);
  await once(`${GSA} tenant set --known policies --quiet --tenant ${tenant}`);
  return tenant;
}

async function figuresOf(what: string, command: string, seconds: number, megabytes: number): Promise<Figure[]> {
  const { cpu, peak } = await once(`${GSA} ${command} --quiet`);
  return [
    { area: AREA, what, value: cpu, unit: 's', goal: atMost(cpu, seconds, `≤ ${seconds} s`) },
    {
      area: AREA,
      what: `${what}, peak memory`,
      value: peak,
      unit: 'MB',
      goal: atMost(peak, megabytes, `≤ ${megabytes} MB`),
    },
  ];
}
