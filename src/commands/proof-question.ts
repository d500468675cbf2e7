import type { Command } from 'commander';
import { findApplication } from '../core/conditional-access/facts/application-names.ts';
import { CHANGE_CLASSES } from '../core/conditional-access/outcome/change.ts';
import type { ProofAnswer } from '../core/proof/answers/answer.ts';
import { answerOf, policyVerdicts } from '../core/proof/answers/answer.ts';
import type { LeftOut } from '../core/proof/answers/left-out.ts';
import { leftOut } from '../core/proof/answers/left-out.ts';
import type { ToldCover, ToldRow } from '../core/proof/answers/told.ts';
import { rowsTold } from '../core/proof/answers/told.ts';
import type { Proof } from '../core/proof/proof.ts';
import { prove } from '../core/proof/proof.ts';
import { TooLarge } from '../core/proof/too-large.ts';
import { unprovable } from '../core/proof/unprovable.ts';
import { withDirectory } from '../core/proof/worlds/supposed-directory.ts';
import { proofUnder, proofWorld } from '../core/proof/worlds/world.ts';
import { findPolicy } from '../core/tenant/lookup.ts';
import type { ConditionalAccessPolicy } from '../core/tenant/policy.ts';
import type { SignalingStatus, Tenant } from '../core/tenant/tenant.ts';
import type { ProofReport, ProofReportRow } from '../output/reports/proof/report.ts';
import type { Session } from '../shell/session.ts';
import { GsaError } from '../trouble/error.ts';
import type { Result } from './command.ts';
import { theOne } from './find.ts';
import { parts } from './options.ts';
import { whatIfLine } from './what-if-line.ts';

/** Options of every question about all sign-ins. */
export interface ProofOptions {
  readonly user?: string;
  readonly app?: string;
  readonly policy?: string;
  readonly explain?: string;
}

/** What a gate can be set on, over all sign-ins. */
export const PROOF_GATES = [
  ...CHANGE_CLASSES.filter((name) => name !== 'unchanged'),
  'stopped',
  'stricter',
  'looser',
  'changed',
] as const;
export type ProofGate = (typeof PROOF_GATES)[number];

export function declareProof(command: Command): Command {
  return command
    .option(
      '--explain <policy>',
      'the sign-ins that this policy decides, as the largest boxes: who, at what, from where',
    )
    .option('--user <user>', 'only this person')
    .option('--app <application>', 'only this application, by name or application id')
    .option('--policy <policy>', 'this policy by itself, as if there were no other');
}

export function proofGates(text: string, previous: readonly ProofGate[] = []): readonly ProofGate[] {
  return [...previous, ...parts(text).map(gateNamed)];
}

function gateNamed(word: string): ProofGate {
  const known = PROOF_GATES.find((gate) => gate === word);
  if (known !== undefined) return known;
  throw new GsaError('usage', `\`${word}\` is nothing to fail on`, { hint: `one of: ${PROOF_GATES.join(', ')}` });
}

/** One of the two states of affairs, as a user named it. */
export interface AskedSide {
  readonly tenant: Tenant;
  readonly signalingStatus: SignalingStatus;
  /** `null`: the tenant of this session. */
  readonly file: string | null;
}

export interface AskedQuestion {
  readonly text: string;
  readonly before: AskedSide;
  readonly after: AskedSide;
  readonly options: ProofOptions;
  readonly failOn: readonly ProofGate[];
  /** The command that asks the same, to show one policy of it. */
  readonly explainLine: (policy: string) => string;
  readonly certificate?: string | undefined;
}

