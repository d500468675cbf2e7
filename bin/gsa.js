#!/usr/bin/env node
// The thinnest adapter: the right Node, then main. Plain JavaScript that Node 20 can still parse, so that an old Node
// gets an answer instead of a syntax error. Never process.exit: it would cut a large piped write short.
// What is not needed to answer is not imported: a built-in module costs a start more than the answer to `--version`.

const needed = [22, 15];
const cannotRun = 4; // the exit code `invalid` of src/shell/exit-codes.ts, which an old Node cannot load
const alreadyHandedOver = 'GSA_DEV_RUNTIME'; // set for the child, so that a wrong runtime cannot start itself for ever
const words = process.argv.slice(2);

if (!isNewEnough(process.versions.node)) await onOldNode();
else {
  delete process.env[alreadyHandedOver]; // what a command starts may hand over for itself
  if (!answer(words)) await run();
}

async function run() {
  silenceSqliteNotice();
  process.getBuiltinModule('node:module').enableCompileCache?.();
  const parts = program();
  if (parts === undefined) {
    stop('gsa is not built: run `npm run build` in its folder first');
    return;
  }
  const [{ main }, { processContext }] = await Promise.all(parts);
  process.exitCode = await main(words, processContext());
}

/** What was built; in a clone whose packages were installed without running scripts the source, which is slower and the same. */
function program() {
  if (isThere('../dist/main.js')) return [import('../dist/main.js'), import('../dist/shell/process.js')];
  if (!isThere('../src/main.ts') || !process.features.typescript) return undefined;
  return [import('../src/main.ts'), import('../src/shell/process.ts')];
}

/**
 * Answers the two questions that everybody asks first, from what the build has written; false for every other command line.
 * @param {readonly string[]} words
 */
function answer([word, ...more]) {
  if (more.length > 0) return false;
  if (word === '--version' || word === '-V') return say('version.txt');
  return (word === undefined || word === '--help' || word === '-h' || word === 'help') && say(`help-${width()}.txt`);
}

/** Columns, as `terminalWidth` of src/shell/terminal.ts has them, and no more than help takes. */
function width() {
  const isTerminal = process.getBuiltinModule('node:tty').isatty(1);
  const told = (isTerminal ? process.stdout.columns : undefined) ?? Number(process.env.COLUMNS);
  return Number.isInteger(told) && told > 0 ? Math.min(told, 120) : 80;
}

/** @param {string} name */
function say(name) {
  const file = new URL(`../dist/answers/${name}`, import.meta.url);
  if (!isThere(file.href)) return false;
  const { readFileSync, writeSync } = process.getBuiltinModule('node:fs');
  const text = readFileSync(file);
  try {
    const written = writeSync(1, text);
    if (written < text.length) process.stdout.write(text.subarray(written));
    return true;
  } catch (error) {
    return error.code === 'EPIPE'; // nobody listens any more; what else is wrong, main tells
  }
}

/** @param {string} file */
function isThere(file) {
  return process.getBuiltinModule('node:fs').existsSync(new URL(file, import.meta.url));
}

async function onOldNode() {
  const { existsSync } = await import('node:fs');
  const { fileURLToPath } = await import('node:url');
  const runtime = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url));
  if (existsSync(runtime) && process.env[alreadyHandedOver] === undefined) await handOver(runtime);
  else {
    stop(`Node ${needed.join('.')} or newer is needed, this is ${process.versions.node}`);
    process.stderr.write('hint: install a newer Node; in a clone of gsa, `npm ci` brings one\n');
  }
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

/**
 * The repository brings a newer Node for development (tools/runtime): run this same file on it.
 * @param {string} runtime
 */
async function handOver(runtime) {
  const { spawn } = await import('node:child_process');
  const { constants } = await import('node:os');
  const { isatty } = await import('node:tty');
  const child = spawn(runtime, [...process.execArgv, ...process.argv.slice(1)], {
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
  child.on('error', (error) => stop(`cannot start ${runtime}: ${error.message}`));
  child.on('exit', (code, signal) => {
    if (signal === null) process.exitCode = code;
    else endBy(signal, constants.signals[signal]);
  });
}

/** Ends as the child did, so that a caller sees the signal and not an invented exit code. */
function endBy(signal, number = 0) {
  process.removeAllListeners(signal);
  process.exitCode = 128 + number;
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
