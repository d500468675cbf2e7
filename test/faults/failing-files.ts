import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { constants } from 'node:os';

/**
 * What can go wrong at one file operation:
 * an error in place of the operation; `SHORT`: a write takes half, without an error; `FULL`: the disk fills in the middle of
 * a write, so that one is short and every later one fails; `KILL`, `KILLAFTER`: the process dies before or after it; `TORN`:
 * it dies in the middle of a write.
 */
export type Fault = 'ENOSPC' | 'EIO' | 'EROFS' | 'EACCES' | 'SHORT' | 'FULL' | 'KILL' | 'KILLAFTER' | 'TORN';

/** The operation that fails, counted from 1, and how; `at: 0` only counts. */
interface Plan {
  readonly at: number;
  readonly fault: Fault;
}

type Operation = (...args: never[]) => unknown;

/** Every call of the store that changes something on the disk. */
const OPERATIONS = [
  'openSync',
  'writeSync',
  'writeFileSync',
  'fsyncSync',
  'renameSync',
  'linkSync',
  'copyFileSync',
  'mkdirSync',
  'chmodSync',
  'fchmodSync',
  'ftruncateSync',
  'rmSync',
] as const;

let plan: Plan | undefined;
let count = 0;
let full = false;

/** From now on operations are counted and one of them fails. */
export function arm(next: Plan): void {
  plan = next;
  count = 0;
  full = false;
}

/** Back to a healthy disk; how many operations there were. */
export function disarm(): number {
  plan = undefined;
  return count;
}

/** Puts itself between this process and its files, for good. */
export function install(): void {
  const table = fs as unknown as Record<string, Operation>;
  for (const name of OPERATIONS) {
    const real = table[name] as (...args: unknown[]) => unknown;
    table[name] = (...args: unknown[]) => perform(name, real, args);
  }
  syncBuiltinESMExports();
}

function perform(name: string, real: (...args: unknown[]) => unknown, args: unknown[]): unknown {
  if (plan === undefined || isReading(name, args)) return real(...args);
  count++;
  const isWrite = name === 'writeSync';
  if (full && isWrite) throw systemError('ENOSPC');
  if (count !== plan.at) return real(...args);
  switch (plan.fault) {
    case 'SHORT':
    case 'FULL':
      full = plan.fault === 'FULL' && isWrite;
      return real(...(isWrite ? half(args) : args));
    case 'KILL':
      return die();
    case 'KILLAFTER':
      real(...args);
      return die();
    case 'TORN':
      if (isWrite) real(...half(args));
      return die();
    default:
      throw systemError(plan.fault);
  }
}

function isReading(name: string, [, flags]: unknown[]): boolean {
  return name === 'openSync' && (Number(flags) & fs.constants.O_CREAT) === 0;
}

/** `writeSync(file, content, from, length)` with half of the length. */
function half([file, content, from, length]: unknown[]): unknown[] {
  return [file, content, from, Math.ceil(Number(length) / 2)];
}

function systemError(code: 'ENOSPC' | 'EIO' | 'EROFS' | 'EACCES'): Error {
  return Object.assign(new Error(code), { code, errno: -constants.errno[code], syscall: 'fault' });
}

function die(): never {
  process.kill(process.pid, 'SIGKILL');
  for (;;);
}
