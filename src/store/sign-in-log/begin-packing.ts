import { Worker } from 'node:worker_threads';
import { packingMemory } from './packing.ts';

/** Where the code of the thread lies: beside this file, or where the build puts it. */
const THREAD = import.meta.url.endsWith('.ts') ? './pack-thread.ts' : '../store/sign-in-log/pack-thread.js';

/** A thread that packs, and the memory through which it is asked. */
export interface PackThread {
  readonly memory: SharedArrayBuffer;
  end(): Promise<unknown>;
}

export function beginPacking(): PackThread {
  const memory = packingMemory();
  const worker = new Worker(new URL(THREAD, import.meta.url), { workerData: memory });
  // Whoever waits for an answer does without where none comes.
  worker.on('error', () => undefined);
  worker.unref();
  return { memory, end: () => worker.terminate() };
}
