import { setFlagsFromString } from 'node:v8';

/**
 * Keeps V8's nursery as large as it is while a large tenant is worked on: growing only takes memory. Measured on `gsa signaling
 * status` of a tenant of 390,000 ranges: 360 MB with V8's growth and 235 without, in the same time. A replay does so for itself.
 */
export function keepNurserySmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}

/**
 * Lets what lives long grow to little more than twice itself before V8 looks what of it is garbage, instead of four times. Measured
 * on `gsa check` of the same tenant: 279 MB instead of 308, in a hundredth more time.
 */
export function growHeapSlowly(): void {
  setFlagsFromString('--heap-growing-percent=120');
}
