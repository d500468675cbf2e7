// What an executable begins with: main, as bin/gsa.js starts it, on the Node that is inside.
import { main } from '../src/main.ts';
import { processContext } from '../src/shell/process.ts';

const emitWarning = process.emitWarning;
/** @type {(warning: string | Error, ...rest: any[]) => void} node:sqlite announces itself as experimental on every start */
process.emitWarning = (warning, ...rest) => {
  const kind = typeof rest[0] === 'object' ? rest[0]?.type : rest[0];
  if (kind === 'ExperimentalWarning' && /^(SQLite|Single executable)/.test(String(warning))) return;
  emitWarning.call(process, warning, ...rest);
};

// An executable is no module that may wait at its top.
void main(process.argv.slice(2), processContext()).then((code) => {
  process.exitCode = code;
});
