import { setFlagsFromString } from 'node:v8';

/**
 * Keeps V8's nursery as large as it is, and lets the rest of the heap grow by two fifths of what is in use before it is looked through,
 * for work through which records pass and are forgotten: growing further only takes memory. Measured on 200,000 sign-ins of a company
 * of 20,000 people: `replay` 325 MB instead of 401 for 5 % more time, `impact` 414 MB instead of 447 for 15 % more.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=40');
}
