import { compile } from '../src/core/conditional-access/compile.ts';
import { evaluate } from '../src/core/conditional-access/evaluate.ts';
import { decide } from '../src/core/conditional-access/fast/decide.ts';
import { cedar, isGranted } from './cedar.ts';
import { generateSignIns, generateTenant, SIZES } from './generated-tenant.ts';
import type { Contestant, Timing } from './paired.ts';
import { median, race, ratio } from './paired.ts';
import { plainLoop, prepareSignIn } from './plain-loop.ts';

/**
 * The same sign-ins judged by the fast path, by the explaining path, by a careful plain loop over ipaddr.js and by Cedar, on
 * the same generated tenant. All must agree before any is timed.
 */
const SIGN_INS = 20_000;
const ROUNDS = 15;

const tenant = generateTenant(3);
const signIns = generateSignIns(SIGN_INS, tenant, 4);
const few = signIns.slice(0, 500);
const fewer = signIns.slice(0, 50);
const compiled = compile(tenant);
const loop = plainLoop(tenant);
const loopSignIns = signIns.map(prepareSignIn);
const byCedar = await cedar(tenant);

const outcomes = signIns.map(({ attempt, observation }) => decide(compiled, attempt, observation).outcome);
const differing = signIns.findIndex((_, at) => {
  const prepared = loopSignIns[at];
  return prepared === undefined || loop(prepared) !== outcomes[at];
});
if (differing >= 0) throw new Error(`the plain loop differs at sign-in ${differing}`);
for (const [at, { attempt, observation }] of few.entries()) {
  if (evaluate(compiled, attempt, observation).outcome !== outcomes[at]) throw new Error(`evaluate differs at ${at}`);
}
for (const [at, signIn] of fewer.entries()) {
  const outcome = outcomes[at];
  if (byCedar !== undefined && outcome !== undefined && byCedar(signIn) !== isGranted(outcome))
    throw new Error(`Cedar differs at ${at}`);
}

const contestants: readonly Contestant[] = [
  {
    name: 'decide',
    units: SIGN_INS,
    run: () => signIns.forEach(({ attempt, observation }) => void decide(compiled, attempt, observation)),
  },
  {
    name: 'evaluate',
    units: few.length,
    run: () => few.forEach(({ attempt, observation }) => void evaluate(compiled, attempt, observation)),
  },
  { name: 'plain loop', units: SIGN_INS, run: () => loopSignIns.forEach((signIn) => void loop(signIn)) },
  ...(byCedar === undefined
    ? []
    : [{ name: 'Cedar', units: fewer.length, run: () => fewer.forEach((signIn) => void byCedar(signIn)) }]),
];

const timings = race(contestants, ROUNDS);
const decideTiming = timings[0] as Timing;
const counts = Map.groupBy(outcomes, (outcome) => outcome);
const lines = [
  `${SIZES.policies} policies, ${SIZES.locations * SIZES.rangesPerLocation} ranges in ${SIZES.locations} locations, ${SIGN_INS} sign-ins, ${ROUNDS} rounds`,
  `outcomes: ${[...counts]
    .map(([outcome, list]) => `${outcome} ${list.length}`)
    .sort()
    .join(', ')}`,
  '',
  ...timings.map((timing) => {
    const { median: middle, low, high } = ratio(decideTiming, timing);
    const time = `${(median(timing.rounds) / 1000).toFixed(2)} µs a sign-in`;
    return `${timing.name.padEnd(12)}${time.padStart(24)}   ${middle.toFixed(1)} × the time of decide (${low.toFixed(1)} to ${high.toFixed(1)})`;
  }),
  ...(byCedar === undefined ? ['Cedar is not installed'] : []),
];
process.stdout.write(`${lines.join('\n')}\n`);
