/** Every variable of the environment that the program reads, as `gsa help environment` tells it. */
export const VARIABLES: readonly { readonly names: readonly string[]; readonly meaning: string }[] = [
  {
    names: ['GSA_TENANT'],
    meaning: 'the tenant file, or a name that `gsa config` gives one, when --tenant does not say',
  },
  { names: ['GSA_AS'], meaning: 'the administrator who acts, when --as does not name one' },
  { names: ['GSA_NOW'], meaning: 'a fixed clock, as --now' },
  {
    names: ['GSA_CLICKHOUSE_URL'],
    meaning: 'the ClickHouse server, when --url does not name one, such as http://127.0.0.1:8123',
  },
  {
    names: ['GSA_CLICKHOUSE_USER', 'GSA_CLICKHOUSE_PASSWORD'],
    meaning: 'who signs in to ClickHouse; no option takes a password',
  },
  {
    names: ['GSA_PAGER', 'PAGER'],
    meaning: 'program that pages what a terminal is shown, the first that is set; empty or cat: none',
  },
  { names: ['LESS', 'LV'], meaning: 'what these pagers are told; where it is not set, gsa tells FRX and -c' },
  {
    names: ['XDG_CONFIG_HOME', 'APPDATA', 'HOME'],
    meaning:
      'where the default tenant file and the settings lie: gsa/tenant.json and gsa/config.json in the user’s config folder',
  },
  {
    names: ['TMPDIR', 'TMP', 'TEMP'],
    meaning:
      'the folder for temporary files: copies that a test or a rehearsal works on, ids of more than 260,000 sign-ins, and ' +
      'node-compile-cache, in which Node keeps code that is compiled, for the next start',
  },
  {
    names: ['NO_COLOR', 'FORCE_COLOR', 'COLORTERM', 'TERM'],
    meaning: 'colours off, on, how many of them, and off for TERM=dumb; --color wins',
  },
  { names: ['COLUMNS'], meaning: 'width of the terminal when it does not say itself, and of `-o table` in a pipe' },
];

/** Which variables count before what. */
export const VARIABLES_ORDER =
  'An option counts first, then the variable, then what `gsa config set` keeps, then the default.';

export const VARIABLE_NAMES: readonly string[] = VARIABLES.flatMap(({ names }) => names);
