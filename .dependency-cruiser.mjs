// Who may import whom: the arrows of ARCHITECTURE.md, as rules. test/architecture/imports.test.ts holds src to them.

/** Every package and built-in module that has one home, and the reason it lives there. */
const homes = [
  {
    of: 'commander',
    home: '^src/(main|library|program|command-line|command-tree|asked-help|near-command)\\.ts$|^src/commands/',
    why: 'the command line is declared by the program and its commands',
  },
  { of: '@bomb.sh/tab', home: '^src/commands/(completion|complete)/', why: 'completion is one command' },
  {
    of: '@microsoft/microsoft-graph-types-beta',
    home: '^src/core/graph/',
    why: "Graph's declarations enter once, and everyone else uses the names given there",
  },
  { of: 'zod', home: '^src/intake/', why: 'schemas of the files people write belong to reading them' },
  { of: 're2js', home: '^src/intake/', why: 'expressions that people write are read, in bounded time' },
  {
    of: 'yaml',
    home: '^src/intake/|^src/output/formats/yaml\\.ts$',
    why: 'decoding files is intake, and YAML is a way of showing',
  },
  { of: 'jsonc-parser', home: '^src/intake/', why: 'decoding files is intake' },
  { of: 'csv-parse', home: '^src/intake/', why: 'decoding files is intake' },
  {
    of: 'mmdb-lib',
    home: '^src/intake/',
    why: 'the country of an address is read from a file before core sees the attempt',
  },
  { of: 'conf', home: '^src/store/', why: 'the store alone knows how the tenant file is kept' },
  { of: 'chalk', home: '^src/output/', why: 'colour is a way of showing' },
  { of: 'cli-table3', home: '^src/output/', why: 'a table is a way of showing' },
  { of: 'string-width', home: '^src/output/', why: 'how wide text stands on a terminal is a way of showing' },
  { of: 'csv-stringify', home: '^src/output/', why: 'CSV is a way of showing' },
  { of: '@jmespath-community/jmespath', home: '^src/output/', why: '--query chooses what of a report is shown' },
  { of: 'selfsigned', home: '^src/serve/', why: 'the server alone needs a certificate, one for each run' },
  {
    of: '@duckdb/node-api',
    home: '^src/engines/duckdb/',
    why: 'it is 70 MB that few install: one folder knows what to do without it',
  },
  {
    of: '@clickhouse/client',
    home: '^src/engines/clickhouse/',
    why: 'it talks to the server that the user named, and nothing else in gsa does',
  },
  { of: 'inquirer', home: '^src/shell/', why: 'asking needs the terminal, which is the shell' },
];

/** Files beside the commands that are not commands: what every command is made of. */
const commandParts = '^src/commands/[^/]+\\.ts$';

/** Errors in words (docs/inside.md, Errors): below every room that throws them, so that no arrow runs upward. */
const trouble = '^src/trouble/';

/** What others see of Conditional Access: its face, facts, records and questions, and of the rooms that judge what they give out. */
const conditionalAccessShows = [
  '[^/]+\\.ts$',
  '(facts|record|what-if)/',
  'fast/(both-sides|decide|decide-numbered|engine|located-policies|numbered-results|same-parts|slot-bits|some-explained|standings|written)\\.ts$',
  'filter/rule-filter\\.ts$',
  'grant/(authentication-strength|controls|effect|enough|met-strength|session-controls)\\.ts$',
  'outcome/(asked|change|demands|range)\\.ts$',
].map((path) => `^src/core/conditional-access/${path}`);

/** The rooms of a proof, lowest first, and what lies above each. */
const proofRooms = {
  worlds: 'levels/|diagram/|proof\\.ts|answers/|questions/',
  levels: 'diagram/|proof\\.ts|answers/|questions/',
  diagram: 'proof\\.ts|answers/|questions/',
  answers: 'questions/',
};

const escaped = (/** @type {string} */ name) => name.replaceAll('.', '\\.');
const inModules = (/** @type {string} */ name) => `(^|/)node_modules/${escaped(name)}/`;

