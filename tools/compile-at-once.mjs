// V8 compiles a function when it is first called, and Node keeps what it compiled of a file as it lay when that was loaded: so the
// functions of a start are compiled in every start. One that stands in parentheses is compiled with its file, and kept. Those that
// common commands call are written so, declarations at the head of the file, where they are made anyhow.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseAst } from 'rolldown/parseAst';
import { functionsOfArrows } from './arrows.mjs';
import { edited } from './edited.mjs';
import { encoded } from './source-map.mjs';

/** Commands whose functions are compiled with their files, on the sample tenant, and what comes before them. */
const COMMON = [
  ['signaling', 'status'],
  ['policy', 'list'],
  ['logs', '--user', 'megan.bowen@contoso.com'],
];
const BEFORE = [
  ['init', '--quiet'],
  ['replay', '-', '--quiet'],
];

const SIGN_IN = JSON.stringify({
  id: 'a',
  createdDateTime: '1969-12-31T12:00:00Z',
  userPrincipalName: 'megan.bowen@contoso.com',
  appId: '00000003-0000-0000-c000-000000000000',
  ipAddress: '203.0.113.7',
});

/** @typedef {{ readonly start: number, readonly end: number }} Range offsets in the text of a file */

/**
 * Rewrites the files of a folder that the common commands load.
 * @param {string} main absolute path of the built program
 * @param {string} folder
 */
export async function compileAtOnce(main, folder) {
  const called = await calledFunctions(main, await filesOutOfCycles(folder));
  for (const [file, functions] of called) {
    const text = await readFile(file, 'utf8');
    const tree = parseAst(text);
    const { body } = tree;
    const tops = new Set(body.map(({ start }) => start));
    const imports = body.filter(({ type }) => type === 'ImportDeclaration').map(({ end }) => end);
    const places = new Map(functions.map((each) => [each.start, each]));
    const declared = [...places.values()]
      .filter((each) => tops.has(each.start) && isDeclaration(text, each))
      .sort((one, other) => one.start - other.start);
    if (places.size === 0) continue;
    const map = JSON.parse(await readFile(`${file}.map`, 'utf8'));
    const turned = edited(text, map.mappings, functionsOfArrows(text, tree, new Set(places.keys())));
    const { lines, from } = headed(text, turned.text.split('\n'), Math.max(0, ...imports), declared);
    const mappings = encoded(from.map((line) => turned.segments[line] ?? []));
    await writeFile(file, lines.join('\n'));
    await writeFile(`${file}.map`, JSON.stringify({ ...map, mappings }));
  }
}

/**
 * The files that import none that imports them: in a cycle a declaration is called before the head of its file is reached.
 * @param {string} folder
 */
async function filesOutOfCycles(folder) {
  const all = await readdir(folder);
  // What has no map is the bundler's own.
  const names = all.filter((name) => name.endsWith('.js') && all.includes(`${name}.map`));
  const imports = new Map();
  for (const name of names) {
    const text = await readFile(join(folder, name), 'utf8');
    imports.set(
      name,
      [...text.matchAll(/^(?:import|export)\b.*?"\.\/([^"]+)";$/gm)].map(([, other]) => other),
    );
  }
  const isInCycle = (/** @type {string} */ name) => {
    const reached = new Set();
    for (const left = [...imports.get(name)]; left.length > 0; ) {
      const next = left.pop();
      if (next === name) return true;
      if (reached.has(next)) continue;
      reached.add(next);
      left.push(...(imports.get(next) ?? []));
    }
    return false;
  };
  return names.filter((name) => !isInCycle(name)).map((name) => join(folder, name));
}

/**
 * The functions of each file that are called while it is loaded or by the common commands.
 * @param {string} main
 * @param {readonly string[]} files
 * @returns {Promise<Map<string, readonly Range[]>>}
 */
