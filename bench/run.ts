import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { AREAS } from './areas.ts';
import type { Extent, Figure, Measurements } from './figure.ts';
import { growthPicture } from './growth-picture.ts';
import { performancePage, shown } from './performance-page.ts';

/** Benches of their own, which print their figures with their peers; some take a number behind their name. */
const OTHERS = ['evaluate', 'impact', 'replay', 'logs'];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { full: { type: 'boolean' }, json: { type: 'boolean' }, write: { type: 'boolean' } },
});
const [other] = positionals;

if (other !== undefined && OTHERS.includes(other)) {
  const file = fileURLToPath(new URL(`./${other}.ts`, import.meta.url));
  process.exitCode = spawnSync(process.execPath, [file, ...positionals.slice(1)], { stdio: 'inherit' }).status ?? 1;
} else {
  await measureAreas();
}

async function measureAreas(): Promise<void> {
  const unknown = positionals.find((name) => AREAS[name] === undefined);
  if (unknown !== undefined) {
    process.stderr.write(`there is no bench ${unknown}; one of: ${[...Object.keys(AREAS), ...OTHERS].join(', ')}\n`);
    process.exitCode = 2;
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'gsa-bench-'));
  try {
    const isFull = values.full === true;
    const measured = await measureAll({ isFull, rounds: isFull ? 7 : 3, folder });
    if (values.json === true) process.stdout.write(`${JSON.stringify(measured, null, 2)}\n`);
    if (values.write === true) write(measured);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureAll(extent: Extent): Promise<Measurements> {
  const figures: Figure[] = [];
  const growth: Measurements['growth'][number][] = [];
  const names = positionals.length > 0 ? positionals : Object.keys(AREAS);
  for (const name of names) {
    const measured = await AREAS[name]?.(extent);
    figures.push(...(measured?.figures ?? []));
    growth.push(...(measured?.growth ?? []));
    if (values.json !== true) for (const figure of measured?.figures ?? []) process.stdout.write(`${lineOf(figure)}\n`);
  }
  return { figures, growth };
}

function lineOf({ what, value, unit, peer, ratio, goal }: Figure): string {
  const beside = peer === undefined ? '' : `${peer.name} ${shown(peer.value, unit)}`;
  const times = ratio === undefined ? '' : shown(ratio, '×');
  const mark = goal === undefined ? '' : `${goal.isMet ? 'met' : 'MISSED'} ${goal.text}`;
  return [what.padEnd(52), shown(value, unit).padStart(18), times.padStart(9), mark.padEnd(28), beside]
    .join('  ')
    .trimEnd();
}

/** The page and its pictures; a run of some areas would leave the others out, so it writes nothing. */
function write(measured: Measurements): void {
  if (positionals.length > 0) throw new Error('--write takes all areas: name none');
  const docs = fileURLToPath(new URL('../docs/', import.meta.url));
  const command = values.full === true ? 'npm run bench:full' : 'npm run bench';
  mkdirSync(join(docs, 'performance'), { recursive: true });
  for (const growth of measured.growth) {
    writeFileSync(join(docs, 'performance', `${growth.name}.svg`), growthPicture(growth));
  }
  writeFileSync(
    join(docs, 'performance.md'),
    performancePage(measured, new Date().toISOString().slice(0, 10), command),
  );
}
