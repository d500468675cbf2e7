import { InvalidArgumentError } from 'commander';
import { GsaError } from '../../trouble/error.ts';
import { defineCommand } from '../command.ts';
import { examples } from '../examples.ts';
import { parts } from '../options.ts';
import { mendSwitch, reachOfSwitch } from './mend.ts';
import type { Remedy } from './remedy.ts';
import { checkRemedy } from './remedy.ts';
import { switchSignaling } from './switch.ts';

interface Options {
  readonly dryRun?: true;
  readonly deletePolicies?: true | readonly string[];
  readonly reportOnlyPolicies?: true | readonly string[];
  readonly keepPolicies?: true | readonly string[];
  readonly save?: string;
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
          '(exit 3) unless --delete-policies, --report-only-policies and --keep-policies together name each of them, or one of ' +
          'these is given without names and takes the rest. Everything is written at once or not at all. `gsa impact` tells ' +
          'who would be stopped, by recorded sign-ins; those that `gsa replay` logged are counted here too.',
      )
      .option('--dry-run', 'print the plan, write nothing, exit as the real run would')
      .option(
        '--delete-policies [policies...]',
        'delete these first; without names, those of the rest that would newly stop people (others stay, and are named); ' +
          'wants --yes',
      )
      .option('--report-only-policies [policies...]', 'switch these to report-only first; without names, the rest')
      .option('--keep-policies [policies...]', 'leave these as they are; without names, the rest')
      .option('--save <plan>', 'with --dry-run: write the plan to a file, for `gsa apply` to make later')
      .option(
        '--suggest [file]',
        'switch nothing: the edits after which the switch stops nobody newly, proved over every sign-in there could be, ' +
          'with what each opens; also written as a file that `gsa import` takes',
      )
      .option('--apply', 'with --suggest: make those edits, and leave signaling as it is')
      .option(
        '--budget <people=n>',
        'refuse (exit 3) when more people of the directory than that may be newly stopped, or when a policy may stop people of ' +
          'other tenants alone, whom no list counts; workload identities are not people',
        budget,
      )
      .addHelpText(
        'after',
        examples(
          'gsa signaling disable --dry-run',
          'gsa signaling disable --report-only-policies',
          'gsa signaling disable --delete-policies --yes',
          'gsa signaling disable --delete-policies CA007 --report-only-policies --yes',
          'gsa signaling disable --dry-run --keep-policies --save plan.json',
          'gsa signaling disable --suggest fix.json',
          'gsa signaling disable --keep-policies --budget people=5',
        ),
      ),
  run: async (session, _args, options) => {
    const { suggest, apply, dryRun } = options;
    if (suggest !== undefined) {
      refuseSwitchOptions(options);
      const file = suggest === true ? undefined : suggest;
      return mendSwitch(session, file, apply === true, dryRun === true);
    }
    if (apply === true) throw new GsaError('usage', '--apply makes the edits of --suggest', { hint: 'add --suggest' });
    if (options.save !== undefined && dryRun !== true) {
      throw new GsaError('usage', '--save writes the plan of a run that changes nothing', { hint: 'add --dry-run' });
    }
    const remedy = remedyOf(options);
    if (remedy !== undefined) checkRemedy(remedy);
    const result = await switchSignaling(session, 'disabled', {
      remedy,
      dryRun: dryRun === true,
      save: options.save,
      budget: options.budget,
    });
    const reach =
      dryRun === true && result.hint === undefined ? reachOfSwitch(session.tenants().read().tenant) : undefined;
    return reach === undefined ? result : { ...result, hint: reach };
  },
});

/** What is said of a switch that is not made would be heard by nobody. */
function refuseSwitchOptions({
  budget: people,
  save,
  deletePolicies,
  reportOnlyPolicies,
  keepPolicies,
}: Options): void {
  const given = Object.entries({
    budget: people,
    save,
    'delete-policies': deletePolicies,
    'report-only-policies': reportOnlyPolicies,
    'keep-policies': keepPolicies,
  }).find(([, value]) => value !== undefined);
  if (given === undefined) return;
  throw new GsaError('usage', `--${given[0]} and --suggest at once: --suggest switches nothing`, {
    hint: 'leave out one of the two',
  });
}

function budget(text: string): number {
  const people = /^people=(\d+)$/.exec(text)?.[1];
  if (people === undefined) throw new InvalidArgumentError('give people=<n>, such as people=5.');
  return Number(people);
}

function remedyOf({ deletePolicies, reportOnlyPolicies, keepPolicies }: Options): Remedy | undefined {
  const remedy: Remedy = {
    ...(deletePolicies === undefined ? {} : { delete: named(deletePolicies) }),
    ...(reportOnlyPolicies === undefined ? {} : { reportOnly: named(reportOnlyPolicies) }),
    ...(keepPolicies === undefined ? {} : { keep: named(keepPolicies) }),
  };
  return Object.keys(remedy).length === 0 ? undefined : remedy;
}

/** Names and ids as typed, apart or joined by commas; `rest` for the option alone. */
function named(value: true | readonly string[]): 'rest' | readonly string[] {
  return value === true ? 'rest' : value.flatMap(parts);
}
