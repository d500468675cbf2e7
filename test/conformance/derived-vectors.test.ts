import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { evaluate } from '../../src/core/conditional-access/evaluate.ts';
import { decide } from '../../src/core/conditional-access/fast/decide.ts';
import { outcomeRange } from '../../src/core/conditional-access/outcome/range.ts';
import { APPLIED_POLICY_RESULTS, EFFECTS } from '../../src/core/conditional-access/result.ts';
import type { Vector, VectorFile, VectorSignIn } from '../support/vector-adapter.ts';
import { answerOf, assertedBy, effectsOfDisabling, sceneOf } from '../support/vector-judge.ts';

/** Vectors of our own, where a policy and a sign-in hold only what differs from the defaults. */
interface DerivedFile extends VectorFile {
  readonly defaults: { readonly policy: object; readonly signIn: VectorSignIn };
}

const written: DerivedFile = JSON.parse(readFileSync(new URL('./derived-vectors.json', import.meta.url), 'utf8'));
const file: VectorFile = { ...written, vectors: written.vectors.map(complete) };

describe('the vectors derived from the documents', () => {
  test('each has an id of its own, a title, the sources it rests on and how sure they are', () => {
    expect(new Set(file.vectors.map(({ id }) => id)).size).toBe(file.vectors.length);
    expect(new Set(file.vectors.map(({ title }) => title)).size).toBe(file.vectors.length);
    expect(file.vectors.filter(({ docs, confidence }) => !docs?.length || !isConfidence(confidence))).toEqual([]);
  });

  test.each(file.vectors.map((vector) => [`${vector.id} ${vector.title}`, vector] as const))('%s', (_, vector) => {
    expect(answerOf(file, vector)).toEqual(assertedBy(vector));
  });

  test('the fast path decides each as the explaining one does', () => {
    const judged = file.vectors.filter(({ mode }) => mode !== 'whatIf').map((vector) => sceneOf(file, vector));
    for (const { compiled, attempt, observation } of judged) {
      const { outcome, conditionalAccessStatus, decidedBy, missing, policies } = evaluate(
        compiled,
        attempt,
        observation,
      );
      const {
        results,
        status: _status,
        authenticationRequirement: _requirement,
        ...decision
      } = decide(compiled, attempt, observation);
      const facts = [...new Set(missing.map(({ fact }) => fact))].sort();
      const most = EFFECTS[outcomeRange({ policies }).most];
      expect(decision).toEqual({ outcome, most, conditionalAccessStatus, decidedBy, missing: facts });
      expect([...results].map((code) => APPLIED_POLICY_RESULTS[code])).toEqual(policies.map(({ result }) => result));
    }
  });

  test.each(file.pairs.map((pair) => [pair.pattern, pair] as const))('switching signaling off: %s', (_, pair) => {
    expect(effectsOfDisabling(file, pair)).toContain(pair.effectOfDisabling);
  });
});

function isConfidence(word: string | undefined): boolean {
  return word === 'high' || word === 'medium';
}

function complete(vector: Vector): Vector {
  const policies = vector.policies.map(
    (policy) => laidOver(written.defaults.policy, policy) as Vector['policies'][number],
  );
  if (vector.signIn === undefined) return { ...vector, policies };
  return { ...vector, policies, signIn: signInOf(vector.signIn) };
}

/** Whom and what a vector names, it names in full. */
function signInOf(given: VectorSignIn): VectorSignIn {
  const { identity, target } = { ...written.defaults.signIn, ...given };
  return { ...(laidOver(written.defaults.signIn, given) as VectorSignIn), identity, target };
}

function laidOver(below: object, above: object): object {
  const under = new Map<string, unknown>(Object.entries(below));
  const merged = Object.entries(above).map(([name, value]) => {
    const base = under.get(name);
    return [name, isRecord(base) && isRecord(value) ? laidOver(base, value) : value];
  });
  return { ...below, ...Object.fromEntries(merged) };
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
