import type { ChildProcess } from 'node:child_process';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { rolldown } from 'rolldown';
import { beforeAll, describe, expect, test } from 'vitest';
import { rewriting } from '../../src/commands/rewriting.ts';
import { applyPlan } from '../../src/core/tenant/plans/edit.ts';
import { SignInFile } from '../../src/store/sign-in-log/sign-in-log.ts';
import { TenantFile } from '../../src/store/tenant/file.ts';
import { inFolder, LINEAGE, loggedSignIn, rename, tenantFileIn } from '../support/store-samples.ts';
import { PROJECT } from '../support/terminal.ts';

/** Processes at a time. */
const LANES = 4;

/** It only ends hangs: nothing below depends on how long anything takes. */
const PATIENCE = 1_200_000;

/** What the processes run: to find hundreds of sources and to compile them would take most of their time. */
const BUILT = join(PROJECT, 'node_modules/.cache/faults');
const ENVIRONMENT = { ...process.env, NODE_COMPILE_CACHE: join(BUILT, 'compiled') };

/** The scripts with all that they load, and the thread that one of them begins where it looks for it. */
async function buildScripts(): Promise<void> {
  const bundle = await rolldown({
    input: {
      'drivers/store-driver': 'test/faults/store-driver.ts',
      'drivers/store-sweep': 'test/faults/store-sweep.ts',
      'store/sign-in-log/log-thread': 'src/store/sign-in-log/log-thread.ts',
      'store/sign-in-log/pack-thread': 'src/store/sign-in-log/pack-thread.ts',
    },
    cwd: PROJECT,
    platform: 'node',
    resolve: { mainFields: ['module', 'main'] },
  });
  await bundle.write({ dir: BUILT, chunkFileNames: 'drivers/[name].js' });
  await bundle.close();
}

const start = (script: string, ...args: (string | number)[]): ChildProcess =>
  spawn(process.execPath, ['--no-warnings', join(BUILT, `drivers/${script}.js`), ...args.map(String)], {
    env: ENVIRONMENT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });

