import { Readable } from 'node:stream';
import { compile } from '../src/core/conditional-access/compile.ts';
import { evaluate } from '../src/core/conditional-access/evaluate.ts';
import { observingOptions } from '../src/core/conditional-access/observing.ts';
import type { SignIn } from '../src/core/conditional-access/record/sign-in.ts';
import { observe } from '../src/core/signaling/observe.ts';
import { sampleTenant } from '../src/core/tenant/sample/sample.ts';
import { toAttempt } from '../src/intake/sign-ins/facts/to-attempt.ts';
import { readSignIns } from '../src/intake/sign-ins/read-sign-ins.ts';
import { createJudge } from '../src/replay/judge.ts';
import { replay } from '../src/replay/replay.ts';
import { toSignIn } from '../test/support/evaluated-record.ts';
import { generateSignIns } from '../test/support/generate-sign-ins.ts';
import { median } from './paired.ts';

/**
 * Replay without the log (read, judge, make the record) beside a plain loop in the same run: `JSON.parse` of each line, then
 * the explaining evaluator without any memory of what it has judged. Both must come to the same outcomes.
 */
const NUMBER = Number(process.argv[2] ?? 20_000);
const ROUNDS = 7;

const tenant = sampleTenant();
const lines: string[] = [];
for (const record of generateSignIns({ users: 5_000 })) {
  lines.push(JSON.stringify(record));
  if (lines.length === NUMBER) break;
}
const text = `${lines.join('\n')}\n`;

async function byReplay(): Promise<Record<string, number>> {
  const counts = await replay(readSignIns([{ name: 'generated', stream: Readable.from([Buffer.from(text)]) }]), {
    judge: createJudge(tenant, 1, 'enabled'),
    sink: undefined,
    batchSize: 1_000,
    interrupted: new AbortController().signal,
    onProgress: () => undefined,
  });
  return { ...counts.outcomes };
}

async function byPlainLoop(): Promise<Record<string, number>> {
  const compiled = compile(tenant);
  const options = observingOptions(compiled);
  const outcomes: Record<string, number> = { granted: 0, interrupted: 0, denied: 0, blocked: 0, unknown: 0 };
  let kept: SignIn | undefined;
  for (const line of text.trimEnd().split('\n')) {
    const record = JSON.parse(line) as SignIn;
    const attempt = toAttempt(record);
    const evaluation = evaluate(compiled, attempt, observe(attempt, 'enabled', options));
    kept = toSignIn(record, evaluation);
    outcomes[evaluation.outcome] = (outcomes[evaluation.outcome] ?? 0) + 1;
  }
  if (kept === undefined) throw new Error('nothing was judged');
  return outcomes;
}

const contestants = [
  { name: 'replay', run: byReplay, seconds: [] as number[] },
  { name: 'plain loop', run: byPlainLoop, seconds: [] as number[] },
];
const [ours, theirs] = [await byReplay(), await byPlainLoop()];
if (JSON.stringify(ours) !== JSON.stringify(theirs)) {
  throw new Error(`the plain loop differs: ${JSON.stringify(theirs)}, not ${JSON.stringify(ours)}`);
}
for (let round = 0; round < ROUNDS; round++) {
  for (const { run, seconds } of round % 2 === 0 ? contestants : contestants.toReversed()) {
    const start = process.cpuUsage();
    await run();
    const { user, system } = process.cpuUsage(start);
    seconds.push((user + system) / 1e6);
  }
}
process.stdout.write(`${NUMBER} sign-ins, ${ROUNDS} rounds, processor time; outcomes ${JSON.stringify(ours)}\n`);
for (const { name, seconds } of contestants) {
  const middle = median(seconds);
  process.stdout.write(
    `${name.padEnd(12)}${((middle / NUMBER) * 1e6).toFixed(1)} µs a sign-in, ${Math.round(NUMBER / middle)} a second\n`,
  );
}
