import { CHANGE_CLASSES } from '../../../core/conditional-access/outcome/change.ts';
import { plural } from '../../../core/values/plural.ts';
import type {
  PipelineCase,
  PipelineFinding,
  PipelineLevel,
  PipelineReport,
  PipelineRule,
  PipelineStatus,
} from '../../pipeline.ts';
import { worstFirst } from '../../pipeline.ts';
import { exampleText } from './example.ts';
import { doubtText } from './gate.ts';
import type { ImpactReport, ImpactRow } from './report.ts';
import { classWords, signIns } from './words.ts';

/** What a pipeline is told of a forecast: each policy that decides a change, and as a test case each class. */
export function pipelineOfImpact(report: ImpactReport, version: string): PipelineReport {
  const by = report.groupBy ?? 'policy';
  return {
    tool: 'gsa impact',
    version,
    suites: [{ name: 'gsa impact', file: undefined, cases: casesOf(report) }],
    rules: IMPACT_RULES,
    findings: worstFirst(report.value.filter((row) => row.by === by).map((row) => findingOf(row, report))),
  };
}

/** How bad a change is in itself; one that the gate asks for is an error whatever it is. */
const LEVELS: { readonly [kind: string]: PipelineLevel } = {
  newlyBlocked: 'error',
  newlyDenied: 'error',
  newlyPrompted: 'warning',
  newlyAllowed: 'warning',
  lessProtected: 'warning',
  unknown: 'note',
};

const HELP: { readonly [kind: string]: string } = {
  newlyBlocked: 'These sign-ins are let in now and would be blocked.',
  newlyDenied:
    'These sign-ins are let in now and would be refused for lack of a requirement, such as a compliant device.',
  newlyPrompted: 'These people would be asked to prove something that they are not asked for now.',
  newlyAllowed: 'These sign-ins are stopped now and would be let in.',
  lessProtected: 'These sign-ins come out as before with less asked for, or with fewer limits on the session.',
  unknown: 'A fact is missing, so that nobody can say how these sign-ins come out.',
};

/** One rule for each class of change, for forecasts and proofs alike. */
export const IMPACT_RULES: readonly PipelineRule[] = CHANGE_CLASSES.filter((kind) => kind !== 'unchanged').map(
  (kind): PipelineRule => ({
    id: ruleIdOf(kind),
    name: ruleIdOf(kind),
    summary: `Sign-ins that are ${classWords(kind)}.`,
    help: `${HELP[kind] ?? ''} \`gsa impact\` shows who and why, and \`gsa policy dependencies\` what the policy hangs on.`,
    level: LEVELS[kind] ?? 'note',
  }),
);

/** `impact-newly-blocked`. */
export function ruleIdOf(kind: string): string {
  return `impact-${classWords(kind).replaceAll(' ', '-')}`;
}

/** The level of a class, where these classes fail a gate. */
export function levelOf(kind: string, failing: readonly string[]): PipelineLevel {
  const stops = kind === 'newlyBlocked' || kind === 'newlyDenied';
  const isAsked = failing.includes(kind) || (stops && failing.includes('stopped'));
  return isAsked ? 'error' : (LEVELS[kind] ?? 'note');
}

function findingOf(row: ImpactRow, { failed, notProven }: ImpactReport): PipelineFinding {
  const doubtful = notProven.length > 0 ? ['unknown'] : [];
  const example = exampleText(row.example)
    .map((part) => (typeof part === 'string' ? part : part.text))
    .join('');
  const counted = `${plural(signIns(row), 'sign-in')} of ${plural(row.users, 'user')} ${classWords(row.class)}`;
  return {
    ruleId: ruleIdOf(row.class),
    level: levelOf(row.class, [...failed, ...doubtful]),
    title: `${row.displayName}: ${classWords(row.class)}`,
    message: [
      counted + (row.certainlyStopped > 0 ? `, ${row.certainlyStopped} of them stopped in any case` : ''),
      `for example ${example}`,
      `look closer: ${row.command}`,
    ],
    place: placeOf(row),
    subject: `${row.by}/${row.displayName}`,
    fingerprint: JSON.stringify([row.by, row.id, row.class]),
  };
}

function placeOf({ place }: ImpactRow): PipelineFinding['place'] {
  const line = place?.line ?? undefined;
  return place === undefined || line === undefined ? undefined : { file: place.file, line, column: place.column ?? 1 };
}

/** A class that the gate asks for is passed or not; the others are told as skipped, for nobody asked. */
function casesOf(report: ImpactReport): readonly PipelineCase[] {
  const { failOn, failed, notProven, disagrees } = report;
  const cases = report.classes
    .filter((each) => each.class !== 'unchanged')
    .map((each): PipelineCase => {
      const doubt = notProven.find(({ gate }) => gate === each.class);
      const count = signIns(each);
      const status = statusOf(each.class, count, report);
      const message =
        doubt === undefined ? `${plural(count, 'sign-in')} of ${plural(each.users, 'user')}` : doubtText(doubt, report);
      return caseOf(
        `no sign-in is ${classWords(each.class)}`,
        status,
        status === 'skipped' ? `${message}; --fail-on does not ask` : message,
        report.value
          .filter((row) => row.class === each.class && row.by === 'policy')
          .map((row) => `${row.displayName}: ${plural(signIns(row), 'sign-in')}; ${row.command}`),
      );
    });
  if (failOn.includes('stopped')) {
    const doubt = notProven.find(({ gate }) => gate === 'stopped');
    const status = failed.includes('stopped') ? 'failed' : doubt === undefined ? 'passed' : 'unknown';
    cases.push(
      caseOf(
        'no sign-in is stopped',
        status,
        doubt === undefined ? 'sign-ins are stopped' : doubtText(doubt, report),
        [],
      ),
    );
  }
  if (failOn.length > 0) {
    const message = 'gsa does not agree with the records as far as --minimum-agreement asks';
    cases.push(caseOf('gsa agrees with the records', disagrees ? 'failed' : 'passed', message, []));
  }
  return cases;
}

function statusOf(kind: string, count: number, { failOn, failed, notProven }: ImpactReport): PipelineStatus {
  if (failed.includes(kind)) return 'failed';
  if (notProven.some(({ gate }) => gate === kind)) return 'unknown';
  return failOn.includes(kind) || count === 0 ? 'passed' : 'skipped';
}

function caseOf(name: string, status: PipelineStatus, message: string, details: readonly string[]): PipelineCase {
  const isPassed = status === 'passed';
  return { name, status, place: undefined, message: isPassed ? '' : message, details: isPassed ? [] : details };
}
