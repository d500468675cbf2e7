import { describe, expect, test } from 'vitest';
import { describeProgram } from '../../src/command-tree.ts';
import { workplace } from '../support/in-process.ts';

describe('an option that is given twice', () => {
  test.each([
    ['logs --limit 2 --limit 3', '--limit'],
    ['logs -n 2 --limit 3', '--limit'],
    ['impact x --group-by user --group-by policy', '--group-by'],
    ['check --fail-on error --fail-on warning', '--fail-on'],
    ['--query a policy list --query b', '--query'],
    ['policy list --as a --as b', '--as'],
    ['whatif --user a --user b --app c', '--user'],
  ])('%s is refused, for the first would be lost', async (line, option) => {
    const run = await workplace().gsa(line);
    expect([run.exitCode, run.stderr]).toEqual([
      2,
      `gsa: \`${option}\` is given twice, and takes one value\nhint: give it once\n`,
    ]);
  });

  test.each([
    'logs --columns id --columns user',
    'logs --count-by user --count-by outcome',
    'logs --status granted --status blocked',
    'policy list -o table -o json:a.json',
    'policy list --quiet --quiet',
  ])('%s adds up, or says the same again', async (line) => {
    const place = workplace();
    await place.gsa('init');
    expect((await place.gsa(line)).exitCode).toBe(0);
  });

  test('of every command adds up or is refused, as its help says', async () => {
    const { commands } = await describeProgram();
    const wrong: string[] = [];
    for (const { words, options } of commands) {
      for (const { name, description, takesValue, choices, flags } of options) {
        if (!takesValue || flags.includes('...')) continue;
        const [one, other] = choices.length > 1 ? choices : VALUES;
        const run = await workplace().gsa([...words.split(' '), `--${name}`, one ?? '', `--${name}`, other ?? '']);
        const isRefused = run.stderr.includes('is given twice');
        const saysSo = /repeatable|columns|classes/.test(description);
        // Where the values are none of the option’s, these are told first.
        const isNone =
          run.stderr.includes('argument') ||
          run.stderr.includes(`\`${one}\``) ||
          run.stderr.includes(`--country ${one}`);
        if (isRefused === saysSo && !isNone) wrong.push(`${words} --${name}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

const VALUES = ['3', '4'];
