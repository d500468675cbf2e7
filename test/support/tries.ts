/** How many times as often as in the suite properties are tried: `npm run test:properties` and `npm run test:agree` set it. */
const TIMES = Number(process.env['GSA_RUNS'] ?? 1);

/** How often a property is tried that the suite tries so often. */
export function tries(inSuite: number): number {
  return Math.ceil(inSuite * TIMES);
}
