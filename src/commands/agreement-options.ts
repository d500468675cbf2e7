import type { Command } from 'commander';
import { percent } from './options.ts';

/** The share in percent that is asked for where the command line names none. */
export const DEFAULT_MINIMUM_AGREEMENT = 90;

/** How far records and evaluation have to agree before a report may rest on it. */
export function declareAgreement(command: Command): Command {
  return command.option(
    '--minimum-agreement <percent>',
    `warn first when fewer policy results of the records, or fewer of their outcomes, agree with gsa’s own; a gate fails then (default: ${DEFAULT_MINIMUM_AGREEMENT})`,
    percent,
  );
}
