import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { init } from 'z3-solver';
import { evaluate } from '../../../src/core/conditional-access/evaluate.ts';
import { CHANGE_CLASSES, classifyChange } from '../../../src/core/conditional-access/outcome/change.ts';
import { addressFromWords } from '../../../src/core/network/address.ts';
import { codesIn } from '../../../src/core/proof/answers/answer.ts';
import { prove } from '../../../src/core/proof/proof.ts';
import { TooLarge } from '../../../src/core/proof/too-large.ts';
import type { ProofWorld } from '../../../src/core/proof/worlds/world.ts';
import { proofWorld } from '../../../src/core/proof/worlds/world.ts';
import type { SignInAttempt } from '../../../src/core/signaling/attempt.ts';
import { observe } from '../../../src/core/signaling/observe.ts';
import type { SmallCompany } from '../../support/small-company.ts';
import {
  APPS,
  CLIENTS,
  PEOPLE,
  PLATFORMS,
  smallCompanies,
  smallPolicies,
  tenantOf,
} from '../../support/small-company.ts';
import type { SolverWorld, Z3 } from '../../support/solver.ts';
import { Question } from '../../support/solver.ts';
import { tries } from '../../support/tries.ts';

let z3: Z3;
let end: () => void;
beforeAll(async () => {
  const { Context, em } = await withoutFinalizers(init);
  z3 = Context('main');
  end = () => em.PThread.terminateAllThreads();
});
afterAll(() => end());

/**
 * The solver computes on a thread of its own, and what frees its objects when JavaScript forgets them would run on this one meanwhile:
 * its memory was torn by that once. The formulas of these few companies may stay.
 */
async function withoutFinalizers<T>(start: () => Promise<T>): Promise<T> {
  const registry = globalThis.FinalizationRegistry;
  globalThis.FinalizationRegistry = class implements FinalizationRegistry<unknown> {
    readonly [Symbol.toStringTag] = 'FinalizationRegistry';
    register(): void {}
    unregister(): boolean {
      return false;
    }
  };
  try {
    return await start();
  } finally {
    globalThis.FinalizationRegistry = registry;
  }
}

/** The classes of change that a solver finds a sign-in for, each with the sign-in that it found. */
async function found(before: SolverWorld, after: SolverWorld): Promise<ReadonlyMap<string, SignInAttempt>> {
  const question = new Question(z3);
  const [was, becomes] = [question.severity(before), question.severity(after)];
  const { And, Or, Not } = z3;
  const lost = And(becomes.le(1), was.eq(becomes), question.asksMfa(before), Not(question.asksMfa(after)));
  const meanings = {
    newlyBlocked: And(becomes.eq(3), was.lt(3)),
    newlyDenied: And(becomes.eq(2), was.lt(2)),
    newlyPrompted: And(becomes.eq(1), was.lt(1)),
    newlyAllowed: And(was.gt(1), becomes.lt(was)),
    lessProtected: Or(And(was.eq(1), becomes.eq(0)), lost),
  };
  const answers = new Map<string, SignInAttempt>();
  for (const [name, meaning] of Object.entries(meanings)) {
    const solver = new z3.Solver();
    solver.add(question.isSignIn, meaning);
    if ((await solver.check()) === 'sat') answers.set(name, attemptOf(question, solver.model()));
    // Its memory is not JavaScript's, so that nobody collects it in time.
    solver.release();
  }
  return answers;
}

function attemptOf({ signIn }: Question, model: ReturnType<InstanceType<Z3['Solver']>['model']>): SignInAttempt {
  const number = (unknown: Parameters<typeof model.eval>[0]) =>
    Number(model.eval(unknown, true).toString().replace('#', '0'));
  const is = (unknown: Parameters<typeof model.eval>[0]) => model.eval(unknown, true).toString() === 'true';
  const addressAt = (unknown: Parameters<typeof model.eval>[0]) => addressFromWords(4, [number(unknown), 0, 0, 0]);
  return {
    identity: { kind: 'user', userId: PEOPLE[number(signIn.person)], userPrincipalName: undefined },
    target: {
      kind: 'application',
      audiences: [{ appId: APPS[number(signIn.app)] ?? 'ffffffff-ffff-4fff-8fff-ffffffffffff' }],
      areAllAudiences: true,
    },
    network: is(signIn.isTunnelled)
      ? {
          via: 'globalSecureAccessClient',
          tunnelOfThisTenant: true,
          source: { address: addressAt(signIn.source) },
          proxy: { address: addressAt(signIn.egress) },
        }
      : { via: 'direct', source: { address: addressAt(signIn.source) } },
    insideCorporateNetwork: is(signIn.isInsideCorporateNetwork),
    clientAppType: CLIENTS[number(signIn.client)],
    devicePlatform: PLATFORMS[number(signIn.platform)] ?? null,
    canPerformMfa: true,
    satisfied: { mfa: is(signIn.hasMfa) },
  };
}

/** The classes that the proof finds, over the same people and applications. */
function proved(before: ProofWorld, after: ProofWorld): string[] {
  const apps = new Set([...APPS, 'any other application']);
  const proof = prove(
    { before, after },
    { isAsked: { person: ({ kind }) => kind === 'person', app: ({ text }) => apps.has(text) } },
  );
  if (proof instanceof TooLarge) throw proof;
  return codesIn(proof).map((code) => CHANGE_CLASSES[code] ?? '');
}

function judged({ compiled, signalingStatus, options }: ProofWorld, attempt: SignInAttempt) {
  return evaluate(compiled, attempt, observe(attempt, signalingStatus, options));
}

async function bothAgree(before: SolverWorld, after: SolverWorld): Promise<void> {
  const [was, becomes] = [before, after].map(({ company, signalingStatus }) =>
    proofWorld(tenantOf(company), signalingStatus),
  ) as [ProofWorld, ProofWorld];
  const answers = await found(before, after);
  expect(proved(was, becomes).sort()).toEqual([...answers.keys()].sort());
  for (const [name, attempt] of answers) {
    expect(classifyChange(judged(was, attempt), judged(becomes, attempt))).toBe(name);
  }
}

describe('a solver that knows only the documents', () => {
  test('finds of the switch the classes that the proof finds, and the evaluator gives its sign-ins the same', async () => {
    await fc.assert(
      fc.asyncProperty(smallCompanies, (company) =>
        bothAgree({ company, signalingStatus: 'enabled' }, { company, signalingStatus: 'disabled' }),
      ),
      { numRuns: tries(20) },
    );
  });

  test('finds the same of an edit of policies', async () => {
    const edits = fc.tuple(smallCompanies, smallPolicies(4), fc.constantFrom('enabled' as const, 'disabled' as const));
    await fc.assert(
      fc.asyncProperty(edits, ([company, policies, signalingStatus]) => {
        const edited: SmallCompany = { ...company, policies: [...policies, ...company.policies.slice(1)] };
        return bothAgree({ company, signalingStatus }, { company: edited, signalingStatus });
      }),
      { numRuns: tries(15) },
    );
  });

  test('contradicts the proof of a switch that it is told is none', async () => {
    let contradicted = 0;
    await fc.assert(
      fc.asyncProperty(smallCompanies, async (company) => {
        const [on, off] = [proofWorld(tenantOf(company), 'enabled'), proofWorld(tenantOf(company), 'disabled')];
        const none = await found({ company, signalingStatus: 'enabled' }, { company, signalingStatus: 'enabled' });
        if (proved(on, off).length !== none.size) contradicted++;
      }),
      { numRuns: tries(15) },
    );
    expect(contradicted).toBeGreaterThan(2);
  });
});
