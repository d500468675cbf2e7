import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signInsOf } from '../src/core/impact/counter.ts';
import { SelfCheck } from '../src/core/impact/self-check.ts';
import { switched, worldOf } from '../src/core/impact/world.ts';
import type { Tenant } from '../src/core/tenant/tenant.ts';
import { readSignIns } from '../src/intake/sign-ins/read-sign-ins.ts';
import type { ForecastCounts } from '../src/replay/forecast.ts';
import { forecast } from '../src/replay/forecast.ts';
import { createJudge } from '../src/replay/judge.ts';
import { replay } from '../src/replay/replay.ts';
import { generateSignIns } from '../test/support/generate-sign-ins.ts';
import { APPLICATIONS, generateTenant, SIZES } from './generated-tenant.ts';
import { median } from './paired.ts';

/**
 * `gsa impact` beside `gsa replay --dry-run`: the same file, the same tenant of 195 policies, both from disk to report,
 * turn about. Impact judges every sign-in twice and checks itself on top; the goal is no more than 1.3 times as long, and
 * memory that does not grow with the file. Once more where facts are missing, as in most exports: the tenant also looks at
 * countries, and the records tell none. `node bench/impact.ts [records] [rounds]`.
 */
const [records = 200_000, rounds = 3] = process.argv.slice(2).map(Number);
const GOAL = 1.3;

const folder = await mkdtemp(join(tmpdir(), 'gsa-bench-'));
try {
  const whole = { tenant: generateTenant(1), file: join(folder, 'whole.ndjson') };
  await writeRecords(whole.file, whole.tenant, records, true);
  await race('all facts told', whole);
  const lacking = { tenant: withCountries(whole.tenant), file: join(folder, 'lacking.ndjson') };
  await writeRecords(lacking.file, lacking.tenant, records, false);
  await race('no record tells a country', lacking);
  const half = { tenant: whole.tenant, file: join(folder, 'half.ndjson') };
  await writeRecords(half.file, half.tenant, records / 2, true);
  const [small, large] = [await peak(() => runImpact(half)), await peak(() => runImpact(whole))];
  console.log(`heap while impact runs: ${small} MB at ${records / 2} sign-ins, ${large} MB at ${records}`);
} finally {
  await rm(folder, { recursive: true, force: true });
}

interface Scene {
  readonly tenant: Tenant;
  readonly file: string;
}

async function race(name: string, scene: Scene): Promise<void> {
  const times: Record<'replay' | 'impact', number[]> = { replay: [], impact: [] };
  const counts = await runImpact(scene);
  await runReplay(scene);
  for (let round = 0; round < rounds; round++) {
    // Turn about, so that a slow moment of the machine hits both alike.
    const order = round % 2 === 0 ? (['replay', 'impact'] as const) : (['impact', 'replay'] as const);
    for (const each of order)
      times[each].push(await timed(() => (each === 'replay' ? runReplay(scene) : runImpact(scene))));
  }
  const ratios = times.impact.map((time, at) => time / (times.replay[at] ?? Number.NaN));
  const perSecond = (list: readonly number[]) => Math.round(records / median(list)).toLocaleString('en');
  const unknown = counts.classes.find((each) => each.class === 'unknown');
  console.log(
    `${name}: ${records} sign-ins, ${scene.tenant.policies.length} policies, median of ${rounds} rounds turn about; ` +
      `${unknown === undefined ? 0 : signInsOf(unknown)} cannot be told`,
  );
  console.log(`  replay --dry-run  ${median(times.replay).toFixed(1)} s  ${perSecond(times.replay)} a second`);
  console.log(`  impact            ${median(times.impact).toFixed(1)} s  ${perSecond(times.impact)} a second`);
  const ratio = median(ratios);
  const each = ratios.map((one) => one.toFixed(2)).join(', ');
  console.log(
    `  impact takes ${ratio.toFixed(2)} × replay (${each}); goal ${GOAL} ×: ${ratio <= GOAL ? 'met' : 'missed'}`,
  );
  if ((process.env['SHOW'] ?? '') !== '')
    console.log(counts.classes, counts.outcomes, counts.missing.slice(0, 5), counts.untouched);
}

async function runReplay({ tenant, file }: Scene): Promise<void> {
  await replay(readSignIns([file]), {
    judge: createJudge(tenant, 1, 'enabled'),
    sink: undefined,
    batchSize: 1_000,
    interrupted: new AbortController().signal,
    onProgress: () => undefined,
  });
}

async function runImpact({ tenant, file }: Scene): Promise<ForecastCounts> {
  const before = worldOf(tenant, 'enabled');
  return forecast(readSignIns([file]), {
    before,
    after: switched(before, 'disabled'),
    selfCheck: new SelfCheck(before),
    signInId: undefined,
    interrupted: new AbortController().signal,
    onProgress: () => undefined,
  });
}

/** Every tenth policy leaves out, or is only for, a few countries. */
function withCountries(tenant: Tenant): Tenant {
  const countries = [['IE', 'FR'], ['US'], ['BE', 'DE', 'NL']].map((codes, at) => ({
    '@odata.type': '#microsoft.graph.countryNamedLocation' as const,
    id: `f0000000-0000-4000-8000-00000000000${at}`,
    displayName: `Countries ${at}`,
    countriesAndRegions: codes,
    includeUnknownCountriesAndRegions: false,
  }));
  const policies = tenant.policies.map((policy, at) => {
    const id = countries[at % countries.length]?.id ?? '';
    const locations =
      at % 20 === 0
        ? { includeLocations: [id], excludeLocations: [] }
        : { includeLocations: ['All'], excludeLocations: [id] };
    return at % 10 === 0 ? { ...policy, conditions: { ...policy.conditions, locations } } : policy;
  });
  return { ...tenant, policies, namedLocations: [...tenant.namedLocations, ...countries] };
}

/** Seconds of the processor: on a machine that others use as well, the clock on the wall tells more about them. */
async function timed(run: () => Promise<unknown>): Promise<number> {
  const start = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

/** The largest heap seen in between, after a collection where `--expose-gc` allows one. */
async function peak(run: () => Promise<unknown>): Promise<number> {
  let largest = 0;
  const look = () => {
    globalThis.gc?.();
    largest = Math.max(largest, process.memoryUsage().heapUsed);
  };
  const timer = setInterval(look, 250);
  await run();
  clearInterval(timer);
  return Math.round(largest / 1e6);
}

/** Generated sign-ins of this tenant's people at its applications, half of them in one of its locations. */
async function writeRecords(path: string, { users = [] }: Tenant, count: number, tellsCountry: boolean): Promise<void> {
  const stream = createWriteStream(path);
  const endless = generateSignIns({ users: SIZES.users, throughGsa: 0.7 });
  for (let number = 0; number < count; number++) {
    const record = endless.next().value;
    const user = users[number % users.length];
    const appId = APPLICATIONS[number % APPLICATIONS.length];
    const own = `10.${number % 160}.${(number * 7) % 256}.${(number * 13) % 256}`;
    const policy = `90000000-0000-4000-8000-${(number % SIZES.policies).toString(16).padStart(12, '0')}`;
    const line = JSON.stringify({
      ...record,
      ...(tellsCountry ? {} : { location: undefined }),
      userId: user?.id,
      resourceId: appId,
      conditionalAccessAudiences: [appId],
      ipAddress: own,
      appliedConditionalAccessPolicies: [
        { id: policy, displayName: 'recorded', result: 'notApplied', conditionsNotSatisfied: 'application' },
      ],
    });
    if (!stream.write(`${line}\n`)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'close');
}
