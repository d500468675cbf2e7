import type { Command } from 'commander';
import { percent } from './options.ts';

/** How far records and evaluation have to agree before a report may rest on it. */
export function declareAgreement(command: Command): Command {
  return command.option(
    '--minimum-agreement <percent>',
    'warn first when fewer policy results of the records agree with gsa’s own',
    percent,
    90,
  );
}
