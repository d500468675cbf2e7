import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';

/** How far records and evaluation have to agree before a report may rest on it. */
export function declareAgreement(command: Command): Command {
  return command.option(
    '--minimum-agreement <percent>',
    'warn first when fewer policy results of the records agree with gsa’s own',
    percent,
    90,
  );
}

function percent(text: string): number {
  const value = Number(text);
  if (!/^\d+(\.\d+)?%?$/.test(text) || Number.parseFloat(text) > 100) {
    throw new InvalidArgumentError('give a percentage from 0 to 100.');
  }
  return text.endsWith('%') ? Number.parseFloat(text) : value;
}
