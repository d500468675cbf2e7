#!/usr/bin/env node
// The thinnest adapter: the right Node, then main. Plain JavaScript that Node 20 can still parse, so that an old Node
// gets an answer instead of a syntax error. Never process.exit: it would cut a large piped write short.
import { existsSync } from 'node:fs';
import module from 'node:module';
import { constants } from 'node:os';
import { isatty } from 'node:tty';
import { fileURLToPath } from 'node:url';

const needed = [22, 15];
const cannotRun = 4; // the exit code `invalid` of src/shell/exit-codes.ts, which an old Node cannot load
const alreadyHandedOver = 'GSA_DEV_RUNTIME'; // set for the child, so that a wrong runtime cannot start itself for ever
const devRuntime = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url));
const program = new URL('../dist/main.js', import.meta.url);
const source = new URL('../src/main.ts', import.meta.url);

if (!isNewEnough(process.versions.node)) {
  if (existsSync(devRuntime) && process.env[alreadyHandedOver] === undefined) await handOver();
  else stop(`gsa needs Node ${needed.join('.')} or newer, this is ${process.versions.node}`);
} else if (existsSync(program)) {
  await run(import('../dist/main.js'), import('../dist/shell/process.js'));
} else if (existsSync(source) && process.features.typescript) {
  // A clone whose packages were installed without running scripts: slower, and the same.
  await run(import('../src/main.ts'), import('../src/shell/process.ts'));
} else {
  stop('gsa is not built: run `npm run build` in its folder first');
}

/**
 * @param {Promise<typeof import('../src/main.ts')>} program
 * @param {Promise<typeof import('../src/shell/process.ts')>} shell
 */
async function run(program, shell) {
  silenceSqliteNotice();
  module.enableCompileCache?.();
  const [{ main }, { processContext }] = await Promise.all([program, shell]);
  process.exitCode = await main(process.argv.slice(2), processContext());
}

/** @param {string} version */
function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > needed[0] || (major === needed[0] && minor >= needed[1]);
}

/** @param {string} message */
function stop(message) {
  process.stderr.write(`gsa: ${message}\n`);
  process.exitCode = cannotRun;
}

/** The repository brings a newer Node for development (tools/runtime): run this same file on it. */
async function handOver() {
  const { spawn } = await import('node:child_process'); // not needed on the right Node, and slow to load
  const child = spawn(devRuntime, [...process.execArgv, ...process.argv.slice(1)], {
    stdio: 'inherit',
    env: { ...process.env, [alreadyHandedOver]: '1' },
  });
  // On a terminal, the keyboard's signals reach the child by themselves; passing them on would deliver them twice.
  // Not by `process.stdin`: that opens the terminal for this process too, while the child or its neighbour reads from it.
  const keyboard = isatty(0) ? ['SIGINT', 'SIGQUIT'] : [];
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (!keyboard.includes(signal)) child.kill(signal);
    });
  }
  child.on('error', (error) => stop(`cannot start ${devRuntime}: ${error.message}`));
  child.on('exit', (code, signal) => {
    if (signal === null) process.exitCode = code;
    else endBy(signal);
  });
}

/** Ends as the child did, so that a caller sees the signal and not an invented exit code. */
function endBy(signal) {
  process.removeAllListeners(signal);
  process.exitCode = 128 + (constants.signals[signal] ?? 0);
  process.kill(process.pid, signal);
}

/** node:sqlite announces itself as experimental on every start. Every other warning stays. */
function silenceSqliteNotice() {
  const emitWarning = process.emitWarning;
  process.emitWarning = (warning, ...rest) => {
    const kind = typeof rest[0] === 'object' ? rest[0]?.type : rest[0];
    if (kind === 'ExperimentalWarning' && String(warning).startsWith('SQLite')) return;
    emitWarning.call(process, warning, ...rest);
  };
}
