import fc from 'fast-check';

/**
 * Properties are tried on the same inputs everywhere, so that a red run means a change and not luck. `GSA_SEED=random`
 * tries others; a number repeats what a failure printed.
 */
const DEFAULT_SEED = 20_260_115;

const { GSA_SEED: seed } = process.env;
if (seed !== 'random') fc.configureGlobal({ seed: seed === undefined ? DEFAULT_SEED : Number(seed) });
