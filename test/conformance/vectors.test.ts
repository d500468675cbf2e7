import { describe, expect, test } from 'vitest';
import { appliedPolicy } from '../../src/core/conditional-access/applied-policy.ts';
import { compile } from '../../src/core/conditional-access/compile.ts';
import { evaluate } from '../../src/core/conditional-access/evaluate.ts';
import { analyze } from '../../src/core/conditional-access/what-if.ts';
import { readWhatIfRequest } from '../../src/core/conditional-access/what-if-request.ts';
import type { Vector, VectorFile } from '../support/vector-adapter.ts';
import { attemptOf, readVectors, tenantOf } from '../support/vector-adapter.ts';

const file = readVectors();

describe.skipIf(file === undefined)('the vectors beside the repository', () => {
  if (file === undefined) return;

  test.each(file.vectors.map((vector) => [`${vector.id} ${vector.title}`, vector] as const))('%s', (_, vector) => {
    expect(vector.mode === 'whatIf' ? whatIf(file, vector) : judge(file, vector)).toEqual(expectedOf(vector));
  });

  test.each(file.pairs.map((pair) => [pair.pattern, pair] as const))('switching signaling off: %s', (_, pair) => {
    const [on, off] = [pair.signalingEnabled, pair.signalingDisabled].map((id) => {
      const vector = file.vectors.find((candidate) => candidate.id === id);
      if (vector === undefined) throw new Error(`the pair names ${id}, which is no vector`);
      return evaluated(file, vector);
    });
    expect(effect(on, off)).toBe(pair.effectOfDisabling);
  });
});

function evaluated({ tenant }: VectorFile, vector: Vector) {
  if (vector.signIn === undefined) throw new Error(`${vector.id} has no sign-in`);
  const { attempt, observation } = attemptOf(vector.signIn);
  return evaluate(compile(tenantOf(tenant, vector)), attempt, observation);
}

/** What the vector asserts, as the evaluator answers it. */
function judge(file: VectorFile, vector: Vector) {
  const evaluation = evaluated(file, vector);
  const applied = evaluation.policies.map(appliedPolicy);
  const { perPolicy = {}, overall } = vector.expected;
  return {
    perPolicy: Object.fromEntries(
      Object.entries(perPolicy).map(([id, asserted]) => {
        const policy = applied.find((candidate) => candidate.id === id);
        return [id, pick(asserted, { result: policy?.result, conditionsNotSatisfied: policy?.conditionsNotSatisfied })];
      }),
    ),
    overall: pick(overall ?? {}, {
      outcome: evaluation.outcome,
      conditionalAccessStatus: evaluation.conditionalAccessStatus,
      errorCodeAnyOf:
        overall?.errorCodeAnyOf?.includes(evaluation.status.errorCode ?? -1) === true
          ? 'as expected'
          : evaluation.status.errorCode,
    }),
  };
}

function whatIf({ tenant }: VectorFile, vector: Vector) {
  const compiled = compile(tenantOf(tenant, vector));
  const { attempt, observation } = readWhatIfRequest(vector.whatIfRequest ?? {});
  const [result] = analyze(compiled, evaluate(compiled, attempt, observation), attempt.target.kind);
  return { policyApplies: result?.policyApplies };
}

function expectedOf({ mode, expected }: Vector) {
  if (mode === 'whatIf') return { policyApplies: expected.policyApplies };
  const { perPolicy = {}, overall } = expected;
  return {
    perPolicy: Object.fromEntries(Object.entries(perPolicy).map(([id, asserted]) => [id, asserted])),
    overall:
      overall === undefined
        ? {}
        : { ...overall, ...(overall.errorCodeAnyOf === undefined ? {} : { errorCodeAnyOf: 'as expected' }) },
  };
}

/** The answers to what is asserted; a member that we do not know how to answer shows as missing. */
function pick(asserted: object, answers: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(Object.keys(asserted).map((name) => [name, answers[name]]));
}

function effect(on: ReturnType<typeof evaluated> | undefined, off: ReturnType<typeof evaluated> | undefined): string {
  if (on === undefined || off === undefined) return 'missing';
  if (on.outcome !== off.outcome) {
    const words = {
      granted: 'newlyAllowed',
      blocked: 'newlyBlocked',
      interrupted: 'newlyPrompted',
      denied: 'newlyDenied',
      unknown: 'unknown',
    };
    return words[off.outcome];
  }
  const results = (evaluation: typeof on) => evaluation.policies.map(({ result }) => result).join();
  return results(on) === results(off) ? 'unchanged' : 'logOnly';
}
