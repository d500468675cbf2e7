import { certificateOf } from '../../core/proof/questions/certificate.ts';
import { TooLarge } from '../../core/proof/too-large.ts';
import type { Session } from '../../shell/session.ts';
import { GsaError } from '../../trouble/error.ts';
import { acting } from '../acting.ts';
import { askedChange } from '../asked-change.ts';
import type { Result } from '../command.ts';
import { commandText, tenantWords } from '../command-text.ts';
import { heedAssumedStatus, heedStatusOfOther } from '../known-status.ts';
import type { AskedQuestion, AskedSide, ProofOptions } from '../proof-question.ts';
import { answered, proofFor, proofGates, tooLarge } from '../proof-question.ts';
import { questionText } from '../proof-sentence.ts';
import { fixFor, suggestion } from '../suggestion.ts';
import type { SupposedChange } from '../supposed-change.ts';

export interface AllOptions extends ProofOptions {
  readonly with?: string;
  readonly of?: readonly SupposedChange[];
  readonly failOn?: readonly string[];
  readonly certificate?: string;
  readonly suggest?: true | string;
}

/** Answers for every sign-in there could be, instead of recorded ones. */
export async function provenImpact(session: Session, options: AllOptions): Promise<Result> {
  if (options.suggest !== undefined) refuseOfPart(options);
  const { tenant } = session.tenants().read();
  acting(session, tenant, ['policy.read']);
  const { certificate, suggest } = options;
  const hasGate = (options.failOn ?? []).length > 0 || certificate !== undefined || suggest !== undefined;
  await heedAssumedStatus(session, tenant, hasGate);
  const change = await askedChange(session, tenant, { of: options.of ?? [], with: options.with });
  await heedStatusOfOther(session, [tenant, change.after], options.of ?? [], hasGate);
  const { statusBefore: status, statusAfter: signalingStatus } = change;
  if (options.suggest !== undefined) {
    const file = options.suggest === true ? undefined : options.suggest;
    const question = 'What has to be edited so that this change stops nobody newly?';
    const fix = await session.computing(() => fixFor(session, change));
    return suggestion(session, fix, question, file, nextLine(session, options, file));
  }
  const before = { tenant, signalingStatus: status, file: null };
  const after = { tenant: change.after, signalingStatus, file: options.with ?? null };
  if (options.certificate !== undefined) await writeCertificate(session, options.certificate, before, after, options);
  const asked: AskedQuestion = {
    text: questionText(tenant.displayName, signalingStatus === status ? undefined : signalingStatus, options),
    before,
    after,
    options,
    failOn: (options.failOn ?? []).flatMap((gate) => proofGates(gate)),
    explainLine: (policy) => commandText(lineOf(session, options, policy)),
    certificate: options.certificate,
  };
  return await session.computing(() => answered(session, asked));
}

/** Writes the proof as disjoint boxes that `gsa check certificate` judges anew; only of a whole question. */
async function writeCertificate(
  session: Session,
  file: string,
  before: AskedSide,
  after: AskedSide,
  options: AllOptions,
): Promise<void> {
  if ([options.user, options.app, options.policy].some((one) => one !== undefined)) {
    throw new GsaError('usage', 'a certificate is of every sign-in, not of a part of them', {
      hint: 'leave out --user, --app and --policy',
    });
  }
  const head = {
    createdDateTime: session.now(),
    question: {
      of: (options.of ?? []).map(({ text }) => text),
      with: options.with ?? null,
      signalingStatusBefore: before.signalingStatus,
      signalingStatusAfter: after.signalingStatus,
    },
  };
  const certificate = await session.computing(() =>
    certificateOf(proofFor({ before, after, options: {} }).proof, head),
  );
  if (certificate instanceof TooLarge) throw tooLarge(certificate);
  await session.writeFile(session.path(file), `${JSON.stringify(certificate)}\n`);
}

/** Edits are looked for over every sign-in, and are no gate: what would be heard by nobody is refused. */
function refuseOfPart({ user, app, policy, explain, failOn, certificate }: AllOptions): void {
  const given = Object.entries({ user, app, policy, explain, 'fail-on': failOn, certificate }).find(
    ([, value]) => value !== undefined,
  );
  if (given === undefined) return;
  throw new GsaError('usage', `--${given[0]} and --suggest at once: --suggest looks for edits over every sign-in`, {
    hint: 'leave out one of the two',
  });
}

/** A suggestion is made by importing its file, and first by writing one. */
function nextLine(session: Session, options: AllOptions, file: string | undefined): string {
  return commandText(
    file === undefined
      ? [...askedWords(session, options), '--suggest', 'fix.json']
      : ['import', ...tenantWords(session), file],
  );
}

/** The question as it was asked, without what it is narrowed to. */
function askedWords(session: Session, { of = [], with: file }: AllOptions): string[] {
  return [
    'impact',
    ...tenantWords(session),
    '--all',
    ...option('--with', file),
    ...of.flatMap(({ text }) => ['--of', text]),
  ];
}

function option(name: string, value: string | undefined): readonly string[] {
  return value === undefined ? [] : [name, value];
}

function lineOf(session: Session, options: AllOptions, policy: string): string[] {
  const { user, app, policy: only } = options;
  return [
    ...askedWords(session, options),
    ...option('--user', user),
    ...option('--app', app),
    ...option('--policy', only),
    '--explain',
    policy,
  ];
}
