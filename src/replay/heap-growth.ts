import { setFlagsFromString } from 'node:v8';

/**
 * Readies V8 for work through which records pass and are forgotten, before the tenant is read. Its nursery stays as large as the
 * program's start has made it, 8 MB: what is read of a tenant survives, and by that it would grow further, which only takes memory. And
 * what a function was compiled with is freed as it is taken over: V8 leaves that to a thread that is free, and where all are busy some
 * 25 MB wait for one. Measured on `replay --dry-run` of 100,000 sign-ins of a company of 20,000 people: 172 MB instead of 200; `impact`
 * of the same 203 MB instead of 218; both in the same time.
 */
export function prepareHeap(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--no-maglev-destroy-on-background');
}

/**
 * The same, and lets the rest of the heap grow by three fifths of what is in use before it is looked through. Measured on 100,000 sign-ins
 * of the same company into the log: 320 MB instead of 350; by two fifths 310 MB in a twentieth more time.
 */
export function keepHeapSmall(): void {
  prepareHeap();
  setFlagsFromString('--heap-growing-percent=60');
}
