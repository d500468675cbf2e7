import { expect, test } from 'vitest';
import { NOUNS, PROGRAM } from '../../src/program.ts';
import { workplace } from '../support/in-process.ts';

test.each([
  ['help policy set-state', 'policy set-state --help'],
  ['policy help set-state', 'policy set-state --help'],
  ['-q policy help set-state', 'policy set-state --help'],
  ['help policy', 'policy --help'],
  ['policy help', 'policy --help'],
  ['logs help show', 'logs show --help'],
  ['test help generate', 'test generate --help'],
  ['help help', '--help'],
  ['help', '--help'],
])('gsa %s is the same as gsa %s', async (line, same) => {
  const { gsa } = workplace();
  const [one, other] = [await gsa(line), await gsa(same)];
  expect([one.exitCode, one.stderr]).toEqual([0, '']);
  expect(one.stdout).toBe(other.stdout);
});

test.each([
  ['repaly --help', 'there is no command `repaly`', 'did you mean `gsa replay`?'],
  ['--tenant x repaly -h', 'there is no command `repaly`', 'did you mean `gsa replay`?'],
  ['help repaly', 'there is no command or topic `repaly`', 'did you mean `gsa replay`?'],
  ['help exit-code', 'there is no command or topic `exit-code`', 'did you mean `gsa help exit-codes`?'],
  [
    'help nothing',
    'there is no command or topic `nothing`',
    '`gsa --help` lists the commands; topics are exit-codes, environment, formats',
  ],
  ['help policy set-stat', 'there is no command `policy set-stat`', 'did you mean `gsa policy set-state`?'],
  ['policy help set-stat', 'there is no command `policy set-stat`', 'did you mean `gsa policy set-state`?'],
  ['policy set-stat --help', 'there is no command `policy set-stat`', 'did you mean `gsa policy set-state`?'],
  ['policy nothing --help', 'there is no command `policy nothing`', 'see `gsa policy --help`'],
  ['help policy show more', 'there is no command `policy show more`', 'did you mean `gsa policy show`?'],
  ['help exit-codes more', 'there is no command `help exit-codes more`', 'did you mean `gsa help exit-codes`?'],
  ['logs shw --help', 'there is no command `logs shw`', 'did you mean `gsa logs show`?'],
  ['policy list more --help', 'there is no command `policy list more`', 'did you mean `gsa policy list`?'],
  ['location add Branch', 'give either ranges or --country', 'see `gsa location add --help`'],
  ['policy nothing', 'unknown command `nothing`', 'see `gsa policy --help`'],
  ['policy show', 'missing required argument `policy`', 'see `gsa policy show --help`'],
  [
    'audit --limit 0',
    'option `--limit <n>` argument `0` is invalid: give a whole number above 0',
    'see `gsa audit --help`',
  ],
  [
    'logs -n abc',
    'option `-n, --limit <n>` argument `abc` is invalid: give a whole number above 0',
    'see `gsa logs --help`',
  ],
  [
    'impact x --threads 99',
    'option `--threads <count>` argument `99` is invalid: give a whole number from 0 to 16',
    'see `gsa impact --help`',
  ],
  [
    'policy list --color never,',
    'option `--color <when>` argument `never,` is invalid: give one of auto, always, never',
    'did you mean `never`?',
  ],
  [
    'whatif --via direkt',
    'option `--via <path>` argument `direkt` is invalid: give one of gsa, remote-network, direct, unknown',
    'did you mean `direct`?',
  ],
  ['completion fsh', '`fsh` is invalid for `<shell>`: give one of bash, zsh, fish, powershell', 'did you mean `fish`?'],
  [
    'completion tcsh-like',
    '`tcsh-like` is invalid for `<shell>`: give one of bash, zsh, fish, powershell',
    'see `gsa completion --help`',
  ],
])('gsa %s is not known, and says what may be meant', async (line, message, hint) => {
  const { exitCode, stdout, stderr } = await workplace().gsa(line);
  expect([exitCode, stdout, stderr]).toEqual([2, '', `gsa: ${message}\nhint: ${hint}\n`]);
});

test('a value that is called help is a value', async () => {
  const { gsa } = workplace();
  await gsa('init --quiet');
  expect((await gsa('policy show help')).stderr).toContain('`help`');
  expect((await gsa('test help')).stderr).toContain('`help`');
});

const COMMANDS = PROGRAM.flatMap(({ commands }) => commands).filter(({ hidden }) => hidden !== true);

test.each([40, 60])('no text of any help is wider than a screen of %i columns', async (columns) => {
  const { gsa } = workplace();
  for (const words of ['', ...Object.keys(NOUNS), ...COMMANDS.map((line) => line.words)]) {
    const { stdout } = await gsa(`${words} --help`.trim(), { columns });
    // What is typed is not broken: examples, and an option or a word that is wider itself.
    const [told = ''] = stdout.split('\nExamples:');
    const wide = told.split('\n').filter((line) => line.length > columns && !/^ *(\S+|--?\S+ <\S+>)$/.test(line));
    expect([words, wide]).toEqual([words, []]);
  }
});