/** Runs a script to its end: exit code (`null` when it was killed) and what it said. */
async function run(script: string, ...args: (string | number)[]) {
  const child = start(script, ...args);
  let output = '';
  child.stdout?.on('data', (text) => (output += text));
  child.stderr?.on('data', (text) => (output += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}

/** Starts a script that goes on for ever and kills it some milliseconds after its first line: the last whole line, a number. */
async function killed(milliseconds: number, script: string, ...args: string[]): Promise<number> {
  const child = start(script, ...args);
  let output = '';
  let trouble = '';
  child.stderr?.on('data', (text) => (trouble += text));
  const closed = once(child, 'close');
  const spoken = new Promise<void>((resolve) => {
    child.stdout?.on('data', (text) => {
      output += text;
      resolve();
    });
  });
  await Promise.race([spoken, closed]);
  await delay(milliseconds);
  child.kill('SIGKILL');
  // It did not end by itself, and it had acknowledged something.
  expect([...(await closed), trouble]).toEqual([null, 'SIGKILL', '']);
  const acknowledged = Number(output.slice(0, output.lastIndexOf('\n')).split('\n').at(-1));
  expect(acknowledged).toBeGreaterThan(0);
  return acknowledged;
}

/** Tells `npm run test:faults` how much was tried. */
function tellCount(name: string, count: number): void {
  const file = process.env['GSA_FUZZ_COUNTS'];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify({ name, count })}\n`);
}

/** Does all of it, some at a time. */
async function inLanes<T>(all: readonly T[], work: (each: T) => Promise<void>): Promise<void> {
  const rest = [...all];
  const lane = async () => {
    for (let next = rest.shift(); next !== undefined; next = rest.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

/** The state in a folder is whole, has an entry for every serial, and the next write works at its first try for the lock. */
async function expectWhole(folder: string): Promise<number> {
  const store = new TenantFile(join(folder, 'tenant.json'), applyPlan);
  const { serial } = store.read();
  expect(store.journal().verify()).toEqual([]);
  expect(store.journal().entries()).toHaveLength(serial);
  expect((await rename(store, 'Next', `next-${serial}`, 0)).serial).toBe(serial + 1);
  expect(store.journal().verify()).toEqual([]);
  expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  return serial;
}

beforeAll(async () => {
  await buildScripts();
  await inFolder(async (folder) => {
    expect(await run('store-driver', 'create', join(folder, 'tenant.json'))).toEqual({ code: 0, output: '' });
  });
});

describe('the tenant file under faults', { timeout: PATIENCE }, () => {
  test('no error at any file operation tears it, loses it, or passes for success', async () => {
    const { code, output } = await run('store-sweep', 'ENOSPC', 'EIO', 'EROFS', 'EACCES', 'SHORT', 'FULL');
    expect(code, output).toBe(0);
    const { faults, operations, violations } = JSON.parse(output);
    expect(violations).toEqual([]);
    expect(operations).toBeGreaterThan(10);
    expect(faults).toBe(6 * operations);
    tellCount('faults at file operations', faults);
  });

  test('no kill at any file operation tears it, and the next writer begins at once', () =>
    inFolder(async (root) => {
      const seed = join(root, 'seed');
      await tenantFileIn(seed, 2);
      cpSync(seed, join(root, 'counted'), { recursive: true });
      const counted = await run('store-sweep', 'at', 0, 'KILL', join(root, 'counted', 'tenant.json'));
      const moments = Array.from({ length: Number(counted.output) }, (_, n) => n + 1);
      expect(moments.length).toBeGreaterThan(10);
      tellCount('kills at file operations', 3 * moments.length);
      await inLanes(
        moments.flatMap((at) => ['KILL', 'KILLAFTER', 'TORN'].map((fault) => ({ at, fault }))),
        async ({ at, fault }) => {
          const folder = join(root, `${fault}-${at}`);
          cpSync(seed, folder, { recursive: true });
          const { code, output } = await run('store-sweep', 'at', at, fault, join(folder, 'tenant.json'));
          expect(code, output).toBeNull();
          expect([2, 3]).toContain(await expectWhole(folder));
        },
      );
    }));

  test('a hundred kills at any moment: what was acknowledged is there', () =>
    inFolder(async (root) => {
      const lanes = Array.from({ length: LANES }, (_, n) => join(root, `${n}`));
      for (const folder of lanes) await tenantFileIn(folder);
      let rounds = 0;
      await inLanes(lanes, async (folder) => {
        for (let round = 0; round < 100 / LANES; round++) {
          const acknowledged = await killed(
            (rounds++ * 37) % 60,
            'store-driver',
            'keep-writing',
            join(folder, 'tenant.json'),
            `${round}`,
          );
          const serial = await expectWhole(folder);
          expect(serial - acknowledged).toBeGreaterThanOrEqual(0);
          expect(serial - acknowledged).toBeLessThanOrEqual(1);
        }
      });
      expect(rounds).toBe(100);
      tellCount('kills at any moment', rounds);
    }));

  test('fifty writers at once: every acknowledged write is there', () =>
    inFolder(async (folder) => {
      const store = await tenantFileIn(folder);
      const writers = Array.from({ length: 50 }, (_, n) => run('store-driver', 'write', store.path, n));
      const exits = await Promise.all(writers);
      expect(exits.filter(({ code }) => code !== 0)).toEqual([]);
      expect(await expectWhole(folder)).toBe(51);
      tellCount('writers at once', writers.length);
    }));

  test('readers beside a writer see whole versions, and never an older one after a newer', () =>
    inFolder(async (folder) => {
      const store = await tenantFileIn(folder);
      const writer = start('store-driver', 'keep-writing', store.path, 'x');
      const closed = once(writer, 'close');
      try {
        const seen = new Set<number>();
        let last = 0;
        while (seen.size < 50) {
          expect([writer.exitCode, writer.signalCode]).toEqual([null, null]);
          const { serial, tenant } = new TenantFile(store.path, applyPlan).read();
          expect(serial).toBeGreaterThanOrEqual(last);
          expect(tenant.displayName).toBe(serial === 1 ? 'Contoso' : `Contoso x ${serial - 1}`);
          last = serial;
          seen.add(serial);
          await delay(1);
        }
      } finally {
        writer.kill('SIGKILL');
        await closed;
      }
    }));

  test('a holder that is only paused keeps its lock; one that is killed loses it', () =>
    inFolder(async (folder) => {
      const store = await tenantFileIn(folder);
      const writer = start('store-driver', 'hold', store.path);
      const closed = once(writer, 'close');
      await Promise.race([once(writer.stdout ?? writer, 'data'), closed]);
      expect([writer.exitCode, writer.signalCode]).toEqual([null, null]);
      writer.kill('SIGSTOP');
      await expect(rename(store, 'Mine', 'mine', 50)).rejects.toMatchObject({
        kind: 'busy',
        message: expect.stringContaining(`is being written by process ${writer.pid}`),
      });
      writer.kill('SIGKILL');
      await closed;
      await expectWhole(folder);
    }));
});

describe('the sign-in log under faults', { timeout: PATIENCE }, () => {
  test('kills at any moment leave whole batches, and every acknowledged one', () =>
    inFolder(async (root) => {
      await inLanes(
        Array.from({ length: 20 }, (_, n) => n),
        async (n) => {
          const path = join(root, `${n}.signins.db`);
          // Every other one is written by a thread.
          const [verb, size] =
            n % 2 === 0 ? (['keep-appending', 40] as const) : (['keep-appending-aside', 20] as const);
          const acknowledged = await killed(n * 5, 'store-driver', verb, path, 'x');
          const log = new SignInFile(path, LINEAGE, { rewriting, anchor: `${path}.log-anchor` });
          const records = [...log.query({ conditions: [], order: { column: 'id', descending: false } })].length;
          expect(log.notices()).toEqual([]);
          expect(records % size).toBe(0);
          expect(records).toBeGreaterThanOrEqual(size * acknowledged);
          expect(log.append([]).added).toBe(0);
          log.close();
        },
      );
    }));

  test('a power cut in the very first replay leaves a log that opens, with the batch that was acknowledged or none', () =>
    inFolder((folder) => {
      const made = join(folder, 'made.signins.db');
      const log = new SignInFile(made, LINEAGE, { rewriting });
      const batch = Array.from({ length: 40 }, (_, n) => loggedSignIn({ id: `first-${n}` }));
      log.append(batch);
      // What the disk may hold when the power goes: the log of writes cut off anywhere, or nothing but the empty file.
      const [file, writes] = [readFileSync(made), readFileSync(`${made}-wal`)];
      log.close();
      const cuts = Array.from({ length: 60 }, (_, n) => Math.floor((writes.length * n) / 60));
      const states = [
        { file: Buffer.alloc(0), writes: Buffer.alloc(0), wanted: [0] },
        { file, writes: Buffer.alloc(0), wanted: [0] },
        ...cuts.map((cut) => ({ file, writes: writes.subarray(0, cut), wanted: [0, 40] })),
        { file, writes, wanted: [40] },
      ];
      for (const [n, state] of states.entries()) {
        const path = join(folder, `${n}.signins.db`);
        writeFileSync(path, state.file);
        writeFileSync(`${path}-wal`, state.writes);
        const reader = new SignInFile(path, LINEAGE, { rewriting });
        expect(state.wanted).toContain(reader.count({ conditions: [] }));
        reader.close();
        const again = new SignInFile(path, LINEAGE, { rewriting });
        const { added, alreadyThere } = again.append(batch);
        expect(added + alreadyThere).toBe(40);
        expect(again.count({ conditions: [] })).toBe(40);
        again.close();
      }
    }));

  test('writers at once take turns, and no batch is lost', () =>
    inFolder(async (folder) => {
      const path = join(folder, 'tenant.signins.db');
      const exits = await Promise.all(Array.from({ length: 8 }, (_, n) => run('store-driver', 'append', path, n)));
      expect(exits.filter(({ code }) => code !== 0)).toEqual([]);
      expect((await run('store-driver', 'verify-log', path, 8)).output).toBe('');
    }));
});

const shimSource = process.env['GSA_FAULTFS'] ?? '';

describe('under a shim of the C library (GSA_FAULTFS names its source)', () => {
  test.skipIf(!existsSync(shimSource))(
    'no fault in the lock or the log makes a false success',
    { timeout: PATIENCE },
    () =>
      inFolder(async (root) => {
        const shim = join(root, 'faultfs.so');
        execFileSync('gcc', ['-O2', '-w', '-shared', '-fPIC', '-o', shim, shimSource, '-ldl', '-lpthread']);
        const faults = ['ENOSPC', 'EIO', 'FULL', 'KILL', 'TORN'].flatMap((fault) =>
          [1, 2, 3, 5, 8, 13, 21, 34].map((at) => ({ fault, at })),
        );
        await inLanes(faults, async ({ fault, at }) => {
          const folder = join(root, `${fault}-${at}`);
          const store = await tenantFileIn(folder, 2);
          const path = join(folder, 'tenant.signins.db');
          const env = { ...ENVIRONMENT, LD_PRELOAD: shim, FAULT_DIR: folder, FAULT_AT: `${at}`, FAULT_DO: fault };
          const under = async (...args: string[]) => {
            const child = spawn(process.execPath, ['--no-warnings', join(BUILT, 'drivers/store-driver.js'), ...args], {
              env,
              stdio: 'ignore',
            });
            return ((await once(child, 'close')) as [number | null])[0];
          };
          const wrote = await under('write', store.path, 'x');
          expect(await expectWhole(folder)).toBeGreaterThanOrEqual(wrote === 0 ? 3 : 2);
          const appended = await under('append', path, 'x');
          expect((await run('store-driver', 'verify-log', path, appended === 0 ? 1 : 0)).output).toBe('');
        });
      }),
  );
});
