import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SelfCheck } from '../src/core/impact/self-check.ts';
import { switched, worldOf } from '../src/core/impact/world.ts';
import type { Tenant } from '../src/core/tenant/tenant.ts';
import { readSignIns } from '../src/intake/sign-ins/read-sign-ins.ts';
import { forecast } from '../src/replay/forecast.ts';
import { createJudge } from '../src/replay/judge.ts';
import { replay } from '../src/replay/replay.ts';
import { generateSignIns } from '../test/support/generate-sign-ins.ts';
import { APPLICATIONS, generateTenant, SIZES } from './generated-tenant.ts';
import { median } from './paired.ts';

/**
 * `gsa impact` beside `gsa replay --dry-run`: the same file, the same tenant of 195 policies, both from disk to report,
 * turn about. Impact judges every sign-in twice and checks itself on top; the goal is no more than 1.3 times as long, and
 * memory that does not grow with the file. `node bench/impact.ts [records] [rounds]`.
 */
const [records = 200_000, rounds = 3] = process.argv.slice(2).map(Number);
const GOAL = 1.3;

const folder = await mkdtemp(join(tmpdir(), 'gsa-bench-'));
const file = join(folder, 'signins.ndjson');
const tenant = generateTenant(1);
try {
  await writeRecords(file, tenant, records);
  const half = join(folder, 'half.ndjson');
  await writeRecords(half, tenant, records / 2);
  const times: Record<'replay' | 'impact', number[]> = { replay: [], impact: [] };
  await runImpact(half);
  for (let round = 0; round < rounds; round++) {
    // Turn about, so that a slow moment of the machine hits both alike.
    const order = round % 2 === 0 ? (['replay', 'impact'] as const) : (['impact', 'replay'] as const);
    for (const name of order)
      times[name].push(await timed(() => (name === 'replay' ? runReplay(file) : runImpact(file))));
  }
  const ratios = times.impact.map((time, at) => time / (times.replay[at] ?? Number.NaN));
  const perSecond = (list: readonly number[]) => Math.round(records / median(list)).toLocaleString('en');
  console.log(`${records} sign-ins, ${tenant.policies.length} policies, median of ${rounds} rounds turn about`);
  console.log(`  replay --dry-run  ${median(times.replay).toFixed(1)} s  ${perSecond(times.replay)} a second`);
  console.log(`  impact            ${median(times.impact).toFixed(1)} s  ${perSecond(times.impact)} a second`);
  const ratio = median(ratios);
  const each = ratios.map((one) => one.toFixed(2)).join(', ');
  console.log(
    `  impact takes ${ratio.toFixed(2)} × replay (${each}); goal ${GOAL} ×: ${ratio <= GOAL ? 'met' : 'missed'}`,
  );
  const [small, large] = [await peak(() => runImpact(half)), await peak(() => runImpact(file))];
  console.log(`  heap while impact runs: ${small} MB at ${records / 2} sign-ins, ${large} MB at ${records}`);
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function runReplay(path: string): Promise<void> {
  await replay(readSignIns([path]), {
    judge: createJudge(tenant, 1, 'enabled'),
    sink: undefined,
    batchSize: 1_000,
    interrupted: new AbortController().signal,
    onProgress: () => undefined,
  });
}

async function runImpact(path: string): Promise<void> {
  const before = worldOf(tenant, 'enabled');
  const counts = await forecast(readSignIns([path]), {
    before,
    after: switched(before, 'disabled'),
    selfCheck: new SelfCheck(before),
    signInId: undefined,
    interrupted: new AbortController().signal,
    onProgress: () => undefined,
  });
  if ((process.env['SHOW'] ?? '') !== '')
    console.log(counts.classes, counts.outcomes, counts.missing.slice(0, 5), counts.untouched);
}

/** Seconds of the processor: on a machine that others use as well, the clock on the wall tells more about them. */
async function timed(run: () => Promise<void>): Promise<number> {
  const start = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

/** The largest heap seen in between, after a collection where `--expose-gc` allows one. */
async function peak(run: () => Promise<void>): Promise<number> {
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
async function writeRecords(path: string, { users = [] }: Tenant, count: number): Promise<void> {
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
