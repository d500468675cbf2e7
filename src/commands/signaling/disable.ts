import { InvalidArgumentError, Option } from 'commander';
import { GsaError } from '../../trouble/error.ts';
import { defineCommand } from '../command.ts';
import { parts } from '../options.ts';
import { holdBudget, mendSwitch, reachOfSwitch } from './mend.ts';
import type { Remedy } from './switch.ts';
import { switchSignaling } from './switch.ts';

interface Options {
  readonly dryRun?: true;
  readonly deletePolicies?: true | readonly string[];
  readonly reportOnlyPolicies?: true | readonly string[];
  readonly keepPolicies?: true;
  readonly suggest?: true | string;
  readonly apply?: true;
  readonly budget?: number;
}

export const command = defineCommand<[], Options>({
  declare: (command) =>
    command
      .description(
        'Stops giving Entra ID the users’ own addresses: it sees the proxy’s instead, and loses the compliant network signal. ' +
          'Lists every policy whose enforcement would change and asks what to do with them. Without a terminal it refuses ' +
          '(exit 3) unless one of --delete-policies, --report-only-policies or --keep-policies tells it. Everything is written ' +
          'at once or not at all.',
      )
      .option('--dry-run', 'print the plan, write nothing, exit as the real run would')
      .addOption(
        new Option(
          '--delete-policies [policies...]',
          'delete them first: all that would newly stop people (others stay, and are named), or exactly these; wants --yes',
        ).conflicts(['reportOnlyPolicies', 'keepPolicies']),
      )
      .addOption(
        new Option(
          '--report-only-policies [policies...]',
          'switch them to report-only first: all that enforce, or exactly these',
        ).conflicts(['deletePolicies', 'keepPolicies']),
      )
      .addOption(
        new Option('--keep-policies', 'leave them as they are').conflicts(['deletePolicies', 'reportOnlyPolicies']),
      )
      .option(
        '--suggest [file]',
        'switch nothing: the edits after which the switch stops nobody newly, proved over every sign-in there could be, ' +
          'with what each opens; also written as a file that `gsa import` takes',
      )
      .option('--apply', 'with --suggest: make those edits, and leave signaling as it is')
      .option('--budget <people=n>', 'refuse (exit 3) when more people than that may be newly stopped', budget)
      .addHelpText(
        'after',
        '\nExamples:\n  gsa signaling disable --dry-run\n  gsa signaling disable --report-only-policies\n' +
          '  gsa signaling disable --delete-policies --yes\n' +
          '  gsa signaling disable --suggest fix.json\n' +
          '  gsa signaling disable --keep-policies --budget people=5',
      ),
  run: async (session, _args, options) => {
    const { suggest, apply, dryRun } = options;
    if (suggest !== undefined) {
      const file = suggest === true ? undefined : suggest;
      return mendSwitch(session, file, apply === true, dryRun === true);
    }
    if (apply === true) throw new GsaError('usage', '--apply makes the edits of --suggest', { hint: 'add --suggest' });
    if (options.budget !== undefined) holdBudget(session.tenants().read().tenant, options.budget);
    const result = await switchSignaling(session, 'disabled', remedyOf(options), dryRun === true);
    const reach =
      dryRun === true && result.hint === undefined ? reachOfSwitch(session.tenants().read().tenant) : undefined;
    return reach === undefined ? result : { ...result, hint: reach };
  },
});

function budget(text: string): number {
  const people = /^people=(\d+)$/.exec(text)?.[1];
  if (people === undefined) throw new InvalidArgumentError('give people=<n>, such as people=5.');
  return Number(people);
}

function remedyOf({ deletePolicies, reportOnlyPolicies, keepPolicies }: Options): Remedy | undefined {
  if (deletePolicies !== undefined) return { kind: 'delete', policies: named(deletePolicies) };
  if (reportOnlyPolicies !== undefined) return { kind: 'reportOnly', policies: named(reportOnlyPolicies) };
  return keepPolicies === true ? { kind: 'keep' } : undefined;
}

/** Names and ids as typed, apart or joined by commas; `all` for the option alone. */
function named(value: true | readonly string[]): 'all' | readonly string[] {
  return value === true ? 'all' : value.flatMap(parts);
}
