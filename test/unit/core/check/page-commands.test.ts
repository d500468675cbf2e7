import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { RULES } from '../../../../src/core/check/rules.ts';
import { PROGRAM } from '../../../../src/program.ts';

const lines = PROGRAM.flatMap(({ commands }) => commands);
/** Promised by the command line's contract, whether or not the program has them already. */
const PROMISED = ['check', 'export', 'impact', 'logs', 'whatif'];

const commands = RULES.flatMap(({ id, page }) =>
  page.fix.flatMap(({ command }) => (command === undefined ? [] : [{ id, command }])),
);

/** The longest line of the program that the command begins with. */
function lineOf(command: string) {
  return lines
    .filter(({ words }) => `${command} `.startsWith(`gsa ${words} `))
    .sort((a, b) => b.words.length - a.words.length)[0];
}

describe('the commands that pages tell people to type', () => {
  test.each(commands)('$id: $command', async ({ command }) => {
    const line = lineOf(command);
    if (line === undefined) {
      expect(PROMISED).toContain(command.split(' ')[1]);
      return;
    }
    const declared = new Command();
    (await line.load()).command.declare(declared);
    const options = declared.options.flatMap(({ long }) => (long === undefined || long === null ? [] : [long]));
    for (const [option] of command.matchAll(/--[a-z-]+/g)) expect(options).toContain(option);
  });
});