async function calledFunctions(main, files) {
  const session = new Session();
  session.connect();
  try {
    await session.post('Profiler.enable');
    await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
    const { main: run } = await import(pathToFileURL(main).href);
    const taken = async () => (await session.post('Profiler.takePreciseCoverage')).result;
    const loading = await taken();
    const working = await runCommon(run, taken);
    return new Map(
      files.map((file) => {
        const ofFile = [...loading, ...working].filter(({ url }) => url === pathToFileURL(file).href);
        const called = ofFile.flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges.slice(0, 1)));
        const ranges = called.filter(({ count }) => count > 0);
        return [file, ranges.map(({ startOffset: start, endOffset: end }) => ({ start, end }))];
      }),
    );
  } finally {
    session.disconnect();
  }
}

/**
 * What the common commands call, without what it takes to make a tenant for them.
 * @template Coverage
 * @param {(argv: string[], context: object) => Promise<number>} main
 * @param {() => Promise<Coverage>} taken what was called since it was asked last
 */
async function runCommon(main, taken) {
  const folder = await mkdtemp(join(tmpdir(), 'gsa-build-'));
  const silent = { isTTY: false, columns: 80, write: async () => undefined };
  let id = 0;
  const context = {
    env: { HOME: folder, APPDATA: folder, GSA_TENANT: join(folder, 'tenant.json') },
    cwd: folder,
    stdin: {
      isTTY: false,
      async *[Symbol.asyncIterator]() {
        yield Buffer.from(SIGN_IN);
      },
    },
    stdout: silent,
    stderr: silent,
    now: () => new Date(0),
    newId: () => `${++id}`,
    interrupted: new AbortController().signal,
    hearing: (/** @type {() => unknown} */ work) => work(),
    computing: async (/** @type {() => unknown} */ work) => work(),
  };
  try {
    const run = async (/** @type {readonly string[]} */ argv) => {
      const exitCode = await main([...argv], context);
      if (exitCode !== 0) throw new Error(`gsa ${argv.join(' ')} ended with ${exitCode}`);
    };
    for (const argv of BEFORE) await run(argv);
    await taken();
    for (const argv of COMMON) await run(argv);
    return await taken();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const DECLARATION = /^(?:async )?function\*? ?([\w$]+)\(/;

/**
 * Whether a declaration stands there, from the beginning of a line to the end of one.
 * @param {string} text
 * @param {Range} range
 */
function isDeclaration(text, { start, end }) {
  return text[start - 1] === '\n' && text[end] === '\n' && DECLARATION.test(text.slice(start, end));
}

/**
 * The lines with the declarations behind the imports, and from which line each comes.
 * @param {string} text as it was parsed
 * @param {readonly string[]} lines as they are to be written
 * @param {number} imported where the last import ends; 0: there is none
 * @param {readonly Range[]} declarations
 */
function headed(text, lines, imported, declarations) {
  const lineAt = (/** @type {number} */ offset) => text.slice(0, offset).split('\n').length - 1;
  const places = declarations.map(({ start, end }) => ({ first: lineAt(start), last: lineAt(end) }));
  const isMoved = new Set(places.flatMap(({ first, last }) => range(first, last + 1)));
  const head = imported === 0 ? 0 : lineAt(imported) + 1;
  const from = [
    ...range(0, head),
    ...places.flatMap(({ first, last }) => range(first, last + 1)),
    ...range(head, lines.length).filter((line) => !isMoved.has(line)),
  ];
  const written = new Map(lines.entries());
  for (const { first, last } of places) {
    const [, name] = DECLARATION.exec(lines[first] ?? '') ?? [];
    written.set(first, `var ${name} = (${written.get(first)}`);
    written.set(last, `${written.get(last)});`);
  }
  return { lines: from.map((line) => written.get(line) ?? ''), from };
}

/**
 * @param {number} start
 * @param {number} end
 */
function range(start, end) {
  return Array.from({ length: end - start }, (_, index) => start + index);
}