/** Proves, and tells. Throws GsaError `refused` where the question has to be narrowed. */
export function answered(session: Session, asked: AskedQuestion): Result {
  const { proof, isSupposed } = proofFor(asked);
  const answer = answerOf(proof);
  const shown = explainedOnly(proof, answer, asked.options.explain);
  const left = leftOut(proof.worlds);
  const failed = failedGates(asked.failOn, answer, left);
  const { user, app, policy } = asked.options;
  const names = namesOfOne(asked);
  const data: ProofReport = {
    createdDateTime: session.now(),
    question: asked.text,
    before: sideOf(asked.before),
    after: sideOf(asked.after),
    verdict: answer.verdict,
    people: answer.people,
    peopleAreSupposed: isSupposed,
    narrowedTo: { user: user ?? null, app: app ?? null, policy: policy ?? null },
    classes: answer.classes,
    policies: policyVerdicts(proof),
    leftOut: left,
    kinds: proof.diagram.steps,
    failOn: asked.failOn,
    failed,
    explained: asked.options.explain ?? null,
    certificate: asked.certificate ?? null,
    value: rowsTold(proof, shown).map((row) => reportRow(session, asked, names, row)),
  };
  return { report: { kind: 'proof', data }, verdict: failed.length > 0 ? 'findings' : 'ok' };
}

/** The proof of a question as it was typed. */
export function proofFor({ before, after, options }: Pick<AskedQuestion, 'before' | 'after' | 'options'>): {
  readonly proof: Proof;
  readonly isSupposed: boolean;
} {
  requireProvable(before.tenant, after.tenant);
  requirePolicy(before.tenant, after.tenant, options.policy);
  const directory = withDirectory(before.tenant, after.tenant);
  const was = proofWorld(alone(directory.before, options.policy), before.signalingStatus);
  const becomes =
    directory.before === directory.after
      ? proofUnder(was, after.signalingStatus)
      : proofWorld(alone(directory.after, options.policy), after.signalingStatus);
  const proof = prove({ before: was, after: becomes }, { isAsked: narrowing(options) });
  if (proof instanceof TooLarge) throw tooLarge(proof);
  requireSomebody(proof, after.tenant, options);
  return { proof, isSupposed: directory.supposed };
}

/** Throws GsaError `refused` where nothing can be proved between these tenants. */
export function requireProvable(...tenants: readonly Tenant[]): void {
  const why = unprovable(tenants);
  if (why !== undefined) throw new GsaError('refused', why.message, { hint: why.hint });
}

/** A name that neither tenant has is a slip of the pen: of no policy everything is unchanged. */
function requirePolicy(before: Tenant, after: Tenant, policy: string | undefined): void {
  if (policy === undefined) return;
  const found = findPolicy(after, policy);
  if ('near' in found) theOne(findPolicy(before, policy), 'policy', policy);
}

/** The tenant with one policy; with none where it lacks that one, as a tenant does from which it was deleted. */
function alone(tenant: Tenant, policy: string | undefined): Tenant {
  if (policy === undefined) return tenant;
  const wanted = policy.toLowerCase();
  const policies = tenant.policies.filter(({ id, displayName }) =>
    [id, displayName].some((name) => name.toLowerCase() === wanted),
  );
  return { ...tenant, policies };
}

function narrowing({ user, app }: ProofOptions) {
  return {
    ...(user === undefined ? {} : { person: isNamed(user) }),
    ...(app === undefined ? {} : { app: isNamed(app) }),
  };
}

/** Matches a value by its name, or by an id that it puts into a sign-in. */
function isNamed(text: string): (value: { readonly text: string; readonly part: object }) => boolean {
  const wanted = text.toLowerCase();
  return (value) =>
    value.text.toLowerCase() === wanted || JSON.stringify(value.part).toLowerCase().includes(`"${wanted}"`);
}

function requireSomebody({ people, apps }: Proof, tenant: Tenant, { user, app }: ProofOptions): void {
  if (people.values.length === 0) {
    throw new GsaError('invalid', `nobody is called \`${user}\``, { hint: '`gsa user list` shows everybody' });
  }
  if (apps.values.length === 0) {
    const found = findApplication(tenant, app ?? '');
    if ('isNone' in found) throw new GsaError('invalid', found.isNone.message, { hint: found.isNone.hint });
    throw new GsaError('invalid', `no application is called \`${app}\``, {
      hint: 'name it by its application id; names come with the service principals (`gsa import --requests` prints how)',
    });
  }
}

/** A question that has to be narrowed; one without options to narrow it by is too large as it is. */
export function tooLarge({ what, narrowBy }: TooLarge): GsaError {
  const options = narrowBy.map((name) => `--${name} <${name === 'app' ? 'application' : name}>`);
  return new GsaError('refused', `too large to be proved whole: ${what}`, {
    hint: `ask \`gsa impact --all\` with ${options.join(', ')}; a part of the answer would be a false one`,
  });
}

