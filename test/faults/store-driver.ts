import { writeSync } from 'node:fs';
import { rewriting } from '../../src/commands/rewriting.ts';
import { applyPlan } from '../../src/core/tenant/plans/edit.ts';
import { SignInFile } from '../../src/store/sign-in-log/sign-in-log.ts';
import { TenantFile } from '../../src/store/tenant/file.ts';
import type { Loggable } from '../../src/store/types.ts';
import { judgedSignIns } from '../support/judged.ts';
import { EMPTY_TENANT, LINEAGE, loggedSignIn, rename, renaming, signed } from '../support/store-samples.ts';

/**
 * One store operation as a process of its own, for the fault tests: `store-driver.ts <verb> <file> [argument]`.
 * Exit 0 acknowledges the write; 75 is busy, 4 any other error of the user or the world, with its message on stderr.
 */
const [verb = '', file = '', argument = ''] = process.argv.slice(2);
const store = new TenantFile(file, applyPlan);

/** Milliseconds for the others who write: as long as it takes, however slow the machine is. */
const TURN = 600_000;

/** Forty sign-ins: half of them written at once, half as they were judged. */
function batchOf(name: string): readonly Loggable[] {
  const written = Array.from({ length: 20 }, (_, n) => loggedSignIn({ id: `${name}-${n}` }));
  return [
    ...written,
    ...judgedSignIns(
      written.map(({ record }) => ({ ...record, id: `${record.id}-judged` })),
      EMPTY_TENANT,
    ),
  ];
}

try {
  await run();
} catch (error) {
  const { kind, message } = error as { kind?: string; message: string };
  process.stderr.write(`${kind ?? 'bug'}: ${message}\n`);
  process.exitCode = kind === undefined ? 70 : kind === 'busy' ? 75 : 4;
}

async function run(): Promise<void> {
  switch (verb) {
    case 'create':
      await store.create(EMPTY_TENANT, { ...signed('t1'), force: false });
      return;
    case 'write':
      await rename(store, `Contoso ${argument}`, `t-${argument}`, TURN);
      return;
    // Until it is killed, in the midst of a write: it says so, and holds the lock.
    case 'hold':
      await store.update(({ tenant }) => {
        writeSync(process.stdout.fd, 'held\n');
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
        return renaming(tenant, 'Held');
      }, signed('hold'));
      return;
    // Until it is killed: one serial a line, each after it was acknowledged.
    case 'keep-writing':
      for (let n = 1; ; n++) {
        const { serial } = await rename(store, `Contoso ${argument} ${n}`, `t-${argument}-${n}`, TURN);
        process.stdout.write(`${serial}\n`);
      }
    case 'keep-appending': {
      const log = new SignInFile(file, LINEAGE, { timeout: TURN, rewriting, anchor: `${file}.log-anchor` });
      for (let n = 1; ; n++) {
        log.append(batchOf(`${argument}-${n}`));
        log.acknowledge();
        process.stdout.write(`${n}\n`);
      }
    }
    // The same by a thread.
    case 'keep-appending-aside': {
      const appending = new SignInFile(file, LINEAGE, { timeout: TURN, rewriting }).appending(0);
      for (let n = 1; ; n++) {
        await appending.append(batchOf(`${argument}-${n}`).filter((signIn) => 'found' in signIn));
        process.stdout.write(`${n}\n`);
      }
    }
    // The state is whole, its journal too, and no serial is without its entry; at least the serial that was acknowledged.
    case 'verify': {
      const { serial } = store.read();
      const problems = store.journal().verify();
      const entries = store.journal().entries().length;
      if (problems.length > 0) throw new Error(problems.join('; '));
      if (entries !== serial) throw new Error(`serial ${serial}, but ${entries} entries`);
      if (serial < Number(argument || 1)) throw new Error(`serial ${serial}, acknowledged was ${argument}`);
      return;
    }
    case 'append': {
      const log = new SignInFile(file, LINEAGE, { timeout: TURN, rewriting, anchor: `${file}.log-anchor` });
      log.append(batchOf(argument));
      log.close();
      return;
    }
    // Whole batches only, and as many as were acknowledged.
    case 'verify-log': {
      const log = new SignInFile(file, LINEAGE, { timeout: TURN, rewriting, anchor: `${file}.log-anchor` });
      const read = JSON.parse(
        JSON.stringify([...log.query({ conditions: [], order: { column: 'id', descending: false } })]),
      ).length;
      const counted = log.count({ conditions: [] });
      log.close();
      // However a writer died: what was acknowledged is there.
      if (log.notices().length > 0) throw new Error(log.notices().join('; '));
      if (read !== counted || read % 40 !== 0 || read < 40 * Number(argument || 0)) {
        throw new Error(`${read} records read, ${counted} counted, ${argument} batches acknowledged`);
      }
      return;
    }
    default:
      throw new Error(`unknown verb ${verb}`);
  }
}