/**
 * @param {string} name
 * @param {string} comment why the rule exists: shown with every violation
 * @param {import('dependency-cruiser').IRegularForbiddenRuleType['from']} from
 * @param {import('dependency-cruiser').IRegularForbiddenRuleType['to']} to
 * @returns {import('dependency-cruiser').IRegularForbiddenRuleType}
 */
const never = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    never(
      'no-cycles',
      'Two files that need each other are one file, or lack a third.',
      { path: '^src/' },
      { circular: true },
    ),
    never(
      'nothing-unresolved',
      'An import that is not found is an import that no rule has judged.',
      { path: '^src/' },
      { couldNotResolve: true },
    ),
    never(
      'src-is-closed',
      'What is shipped never depends on tests, benchmarks, tools or the built files.',
      { path: '^src/' },
      { pathNot: '^src/|node_modules/|^package\\.json$', dependencyTypesNot: ['core'] },
    ),

    never(
      'core-imports-only-core',
      'core decides and nothing else: every other room may change without touching a decision.',
      { path: '^src/core/' },
      { path: '^src/', pathNot: '^src/core/' },
    ),
    never(
      'core-is-pure',
      'Same input, same output, on any machine: no built-in module of Node.',
      { path: '^src/core/' },
      { dependencyTypes: ['core'] },
    ),
    never(
      'core-values-are-the-ground',
      'What is true of any text or value knows no room of the product.',
      { path: '^src/core/values/' },
      { path: '^src/core/[^/]+/', pathNot: '^src/core/values/' },
    ),
    never(
      'core-sources-are-cited-by-key',
      'A bibliography knows nothing of what is made of its documents.',
      { path: '^src/core/sources/' },
      { path: '^src/core/[^/]+/', pathNot: '^src/core/sources/' },
    ),
    never(
      'core-graph-is-a-table',
      'What Graph says is written down once, and knows nothing of what is made of it.',
      { path: '^src/core/graph/' },
      { path: '^src/core/[^/]+/', pathNot: '^src/core/(values|graph)/' },
    ),
    never(
      'core-network-is-the-bottom',
      'Addresses know nothing of tenants or policies.',
      { path: '^src/core/network/' },
      { path: '^src/core/[^/]+/', pathNot: '^src/core/(values|network)/' },
    ),
    never(
      'core-tenant-is-above-network',
      'A tenant is data: it knows addresses, not what is decided with it.',
      { path: '^src/core/tenant/' },
      { path: '^src/core/[^/]+/', pathNot: '^src/core/(values|graph|network|tenant)/' },
    ),
    never(
      'core-signaling-is-above-tenant',
      'The address is restored before any policy is asked.',
      { path: '^src/core/signaling/' },
      { path: '^src/core/[^/]+/', pathNot: '^src/core/(values|graph|network|tenant|signaling)/' },
    ),
    never(
      'core-conditional-access-is-above-signaling',
      'An evaluation does not know who asks for it, or why.',
      { path: '^src/core/conditional-access/' },
      { path: '^src/core/(dependencies|impact|proof|check|gsatest)/' },
    ),
    never(
      'core-conditional-access-judges-inside',
      'How a condition is judged and an outcome comes about may change without anybody outside noticing.',
      { path: '^src/', pathNot: '^src/core/conditional-access/' },
      { path: '^src/core/conditional-access/', pathNot: conditionalAccessShows },
    ),
    never(
      'core-sign-in-log-knows-records',
      'What the log is asked about is the records that it keeps, whoever judged them.',
      { path: '^src/core/sign-in-log/' },
      { path: '^src/core/', pathNot: '^src/core/((values|network|sign-in-log)/|conditional-access/record/)' },
    ),
    never(
      'core-analyses-are-independent',
      'dependencies, impact and check each stand on evaluation alone, so that one can be checked against another. Test files ask the prover and the classes of facts, and nobody asks them.',
      { path: '^src/core/(dependencies|impact|check|gsatest)/' },
      { path: '^src/core/(dependencies|impact|check|gsatest)/', pathNot: '^src/core/$1/' },
    ),
    never(
      'core-proof-stands-on-evaluation',
      'A proof knows nothing of the analyses that it is asked by and checked against.',
      { path: '^src/core/proof/' },
      { path: '^src/core/(dependencies|impact|check|gsatest)/' },
    ),
    ...Object.entries(proofRooms).map(([room, above]) =>
      never(
        `core-proof-${room}-are-below`,
        'worlds, levels, diagram, answers, questions: each room of a proof stands on those before it alone.',
        { path: `^src/core/proof/${room}/` },
        { path: `^src/core/proof/(${above})` },
      ),
    ),
    never(
      'core-proof-is-asked',
      'Who asks a proof sees worlds, answers and questions; how it is found may change. Targets are also what a test file can mean.',
      { path: '^src/', pathNot: '^src/core/proof/' },
      { path: '^src/core/proof/(levels|diagram)/', pathNot: '^src/core/proof/levels/targets\\.ts$' },
    ),
    never(
      'core-certificate-shares-nothing-with-the-prover',
      'Who judges a proof anew must not repeat its mistakes: the evaluator is all that both stand on.',
      { path: '^src/core/certificate/' },
      { path: '^src/core/(proof|dependencies|impact|check|gsatest)/' },
    ),
    never(
      'core-has-no-loose-ends',
      'A file directly in core is below every room of core: it imports none of them.',
      { path: '^src/core/[^/]+\\.ts$' },
      { path: '^src/core/[^/]+/' },
    ),

    never(
      'trouble-is-the-ground-floor',
      'Every room may say what went wrong, so the words for it stand on none of them.',
      { path: trouble },
      { path: '^src/', pathNot: '^src/(trouble|core/values)/' },
    ),
    never(
      'intake-only-reads',
      'Reading does not know where facts are kept, shown, or asked for.',
      { path: '^src/intake/' },
      { path: '^src/', pathNot: ['^src/(intake|core)/', trouble] },
    ),
    never(
      'replay-only-moves',
      'Batches pass through core into a sink: which command asked, and how it is shown, is not its business.',
      { path: '^src/replay/' },
      { path: '^src/', pathNot: ['^src/(replay|core|intake|store)/', trouble] },
    ),
    never(
      'replay-sees-interfaces',
      'Any source and any sink will do: replay imports the types of intake and store, not their code.',
      { path: '^src/replay/' },
      { path: '^src/(intake|store)/', dependencyTypesNot: ['type-only'] },
    ),
    never(
      'store-only-remembers',
      'Keeping facts does not depend on how they were read or will be shown.',
      { path: '^src/store/' },
      { path: '^src/', pathNot: ['^src/(store|core)/', trouble] },
    ),
    never(
      'output-only-shows',
      'A view is a function of a report: it fetches nothing.',
      { path: '^src/output/' },
      { path: '^src/', pathNot: '^src/(output|core)/' },
    ),
    never(
      'output-is-told',
      'Output knows its terminal from its arguments and writes nothing itself.',
      { path: '^src/output/' },
      { path: '^(node:)?(process|console|tty|fs|child_process)(/|$)' },
    ),
    never(
      'shell-is-below-commands',
      'The shell offers the process to whoever runs in it, and does not know what is run.',
      { path: '^src/shell/' },
      { path: '^src/', pathNot: '^src/(shell|store|output|core|trouble)/' },
    ),

    never(
      'serve-only-answers',
      'A request is read, decided and written by the rooms that do so for every command.',
      { path: '^src/serve/' },
      { path: '^src/', pathNot: ['^src/(serve|core|intake|store)/', trouble] },
    ),
    never(
      'serve-sees-interfaces',
      'Any store will do: serve imports the types of the store, not its code.',
      { path: '^src/serve/' },
      { path: '^src/store/', dependencyTypesNot: ['type-only'] },
    ),
    never(
      'the-network-is-in-serve',
      'gsa talks to nobody: one room listens, on the loopback address, and only for the commands that say so.',
      { path: '^src/', pathNot: '^src/serve/' },
      { path: '^(node:)?(http|https|http2|net|tls|dns|dgram)(/|$)' },
    ),
    never(
      'serve-is-asked-for',
      'No other command loads anything that listens.',
      { path: '^src/', pathNot: '^src/(serve/|commands/(serve|rehearse)/|commands/serving\\.ts$)' },
      { path: '^src/serve/' },
    ),
    never(
      'engines-only-count',
      'An engine counts what records say: it does not know who asks, how it is shown, or what is kept.',
      { path: '^src/engines/' },
      { path: '^src/', pathNot: ['^src/(engines|core|intake|replay)/', trouble] },
    ),
    never(
      'engines-are-asked-for',
      'Only commands that were told of an engine load one; its names are data.',
      { path: '^src/', pathNot: '^src/(engines/|commands/(impact|engine|query)/)' },
      { path: '^src/engines/' },
    ),
    never(
      'programs-start-in-shell',
      'One place starts a program that the user named, so one place ends it.',
      { path: '^src/', pathNot: '^src/shell/' },
      { path: '^(node:)?child_process$' },
    ),

    never(
      'commands-stand-alone',
      'A noun that needs the parts of another is asking for a function in core, or for a part that all share.',
      { path: '^src/commands/([^/]+)/' },
      { path: '^src/commands/', pathNot: ['^src/commands/$1/', commandParts] },
    ),
    never(
      'command-parts-know-no-command',
      'What every command is made of does not know what is made of it.',
      { path: commandParts },
      { path: '^src/commands/', pathNot: commandParts },
    ),
    never(
      'commands-return',
      'A command returns a report: it uses the types of shell, output and store, and gets the things themselves from main. ' +
        'The names of the formats are its to declare.',
      { path: '^src/commands/' },
      {
        path: '^src/(shell|output|store)/',
        pathNot: '^src/output/format\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    ),
    never(
      'commands-stay-inside',
      'A command does not know the program that contains it.',
      { path: '^src/commands/' },
      { path: '^src/(main|library|program|command-line|command-tree|asked-help|near-command)\\.ts$' },
    ),
    never(
      'commands-touch-nothing',
      'Files, clock and terminal come through the context.',
      { path: '^src/commands/' },
      { dependencyTypes: ['core'] },
    ),
    never(
      'main-only-joins',
      'main and program join commands to the process: deciding, reading and keeping are behind them.',
      { path: '^src/(main|library|program|command-line|command-tree|asked-help|near-command)\\.ts$' },
      {
        path: '^src/',
        pathNot:
          '^src/(commands|output|shell|trouble)/|^src/(main|library|program|command-line|command-tree|asked-help|near-command)\\.ts$',
      },
    ),
    never(
      'main-touches-nothing',
      'main gets the process as a context, so that a test can be one.',
      { path: '^src/(main|library|program|command-line|command-tree|asked-help|near-command)\\.ts$' },
      { dependencyTypes: ['core'] },
    ),
    never(
      'program-is-below-main',
      'The command tree does not run itself.',
      { path: '^src/program\\.ts$' },
      { path: '^src/main\\.ts$' },
    ),

    never(
      'sqlite-lives-in-store',
      'The sign-in log is one file with one owner.',
      { path: '^src/', pathNot: '^src/store/' },
      { path: '^(node:)?sqlite$' },
    ),
    never(
      'threads-have-two-homes',
      'Whoever starts a thread ends it: the scanning of sign-ins, and the writing of many into the log.',
      { path: '^src/', pathNot: '^src/(intake/sign-ins/scan|store/sign-in-log)/' },
      { path: '^(node:)?worker_threads$' },
    ),
    ...homes.map(({ of, home, why }) =>
      never(
        `${of}-has-one-home`,
        `Each third-party package has exactly one home: ${why}.`,
        { path: '^src/', pathNot: home },
        { path: inModules(of) },
      ),
    ),
    never(
      'packages-have-a-home',
      'A package that is in no line of `homes` has not been decided on.',
      { path: '^src/' },
      { path: 'node_modules/', pathNot: homes.map(({ of }) => inModules(of)) },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true, // an import of a type is an import too
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'] },
    skipAnalysisNotInRules: true,
  },
};
