import type { ProofRow } from '../proof/answers/answer.ts';
import { answerOf } from '../proof/answers/answer.ts';
import { openQuestions } from '../proof/answers/left-out.ts';
import type { ToldRow } from '../proof/answers/told.ts';
import { rowsTold } from '../proof/answers/told.ts';
import { prove } from '../proof/proof.ts';
import { TooLarge } from '../proof/too-large.ts';
import { unprovable } from '../proof/unprovable.ts';
import { withDirectory } from '../proof/worlds/supposed-directory.ts';
import { proofUnder, proofWorld } from '../proof/worlds/world.ts';
import type { SignalingStatus, Tenant } from '../tenant/tenant.ts';
import { partOf, plural } from '../values/plural.ts';
import type { Failure } from './result.ts';
import type { Run } from './run-cases.ts';
import type { IntendedChange, TestOf } from './suite.ts';

/** Both sides of a test over all sign-ins. */
export interface AllSides {
  readonly before: Tenant;
  readonly statusBefore: SignalingStatus;
  readonly after: Tenant;
  readonly statusAfter: SignalingStatus;
}

/** Proves what the change does to every sign-in there could be; each row that may not be is a failure with its witness. */
export function runAllTest(test: TestOf<'all'>, sides: AllSides): Run {
  const why = unprovable([sides.before, sides.after]);
  if (why !== undefined) return { cases: 0, failures: [notProven(why.message, why.hint)] };
  const { before, after, supposed } = withDirectory(sides.before, sides.after);
  const was = proofWorld(before, sides.statusBefore);
  const becomes = before === after ? proofUnder(was, sides.statusAfter) : proofWorld(after, sides.statusAfter);
  const proof = prove({ before: was, after: becomes });
  if (proof instanceof TooLarge) {
    return {
      problems: [
        { path: ['tests', test.at, 'all'], message: `too large to be proved: ${proof.what}`, hint: undefined },
      ],
    };
  }
  const answer = answerOf(proof);
  const rows = answer.rows.filter((row) => isFinding(test, row));
  return {
    cases: proof.diagram.steps,
    failures: [
      ...rowsTold(proof, { ...answer, rows }).map((row) =>
        failureOf(test, row, { people: answer.people, areStandIns: supposed }),
      ),
      ...openQuestions(proof.worlds)
        .filter(({ couldBe }) => couldBe === 'anything' || forbidsMore(test))
        .map(({ what, policies }) => notProven(`${what}: ${policies.join(', ')}`)),
    ],
  };
}

/** Whether the test forbids that more is asked of a sign-in that is let in, or lets in what it intends alone. */
function forbidsMore({ never, intended }: TestOf<'all'>): boolean {
  return intended !== undefined || never.some((word) => holds(word, 'newlyPrompted') || holds(word, 'unknown'));
}

/** What keeps a test from being proved, whatever it forbids. */
function notProven(message: string, hint?: string): Failure {
  return {
    subject: undefined,
    status: 'unknown',
    mismatches: [{ member: 'all', expected: 'proved', got: 'not known' }],
    because: [message],
    decidedBy: [],
    reproduce: undefined,
    hint,
    alike: 0,
  };
}

/** An unknown change is a finding unless it is intended: it is no proof that nothing changes. */
function isFinding({ never, intended }: TestOf<'all'>, row: ProofRow): boolean {
  const isForbidden = never.some((word) => holds(word, row.class));
  if (intended === undefined) return isForbidden || row.class === 'unknown';
  return isForbidden || !intended.some((one) => isIntended(one, row));
}

const STOPPED: ReadonlySet<string> = new Set(['newlyBlocked', 'newlyDenied']);
const LOOSER: ReadonlySet<string> = new Set(['newlyAllowed', 'lessProtected']);

function holds(word: string, name: string): boolean {
  switch (word) {
    case 'stopped':
      return STOPPED.has(name);
    case 'stricter':
      return STOPPED.has(name) || name === 'newlyPrompted';
    case 'looser':
      return LOOSER.has(name);
    case 'changed':
      return true;
    default:
      return word === name;
  }
}

function isIntended({ policy, changes }: IntendedChange, { policyId, displayName, class: name }: ProofRow): boolean {
  const wanted = policy?.toLowerCase();
  const isNamed = wanted === undefined || [policyId, displayName].some((text) => text.toLowerCase() === wanted);
  return isNamed && (changes === undefined || changes.includes(name));
}

/** Of whom the proof speaks: of the people of a directory, or of stand-ins where none is known. */
interface Everybody {
  readonly people: number;
  readonly areStandIns: boolean;
}

function failureOf({ intended }: TestOf<'all'>, row: ToldRow, { people, areStandIns }: Everybody): Failure {
  const [one, several] = areStandIns ? ['stand-in', 'stand-ins'] : ['person', 'people'];
  const { example, displayName, class: name } = row;
  const source = `${example.sourceIpAddress ?? 'an address'}${example.sourceCountryOrRegion === null ? '' : ` (${example.sourceCountryOrRegion})`}`;
  const egress = example.egressIpAddress === null ? '' : `, leaving by ${example.egressIpAddress}`;
  const session = example.session.length === 0 ? '' : `, ${example.session.join(', ')}`;
  return {
    subject: `sign-ins of ${partOf(row.people, people, one, several)} are ${name} by ${displayName}`,
    status: name === 'unknown' ? 'unknown' : 'failed',
    mismatches: [
      {
        member: name,
        expected: intended === undefined ? 'never' : 'only what is intended',
        got: plural(row.people, one, several),
      },
    ],
    because: [
      `${example.user} on ${example.application}, ${example.way} from ${source}${egress}${session}: ${example.outcomeBefore} → ${example.outcomeAfter}`,
      ...(areStandIns ? ['no directory is known: a stand-in is one person in place of each group, role and user'] : []),
      ...(row.hangsOn.length === 0 ? [] : [`only if ${row.hangsOn.join(' and ')}`]),
    ],
    decidedBy: [displayName],
    reproduce: undefined,
    hint: undefined,
    alike: 0,
  };
}
