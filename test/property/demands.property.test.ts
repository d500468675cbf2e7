import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compile } from '../../src/core/conditional-access/compile.ts';
import type { Demand } from '../../src/core/conditional-access/demand.ts';
import { evaluate } from '../../src/core/conditional-access/evaluate.ts';
import { isMultifactor, KNOWN_COMBINATIONS } from '../../src/core/conditional-access/grant/authentication-strength.ts';
import { areAsked, demandsOfPolicy } from '../../src/core/conditional-access/outcome/demands.ts';
import type { PolicyEvaluation, Truth } from '../../src/core/conditional-access/result.ts';
import type { Satisfied } from '../../src/core/signaling/attempt.ts';
import type { GrantControls } from '../../src/core/tenant/policy.ts';
import { methodGrants, NAMED_COMBINATIONS } from '../support/arbitraries/grant.ts';
import { attempt, observation, policy, tenant } from '../support/contoso.ts';
import { tries } from '../support/tries.ts';

const RUNS = tries(300);

/** What a session may say of itself; of one whose methods are MFA nobody says that it did none. */
const SESSIONS: readonly Satisfied[] = [undefined, ...KNOWN_COMBINATIONS, ...NAMED_COMBINATIONS].flatMap(
  (combination) =>
    [true, undefined, false]
      .filter((mfa) => mfa !== false || isMultifactor(combination) !== true)
      .flatMap((mfa) =>
        [true, undefined, false].map((compliantDevice) => ({
          mfa,
          compliantDevice,
          authenticationMethodCombination: combination,
        })),
      ),
);

/** What a policy asks for, and what it does to each of the sessions. */
interface Asking {
  readonly demands: ReadonlySet<Demand>;
  readonly effects: () => readonly PolicyEvaluation['effect'][];
}

function asking(grant: GrantControls): Asking {
  const compiled = compile(tenant([policy({}, grant)]));
  const [only] = compiled.policies;
  return {
    demands: new Set(only === undefined ? [] : demandsOfPolicy(only)),
    effects: () =>
      SESSIONS.flatMap((satisfied) => {
        const { policies } = evaluate(compiled, attempt({ satisfied, device: undefined }), observation());
        return policies.map(({ effect }) => effect);
      }),
  };
}

/** Whether a policy that asks for one thing asks for no less than one that asks for another. */
const atLeast = (one: Asking, other: Asking): Truth => areAsked(other.demands, one.demands);

const isKnown = ({ authenticationMethodCombination: combination }: Satisfied) =>
  combination === undefined || isMultifactor(combination) !== undefined;

describe('of what two policies ask for', () => {
  test('one is at least the other only if every session that satisfies it satisfies the other by the evaluator', () => {
    const seen = { yes: 0, no: 0, unknown: 0, satisfied: 0 };
    fc.assert(
      fc.property(methodGrants, methodGrants, (first, second) => {
        const [one, other] = [asking(first), asking(second)];
        const found = atLeast(one, other);
        seen[found === true ? 'yes' : found === false ? 'no' : 'unknown']++;
        if (found !== true) return;
        const held = other.effects();
        for (const [at, { most }] of one.effects().entries()) {
          if (most !== 'granted') continue;
          seen.satisfied++;
          const session = SESSIONS[at] ?? {};
          // Of methods that nobody knows the evaluator says no more than that they may be MFA.
          const { least, most: worst } = held[at] ?? {};
          expect([session, isKnown(session) ? worst : least]).toEqual([session, 'granted']);
        }
      }),
      { numRuns: RUNS },
    );
    expect(Math.min(seen.yes, seen.no, seen.unknown)).toBeGreaterThan(RUNS / 20);
    expect(seen.satisfied).toBeGreaterThan(RUNS);
  });

  test('one is surely less only if some session that may satisfy it need not satisfy the other', () => {
    fc.assert(
      fc.property(methodGrants, methodGrants, (first, second) => {
        const [one, other] = [asking(first), asking(second)];
        if (atLeast(one, other) !== false) return;
        const [gets, need] = [one.effects(), other.effects()];
        const isPast = SESSIONS.some((_, at) => gets[at]?.least === 'granted' && need[at]?.most !== 'granted');
        expect([first, second, isPast]).toEqual([first, second, true]);
      }),
      { numRuns: RUNS },
    );
  });

  test('one that is at least another is so for all that the other is at least', () => {
    const seen = { sure: 0, possible: 0 };
    fc.assert(
      fc.property(methodGrants, methodGrants, methodGrants, (...three) => {
        const [one, between, other] = three.map(asking) as [Asking, Asking, Asking];
        if (atLeast(between, other) !== true) return;
        const [near, far] = [atLeast(one, between), atLeast(one, other)];
        if (near === false) return;
        seen[near === true ? 'sure' : 'possible']++;
        expect([three, far === near || far === true]).toEqual([three, true]);
      }),
      { numRuns: RUNS * 4 },
    );
    expect(Math.min(seen.sure, seen.possible)).toBeGreaterThan(RUNS / 20);
  });
});
