import { compile } from '../../src/core/conditional-access/compile.ts';
import { evaluate } from '../../src/core/conditional-access/evaluate.ts';
import { classifyChange } from '../../src/core/conditional-access/outcome/change.ts';
import { appliedPolicy } from '../../src/core/conditional-access/record/applied-policy.ts';
import type { Evaluation } from '../../src/core/conditional-access/result.ts';
import { analyze } from '../../src/core/conditional-access/what-if/answer.ts';
import { readWhatIfRequest } from '../../src/core/conditional-access/what-if/request.ts';
import type { Vector, VectorFile } from './vector-adapter.ts';
import { attemptOf } from './vector-sign-in.ts';
import { tenantOf } from './vector-tenant.ts';

/** What the vector asserts, in a form that compares with {@link answerOf}. */
export function assertedBy({ expected }: Vector): object {
  const { overall, perPolicy = {}, ...rest } = expected;
  if (overall?.errorCodeAnyOf === undefined) return { ...rest, perPolicy, overall: overall ?? {} };
  return { ...rest, perPolicy, overall: { ...overall, errorCodeAnyOf: 'as expected' } };
}

/** What the evaluator answers to each thing that the vector asserts. */
export function answerOf(file: VectorFile, vector: Vector): object {
  return vector.mode === 'whatIf' ? whatIf(file, vector) : judge(file, vector);
}

function judge(file: VectorFile, vector: Vector): object {
  const evaluation = evaluated(file, vector);
  const { perPolicy = {}, overall = {} } = vector.expected;
  const policies = new Map(evaluation.policies.map(appliedPolicy).map((policy) => [policy.id, policy]));
  const { errorCode } = evaluation.status;
  const isExpected = overall.errorCodeAnyOf?.includes(errorCode ?? -1) === true;
  return {
    perPolicy: Object.fromEntries(
      Object.entries(perPolicy).map(([id, asserted]) => [id, pick(asserted, policies.get(id))]),
    ),
    overall: pick(overall, {
      ...evaluation,
      ...evaluation.status,
      errorCodeAnyOf: isExpected ? 'as expected' : errorCode,
    }),
  };
}

function whatIf({ tenant }: VectorFile, vector: Vector): object {
  const compiled = compile(tenantOf(tenant, vector));
  const { attempt, observation } = readWhatIfRequest(vector.whatIfRequest ?? {});
  const results = analyze(compiled, evaluate(compiled, attempt, observation), attempt.target.kind);
  const { perPolicy = {}, overall: _, ...asserted } = vector.expected;
  return {
    ...pick(asserted, results[0]),
    perPolicy: Object.fromEntries(
      Object.entries(perPolicy).map(([id, members]) => [
        id,
        pick(
          members,
          results.find((result) => result.id === id),
        ),
      ]),
    ),
    overall: {},
  };
}

/** The answers to what is asserted; a member that we do not know how to answer shows as missing. */
function pick(asserted: object, answers: object | undefined): Record<string, unknown> {
  const known = new Map<string, unknown>(Object.entries(answers ?? {}));
  return Object.fromEntries(Object.keys(asserted).map((name) => [name, known.get(name)]));
}

/**
 * The words for what switching signaling off does to a pair: by outcome, as the vectors have them, and the finer one of the
 * tool, which tells a prompt that falls away from a door that opens.
 */
export function effectsOfDisabling(file: VectorFile, pair: VectorFile['pairs'][number]): readonly string[] {
  const [on, off] = [pair.signalingEnabled, pair.signalingDisabled].map((id) => {
    const vector = file.vectors.find((candidate) => candidate.id === id);
    if (vector === undefined) throw new Error(`the pair names ${id}, which is no vector`);
    return evaluated(file, vector);
  });
  if (on === undefined || off === undefined) return [];
  const change = classifyChange(on, off);
  const ours = change === 'lessProtected' ? [change, 'newlyLessProtected'] : [change];
  if (on.outcome !== off.outcome) return [BY_OUTCOME[off.outcome], ...ours];
  if (change !== 'unchanged') return ours;
  const results = ({ policies }: Evaluation) => policies.map(({ result }) => result).join();
  return [results(on) === results(off) ? 'unchanged' : 'logOnly'];
}

const BY_OUTCOME = {
  granted: 'newlyAllowed',
  interrupted: 'newlyPrompted',
  denied: 'newlyDenied',
  blocked: 'newlyBlocked',
  unknown: 'unknown',
} as const;

function evaluated(file: VectorFile, vector: Vector): Evaluation {
  const { compiled, attempt, observation } = sceneOf(file, vector);
  return evaluate(compiled, attempt, observation);
}

/** What the evaluator takes. */
export function sceneOf({ tenant }: VectorFile, vector: Vector) {
  if (vector.signIn === undefined) throw new Error(`${vector.id} has no sign-in`);
  return { compiled: compile(tenantOf(tenant, vector)), ...attemptOf(vector.signIn) };
}
