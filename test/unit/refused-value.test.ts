import { Command, CommanderError } from 'commander';
import { describe, expect, test } from 'vitest';
import { describeProgram } from '../../src/command-tree.ts';
import { refusedText } from '../../src/commands/refused-value.ts';
import { PROGRAM } from '../../src/program.ts';

/** Every option of every command with a value that most of them refuse. */
async function refusals(): Promise<readonly (readonly [string, string])[]> {
  const refused: [string, string][] = [];
  for (const { words, load } of PROGRAM.flatMap(({ commands }) => commands)) {
    const { command: module } = await load();
    const { commands } = await describeProgram(words.split(' '));
    const options = commands.find((each) => each.words === words)?.options ?? [];
    for (const { name } of options.filter(({ takesValue }) => takesValue)) {
      const command = new Command('x').exitOverride().configureOutput({ outputError: () => undefined });
      module.declare(command);
      try {
        command.allowExcessArguments().parse([`--${name}=~nothing~`], { from: 'user' });
      } catch (error) {
        if (error instanceof CommanderError && error.code === 'commander.invalidArgument')
          refused.push([`${words} --${name}`, refusedText(error)]);
      }
    }
  }
  return refused;
}

describe('a value that will not do', async () => {
  const all = await refusals();

  test('is refused by many options', () => {
    expect(all.length).toBeGreaterThan(30);
  });

  test.each(all)('of gsa %s is refused in one shape', (_option, text) => {
    expect(text).toMatch(/^option `[^`]+` argument `~nothing~` is invalid: [^A-Z].*[^.]$/);
  });
});
