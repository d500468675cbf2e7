import { Option } from 'commander';
import { defineCommand } from '../command.ts';
import { parts } from '../options.ts';
import type { Remedy } from './switch.ts';
import { switchSignaling } from './switch.ts';

interface Options {
  readonly dryRun?: true;
  readonly deletePolicies?: true | readonly string[];
  readonly reportOnlyPolicies?: true | readonly string[];
  readonly keepPolicies?: true;
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
      .addHelpText(
        'after',
        '\nExamples:\n  gsa signaling disable --dry-run\n  gsa signaling disable --report-only-policies\n' +
          '  gsa signaling disable --delete-policies --yes',
      ),
  run: (session, _args, options) => switchSignaling(session, 'disabled', remedyOf(options), options.dryRun === true),
});

function remedyOf({ deletePolicies, reportOnlyPolicies, keepPolicies }: Options): Remedy | undefined {
  if (deletePolicies !== undefined) return { kind: 'delete', policies: named(deletePolicies) };
  if (reportOnlyPolicies !== undefined) return { kind: 'reportOnly', policies: named(reportOnlyPolicies) };
  return keepPolicies === true ? { kind: 'keep' } : undefined;
}

/** Names and ids as typed, apart or joined by commas; `all` for the option alone. */
function named(value: true | readonly string[]): 'all' | readonly string[] {
  return value === true ? 'all' : value.flatMap(parts);
}
