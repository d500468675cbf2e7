import type { Option } from 'commander';
import { Command, CommanderError } from 'commander';
import { compile } from '../../core/conditional-access/compile.ts';
import { evaluate } from '../../core/conditional-access/evaluate.ts';
import { withTunnelOwner } from '../../core/conditional-access/facts/tunnel-owner.ts';
import { observingAhead } from '../../core/conditional-access/observing.ts';
import type { Evaluation } from '../../core/conditional-access/result.ts';
import { underUnseenPolicies } from '../../core/conditional-access/what-if/unseen-policies.ts';
import { isLocatedByStandIn } from '../../core/signaling/observation.ts';
import { observe } from '../../core/signaling/observe.ts';
import type { SignalingStatus, Tenant } from '../../core/tenant/tenant.ts';
import { plural } from '../../core/values/plural.ts';
import type { WrittenQuestion } from '../../intake/question-file.ts';
import { readQuestions } from '../../intake/question-file.ts';
import type { WhatIfAnswer } from '../../output/reports/what-if-answers.ts';
import type { ErrorProblem } from '../../trouble/error.ts';
import { GsaError } from '../../trouble/error.ts';
import type { Result } from '../command.ts';
import { nearest } from '../nearest.ts';
import { refusedText } from '../refused-value.ts';
import { signalingOption } from './signaling-option.ts';
import type { Supposition } from './supposed-sign-in.ts';
import { supposedSignIn } from './supposed-sign-in.ts';

interface Question extends Supposition {
  readonly signaling?: 'current' | SignalingStatus;
}

/** A column for the reader of the answers alone. */
const LABEL = 'name';

/**
 * Answers every question of a file, whose columns are called as the options are. Throws GsaError `invalid` for questions that
 * cannot be understood, all of them with their lines: a table with holes would be taken for a whole one.
 */
export async function answerQuestions(
  file: string,
  tenant: Tenant,
  status: SignalingStatus,
  declare: (command: Command) => Command,
): Promise<Result> {
  const answer = answering(tenant, status);
  const problems: ErrorProblem[] = [];
  const value: WhatIfAnswer[] = [];
  for (const question of await readQuestions(file)) {
    try {
      value.push(answer(question.line, understood(question, declare)));
    } catch (error) {
      problems.push({ file, line: question.line, message: messageOf(error) });
    }
  }
  if (problems.length > 0) {
    throw new GsaError('invalid', `${plural(problems.length, 'question')} cannot be answered; none was`, {
      hint: '`gsa whatif --help` has the columns: they are called as the options are',
      problems,
    });
  }
  return { report: { kind: 'whatIfAnswers', data: { value } } };
}

function messageOf(error: unknown): string {
  if (!(error instanceof GsaError)) throw error;
  return error.hint === undefined ? error.message : `${error.message}; ${error.hint}`;
}

/** Answers one question after the other, over a tenant that is compiled once. */
function answering(tenant: Tenant, status: SignalingStatus): (line: number, question: Understood) => WhatIfAnswer {
  const known = judging(tenant);
  return (line, { label, options }) => {
    const supposed = supposedSignIn(tenant, options);
    const { compiled, observeWith } = supposed.tenant === tenant ? known : judging(supposed.tenant);
    const attempt = withTunnelOwner(compiled.people, supposed.attempt);
    const { signaling = 'current' } = options;
    const signalingStatus = signaling === 'current' ? status : signaling;
    const judged = evaluate(compiled, attempt, observe(attempt, signalingStatus, observeWith));
    return {
      line,
      name: label,
      user: supposed.user,
      application: supposed.target,
      sourceIpAddress: attempt.network.source.address?.text ?? null,
      via: options.via,
      signalingStatus,
      ...answerOf(underUnseenPolicies(judged, tenant)),
    };
  };
}

function judging(tenant: Tenant) {
  const compiled = compile(tenant);
  return { compiled, observeWith: observingAhead(compiled) };
}

function answerOf({ outcome, status, decidedBy, missing, observation, policies }: Evaluation) {
  const nameOf = (id: string) => policies.find(({ policyId }) => policyId === id)?.displayName ?? id;
  return {
    ipAddress: observation.ipAddress?.text ?? null,
    isLocatedByStandIn: isLocatedByStandIn(observation),
    outcome,
    errorCode: status.errorCode ?? null,
    decidedBy: decidedBy.map((id) => ({ id, displayName: nameOf(id) })),
    missing: [...new Set(missing.map(({ fact }) => fact))].sort(),
  };
}

/** A question as the options that its cells are, and what its reader calls it. */
interface Understood {
  readonly label: string | null;
  readonly options: Question;
}

/** The cells as the options that they are; what an option refuses is refused here in the same words. */
function understood({ cells }: WrittenQuestion, declare: (command: Command) => Command): Understood {
  const command = declare(new Command('question'))
    .addOption(signalingOption())
    .exitOverride()
    .configureOutput({ outputError: () => undefined });
  const words: string[] = [];
  let label: string | null = null;
  for (const { column, text } of cells) {
    if (plainName(column) === LABEL) label = text;
    else words.push(`${optionFor(column, command.options).long ?? ''}=${text}`);
  }
  try {
    command.parse(words, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    throw new GsaError('usage', refusedText(error), { cause: error });
  }
  return { label, options: command.opts() };
}

function optionFor(column: string, options: readonly Option[]): Option {
  const found = options.find((option) => plainName(option.name()) === plainName(column));
  if (found !== undefined) return found;
  const near = nearest(
    column,
    options.map((option) => option.name()),
  );
  throw new GsaError('usage', `no option is called as the column \`${column}\``, {
    hint: near === undefined ? 'rename it, or leave it out' : `did you mean \`${near}\`?`,
  });
}

/** `Source IP`, `sourceIp` and `source-ip` are one name. */
function plainName(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}
