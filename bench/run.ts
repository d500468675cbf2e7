import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What there is to measure. Each prints its own figures, with its peers in the same run. */
const BENCHES: readonly (readonly [name: string, what: string])[] = [
  ['evaluate', 'the fast and the explaining evaluator, a plain loop and Cedar on the largest tenant'],
  ['impact', 'a forecast for many sign-ins beside replay'],
  ['replay', 'reading and judging beside a plain loop'],
  ['logs', 'a million stored sign-ins: filling, memory, answers, beside jq and sqlite3'],
];

/** `npm run bench` lists; `npm run bench -- evaluate` runs one, `npm run bench -- all` every one. */
const [wanted, ...rest] = process.argv.slice(2);
const folder = fileURLToPath(new URL('.', import.meta.url));
const here = new Set(readdirSync(folder));
const chosen = BENCHES.filter(([name]) => here.has(`${name}.ts`) && (wanted === 'all' || wanted === name));

if (chosen.length === 0) {
  const lines = BENCHES.filter(([name]) => here.has(`${name}.ts`)).map(([name, what]) => `  ${name.padEnd(10)}${what}`);
  const asked = wanted === undefined ? '' : `there is no bench ${wanted}\n`;
  process.stdout.write(
    `${asked}npm run bench -- <name>, or all; some take a number behind it\n\n${lines.join('\n')}\n`,
  );
  process.exitCode = wanted === undefined ? 0 : 2;
}
for (const [name] of chosen) {
  process.stdout.write(`${chosen.length > 1 ? `\n== ${name}\n` : ''}`);
  const { status } = spawnSync(process.execPath, [`${folder}${name}.ts`, ...rest], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
