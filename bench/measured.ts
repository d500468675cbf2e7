import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { median } from './paired.ts';

/** What a command line cost. */
export interface Measured {
  /** Seconds of processor time, user and system, of the command and its children. */
  readonly cpu: number;
  /** Seconds until it was done. */
  readonly wall: number;
  /** Most memory that the largest of its processes held, in MB. */
  readonly peak: number;
  readonly stdout: string;
}

/** Milliseconds between two looks at the memory of a running command; the system keeps the highest mark itself. */
const LOOK = 20;

/** Runs a command line of bash to its end. Throws when it fails. */
export function measure(command: string, env: Readonly<Record<string, string>> = {}): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['-c', `TIMEFORMAT='%U %S %R'; time ${command}`], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    let peak = 0;
    child.stdout.on('data', (data: Buffer) => {
      if (stdout.length < 1_000_000) stdout += data.toString();
    });
    child.stderr.on('data', (data: Buffer) => {
      stderr += data.toString();
    });
    const timer = setInterval(() => {
      peak = Math.max(peak, highWater(child.pid ?? 0));
    }, LOOK);
    child.on('close', (code) => {
      clearInterval(timer);
      const [user = 0, system = 0, wall = 0] = (stderr.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
      if (code === 0) resolve({ cpu: user + system, wall, peak, stdout });
      else reject(new Error(`${command} ended with ${code}: ${stderr}`));
    });
  });
}

/** The median of several runs of each command, in rounds, so that a slow moment of the machine hits all alike. */
export async function measureAll(
  commands: readonly string[],
  rounds: number,
  env: Readonly<Record<string, string>> = {},
): Promise<readonly { readonly cpu: number; readonly wall: number }[]> {
  const runs = commands.map((): Measured[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [at, command] of commands.entries()) runs[at]?.push(await measure(command, env));
  }
  return runs.map((all) => ({ cpu: median(all.map(({ cpu }) => cpu)), wall: median(all.map(({ wall }) => wall)) }));
}

/** The high-water mark of the memory of a process and its children (Linux), in MB. */
function highWater(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const own = Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024;
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    return Math.max(own, ...(children === '' ? [] : children.split(' ').map((child) => highWater(Number(child)))));
  } catch {
    return 0; // it has ended
  }
}