/** `--explain` keeps the rows of one policy. */
function explainedOnly(proof: Proof, answer: ProofAnswer, policy: string | undefined): ProofAnswer {
  if (policy === undefined) return answer;
  const { before, after } = proof.worlds;
  const one = theOne(findPolicy({ policies: ofEither(before.tenant, after.tenant) }, policy), 'policy', policy);
  return { ...answer, rows: answer.rows.filter(({ policyId }) => policyId === one.id) };
}

/** The policies of two tenants, each id once. */
function ofEither(before: Tenant, after: Tenant): readonly ConditionalAccessPolicy[] {
  const ids = new Set(after.policies.map(({ id }) => id));
  return [...after.policies, ...before.policies.filter(({ id }) => !ids.has(id))];
}

/**
 * Gates that are hit. A gate that is only not known to hold is not proved, so what is unknown, or nobody documents, fails every one; what
 * could only be stricter fails those on that.
 */
function failedGates(
  failOn: readonly ProofGate[],
  answer: ProofAnswer,
  left: readonly LeftOut[],
): readonly ProofGate[] {
  const hit = failOn.filter((gate) => isHit(gate, answer));
  const could = new Set(left.map(({ couldBe }) => couldBe));
  const isUnknown = could.has('anything') || isHit('unknown', answer);
  const isOpen = (gate: ProofGate) => isUnknown || (could.has('stricter') && ON_STRICTER.has(gate));
  return failOn.some(isOpen) && !hit.includes('unknown') ? [...hit, 'unknown'] : hit;
}

/** Gates that more that is asked of a session, or a limit of it, may hit: it stops nobody by itself. */
const ON_STRICTER: ReadonlySet<ProofGate> = new Set<ProofGate>(['newlyPrompted', 'stricter', 'changed', 'unknown']);

function isHit(gate: ProofGate, { classes, verdict }: ProofAnswer): boolean {
  const has = (name: string) => classes.some((each) => each.class === name);
  switch (gate) {
    case 'stopped':
      return has('newlyBlocked') || has('newlyDenied');
    case 'stricter':
    case 'looser':
      return verdict === gate || verdict === 'both';
    case 'changed':
      return verdict !== 'equivalent';
    default:
      return has(gate);
  }
}

function sideOf({ tenant, file, signalingStatus }: AskedSide) {
  return { tenant: tenant.displayName, file, signalingStatus };
}

/** Names, in lower case, that stand for one policy of both tenants. */
function namesOfOne({ before, after }: AskedQuestion): ReadonlySet<string> {
  const policies = ofEither(before.tenant, after.tenant);
  const named = Map.groupBy(policies, ({ displayName }) => String(displayName).toLowerCase());
  return new Set([...named].flatMap(([name, { length }]) => (length === 1 ? [name] : [])));
}

/**
 * `names`: those that stand for one policy. A witness that the evaluator does not confirm would be an error of gsa, and no answer may
 * rest on it.
 */
function reportRow(
  session: Session,
  asked: AskedQuestion,
  names: ReadonlySet<string>,
  { example, cover, ...row }: ToldRow,
): ProofReportRow {
  if (!example.isConfirmed)
    throw new Error(`the witness of ${row.displayName} (${row.class}) is not confirmed by the evaluator`);
  const { attempt, ...told } = example;
  const isSameTenant = asked.before.tenant === asked.after.tenant && asked.before.file === null;
  const lines = [asked.before, asked.after].map((side) => whatIfLine(session, attempt, side));
  const [before, after] = lines;
  const whatIf = isSameTenant && before !== undefined && after !== undefined ? ([before, after] as const) : null;
  let known: ToldCover | undefined;
  const covered = () => {
    known ??= cover();
    return known;
  };
  // Formats that show no boxes never read them.
  return {
    ...row,
    example: { ...told, whatIf },
    command: asked.explainLine(names.has(row.displayName.toLowerCase()) ? row.displayName : row.policyId),
    get boxes() {
      return covered().boxes;
    },
    get boxesAreWhole() {
      return covered().isWhole;
    },
  };
}
