import { Option } from 'commander';
import { GATES } from '../../core/impact/gates.ts';
import { DIMENSIONS } from '../../core/impact/groups.ts';
import { declareAgreement } from '../agreement-options.ts';
import { defineCommand } from '../command.ts';
import { examples } from '../examples.ts';
import { list } from '../options.ts';
import { declareProof } from '../proof-question.ts';
import { declareSources } from '../sign-in-sources.ts';
import { supposedChanges } from '../supposed-change.ts';
import { provenImpact } from './all.ts';
import { declareEngine } from './engine.ts';
import type { Options } from './options.ts';
import { classes, withoutRecords } from './options.ts';
import { recordedImpact } from './recorded.ts';

/** Options that choose among records, or say how they are read, have nothing to work on where all sign-ins are meant. */
const OF_RECORDS: (keyof Options)[] = [
  ...(['fromLogs', 'only', 'groupBy', 'signIn', 'minimumAgreement'] as const),
  ...(['gsaTraffic', 'countries', 'proxyCountry', 'threads', 'engine', 'url', 'table'] as const),
];

export const command = defineCommand<[readonly string[]], Options>({
  changesNothing: true,
  formats: ['lists', 'pipelines', 'html'],
  asksEngine: 'engine',
  declare: (command) =>
    declareProof(declareEngine(declareAgreement(declareSources(command))))
      .description(
        'Who would be blocked, asked or no longer protected? Evaluates the same recorded sign-ins twice, as things are and as ' +
          'asked, and tells which outcomes differ, by which policies, with an example of each. Nothing is changed or logged. ' +
          'First it checks itself: each record is evaluated as it was recorded and compared with its own policies. With --all no ' +
          'record is asked: it is proved what changes for every sign-in there could be, and what is not included is named.',
      )
      .argument('[file...]', 'files or folders of sign-ins; - is standard input')
      .option('--from-logs', 'the sign-ins that `gsa replay` has logged, instead of files')
      .addOption(new Option('--all', 'every sign-in there could be, instead of recorded ones').conflicts(OF_RECORDS))
      .option(
        '--of <change>',
        'the change that is asked about: signaling=<status> or policy:<name>=<state>, a state being enabled, disabled, ' +
          'report-only, on, off or deleted; repeatable (default: the opposite signaling status)',
        supposedChanges,
      )
      .option(
        '--with <path>',
        'with --all: the tenant with what this tenant file, or this file or folder of an export, holds',
      )
      .option('--certificate <file>', 'with --all: write the proof, for `gsa check certificate` to judge anew')
      .option(
        '--suggest [file]',
        'with --all: edits after which the change stops nobody newly, also as a file that `gsa import` takes',
      )
      .option('--against <tenant>', 'another tenant file, such as a copy with a changed policy')
      .option(
        '--fail-on <classes>',
        `exit 1 when there is a sign-in of these, or could be (repeatable): ${GATES.join(', ')}; stopped is newlyBlocked, newlyDenied and ` +
          'what is unknown but stopped in any case; with --all also stricter, looser and changed. What is unknown and could be ' +
          'of a class fails it too, and so do records that cannot be read and an agreement below --minimum-agreement',
        list,
      )
      .option('--only <classes>', 'show these classes only', classes)
      .addOption(new Option('--group-by <what>', 'one grouping instead of all').choices(DIMENSIONS))
      .option('--sign-in <id>', 'one sign-in, policy by policy')
      .addHelpText(
        'after',
        examples(
          'gsa impact signins.json',
          'gsa impact signins.json -o table -o html:impact.html',
          'gsa impact signins/ --against changed.json --fail-on stopped,unknown',
          'gsa impact --all --fail-on newlyBlocked',
          'gsa impact --all --of policy:CA003=disabled',
        ),
      ),
  run: (session, [files], options) =>
    options.all === true
      ? provenImpact(session, withoutRecords(files, options))
      : recordedImpact(session, files, options),
});
