import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyPlan } from '../../src/core/tenant/plans/edit.ts';
import { TenantFile } from '../../src/store/tenant/file.ts';
import { rename, tenantFileIn } from '../support/store-samples.ts';
import type { Fault } from './failing-files.ts';
import { arm, disarm, install } from './failing-files.ts';

/**
 * Every fault at every file operation of one write, in one process: `store-sweep.ts <fault…>`. Prints
 * `{ faults, operations, violations }` as JSON. The kills have a process each: `store-sweep.ts at <n> <fault> <file>`.
 */
install();
const [first = '', ...rest] = process.argv.slice(2);
if (first === 'at') await writeUnder(Number(rest[0]), rest[1] as Fault, rest[2] ?? '');
else process.stdout.write(JSON.stringify(await sweep([first, ...rest] as Fault[])));

async function writeUnder(at: number, fault: Fault, file: string): Promise<void> {
  const store = new TenantFile(file, applyPlan);
  arm({ at, fault });
  await rename(store, 'Faulty', 't3');
  process.stdout.write(`${disarm()}\n`);
}

async function sweep(kinds: readonly Fault[]) {
  const root = mkdtempSync(join(tmpdir(), 'gsa-faults-'));
  try {
    const seed = join(root, 'seed');
    await tenantFileIn(seed, 2);
    const violations: string[] = [];
    const operations = await countOperations(seed, join(root, 'counted'));
    let faults = 0;
    for (const fault of kinds) {
      for (let at = 1; at <= operations; at++) {
        faults++;
        const folder = join(root, `${fault}-${at}`);
        cpSync(seed, folder, { recursive: true });
        const problem = await underFault(folder, at, fault).catch((error: Error) => error.message);
        if (problem !== undefined) violations.push(`${fault} at operation ${at}: ${problem}`);
        rmSync(folder, { recursive: true });
      }
    }
    return { faults, operations, violations };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

async function countOperations(seed: string, folder: string): Promise<number> {
  cpSync(seed, folder, { recursive: true });
  arm({ at: 0, fault: 'EIO' });
  await rename(new TenantFile(join(folder, 'tenant.json'), applyPlan), 'Faulty', 't3');
  return disarm();
}

/** What is wrong after a write under a fault, if anything. */
async function underFault(folder: string, at: number, fault: Fault): Promise<string | undefined> {
  const path = join(folder, 'tenant.json');
  arm({ at, fault });
  const error = await rename(new TenantFile(path, applyPlan), 'Faulty', 't3').then(
    () => undefined,
    (thrown: Error & { kind?: string }) => thrown,
  );
  disarm();
  const store = new TenantFile(path, applyPlan);
  const { serial, tenant } = store.read();
  if (serial !== (tenant.displayName === 'Faulty' ? 3 : 2)) return `serial ${serial} of \`${tenant.displayName}\``;
  if (error === undefined && serial !== 3) return 'success was reported for a write that is not there';
  if (error !== undefined && error.kind !== 'invalid') return `a ${error.kind ?? 'bug'}: ${error.message}`;
  const confirmed = error === undefined || !error.message.includes('is in place');
  if (error !== undefined && confirmed && serial === 3) return `an error for a write that is there: ${error.message}`;
  if (store.journal().verify().length > 0) return store.journal().verify().join('; ');
  if (store.journal().entries().length !== serial)
    return `${store.journal().entries().length} entries for serial ${serial}`;
  const next = await rename(store, 'Next', 't4', 0);
  if (next.serial !== serial + 1 || store.journal().verify().length > 0) return 'the next write did not work';
  const left = readdirSync(folder).filter((name) => name.endsWith('.tmp'));
  return left.length > 0 ? `left behind: ${left.join(', ')}` : undefined;
}
