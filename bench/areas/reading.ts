import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { readSignIns } from '../../src/intake/sign-ins/read-sign-ins.ts';
import { beginThreadFor } from '../../src/intake/sign-ins/scan/early-thread.ts';
import { MID, writeSignIns } from '../company.ts';
import type { Extent, Figure, Measurements } from '../figure.ts';
import { atLeast } from '../figure.ts';
import { median } from '../paired.ts';

/** Milliseconds in which a thread gets ready. */
const READY = 2_000;

const AREA = 'Reading sign-ins, without judging them';

/** Reads every sign-in for what it is judged by; how many there were. */
async function byGsa(file: string): Promise<number> {
  let count = 0;
  for await (const item of readSignIns([file])) if ('signIn' in item) count++;
  return count;
}

/** What anybody would write. */
async function byLines(file: string): Promise<number> {
  let count = 0;
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
    if ((JSON.parse(line) as { id?: unknown }).id !== undefined) count++;
  }
  return count;
}

/** Seconds by the clock and of processor time, of all threads. */
async function measured(work: () => Promise<number>, expected: number) {
  const [cpu, start] = [process.cpuUsage(), performance.now()];
  const count = await work();
  const { user, system } = process.cpuUsage(cpu);
  if (count !== expected) throw new Error(`${count} sign-ins were read, not ${expected}`);
  return { wall: (performance.now() - start) / 1000, cpu: (user + system) / 1e6 };
}

/** Both in one process, in turns. */
export async function reading({ folder, isFull, rounds }: Extent): Promise<Measurements> {
  const records = isFull ? 200_000 : 50_000;
  const file = join(folder, 'read.ndjson');
  await writeSignIns(file, records, MID);
  const [ours, theirs]: [Awaited<ReturnType<typeof measured>>[], Awaited<ReturnType<typeof measured>>[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    // In a command it gets ready while the tenant is read, and has no types to strip.
    beginThreadFor([file]);
    await setTimeout(READY);
    ours.push(await measured(() => byGsa(file), records));
    theirs.push(await measured(() => byLines(file), records));
  }
  const figure = (of: 'wall' | 'cpu', told: string): Figure => {
    const [value, against] = [median(ours.map((run) => run[of])), median(theirs.map((run) => run[of]))];
    const peer = { name: 'readline + JSON.parse', value: against };
    const what = `reading ${records.toLocaleString('en')} records, ${told}`;
    const goal = of === 'wall' ? { goal: atLeast(against / value, 5, '≥ 5 × as fast') } : {};
    return { area: AREA, what, value, unit: 's', peer, ratio: against / value, ...goal };
  };
  return { figures: [figure('wall', 'by the clock'), figure('cpu', 'processor time')], growth: [] };
}
