import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compile } from '../../../src/core/conditional-access/compile.ts';
import { evaluate } from '../../../src/core/conditional-access/evaluate.ts';
import { withTunnelOwner } from '../../../src/core/conditional-access/facts/tunnel-owner.ts';
import type { Effect } from '../../../src/core/conditional-access/result.ts';
import { EFFECTS } from '../../../src/core/conditional-access/result.ts';
import { possibleOutcomes } from '../../../src/core/gsatest/possible-outcomes.ts';
import { controlColumns } from '../../../src/core/proof/levels/controls.ts';
import { devices } from '../../../src/core/proof/levels/devices.ts';
import type { SignInRange } from '../../../src/core/proof/levels/range-levels.ts';
import { SESSION_VALUES } from '../../../src/core/proof/levels/sessions.ts';
import { counterexamples } from '../../../src/core/proof/questions/counterexamples.ts';
import { TooLarge } from '../../../src/core/proof/too-large.ts';
import { proofWorld } from '../../../src/core/proof/worlds/world.ts';
import type { SignInAttempt } from '../../../src/core/signaling/attempt.ts';
import { observe, supposingOptions } from '../../../src/core/signaling/observe.ts';
import type { SignalingStatus, Tenant } from '../../../src/core/tenant/tenant.ts';
import { APP_IDS } from '../../support/arbitraries/directory.ts';
import { ADDRESS_TEXTS, address } from '../../support/arbitraries/network.ts';
import { policies } from '../../support/arbitraries/policy.ts';
import { tenants } from '../../support/arbitraries/tenant.ts';
import { picks } from '../../support/proof-cells.ts';
import { tries } from '../../support/tries.ts';

const few = fc.uniqueArray(policies(), { minLength: 1, maxLength: 5, selector: ({ id }) => id });
const forbiddenOutcomes = fc.subarray([...EFFECTS], { minLength: 1, maxLength: 3 });
const said = fc.record(
  {
    clientAppType: fc.constantFrom('browser' as const, 'exchangeActiveSync' as const),
    devicePlatform: fc.constantFrom('iOS' as const, null),
    device: fc.constantFrom(null, { isCompliant: true, trustType: 'ServerAD' }),
    signInRiskLevel: fc.constantFrom('high' as const),
  },
  { requiredKeys: [] },
);

function rangeOf(tenant: Tenant, signaling: SignalingStatus, facts: Partial<SignInAttempt>, at: readonly string[]) {
  const compiled = compile(tenant);
  const range: SignInRange = {
    tenant,
    compiled: {
      ...compiled,
      policies: compiled.policies.map((policy) => ({ ...policy, mayEnforceStrictLocation: false })),
    },
    options: supposingOptions(tenant),
    signaling,
    people: (tenant.users ?? []).map(({ id }) => ({ text: id, value: { kind: 'user', userId: id } })),
    targets: APP_IDS.map((appId) => ({
      text: appId,
      value: { kind: 'application', audiences: [{ appId }], areAllAudiences: true },
    })),
    networks: at.flatMap((text) => networksAt(text)),
    facts,
    satisfied: undefined,
  };
  return range;
}

function networksAt(text: string): SignInRange['networks'] {
  const source = { address: address(text), countryOrRegion: 'NL' };
  const proxy = { address: address('151.206.0.10'), countryOrRegion: 'BE' };
  return [
    { text: `direct ${text}`, value: { via: 'direct', source } },
    { text: `tunnel ${text}`, value: { via: 'globalSecureAccessClient', source, proxy } },
  ];
}

const statements = fc.record({
  tenant: tenants(few).filter(({ users }) => (users ?? []).length > 0),
  signaling: fc.constantFrom<SignalingStatus>('enabled', 'disabled'),
  facts: said,
  at: fc.subarray([...ADDRESS_TEXTS], { minLength: 1, maxLength: 3 }),
  forbidden: forbiddenOutcomes.map((words) => new Set<Effect>(words)),
  seed: fc.integer(),
});

function outcomesOf({ compiled, options, signaling }: SignInRange, attempt: SignInAttempt): readonly Effect[] {
  return possibleOutcomes(evaluate(compiled, attempt, observe(attempt, signaling, options)));
}

/** Random sign-ins of the range: of what is not said, any value that a sign-in can have. */
function* samplesOf(range: SignInRange, seed: number, count: number): Iterable<SignInAttempt> {
  const pick = picks(seed);
  const one = <Value>(values: readonly Value[]): Value => values[pick(values.length)] as Value;
  const world = proofWorld(range.tenant, range.signaling);
  const kinds = devices({ before: world, after: world });
  const { columns } = controlColumns(range.compiled.policies.map(({ grant }) => grant));
  for (let left = count; left > 0; left--) {
    const parts = [...Object.values(SESSION_VALUES), kinds].map((values) => one(values).part);
    yield withTunnelOwner(range.compiled.people, {
      canPerformMfa: true,
      gpsCountryOrRegion: one([null, 'DE', 'FR', 'JP']),
      insideCorporateNetwork: one([true, false]),
      ...Object.assign({}, ...parts),
      ...range.facts,
      identity: one(range.people).value,
      target: one(range.targets).value,
      network: one(range.networks).value,
      satisfied: one(columns),
    });
  }
}

describe('a statement about outcomes', () => {
  test('is contradicted by every sign-in that is brought against it, and holds where no sign-in contradicts it', () => {
    let [held, contradicted] = [0, 0];
    fc.assert(
      fc.property(statements, ({ tenant, signaling, facts, at, forbidden, seed }) => {
        const range = rangeOf(tenant, signaling, facts, at);
        const answer = counterexamples(range, forbidden);
        if (answer instanceof TooLarge) throw answer;
        for (const { attempt } of answer.counterexamples) {
          expect(outcomesOf(range, attempt).filter((outcome) => forbidden.has(outcome))).not.toEqual([]);
        }
        if (answer.counterexamples.length > 0) contradicted++;
        else {
          held++;
          for (const attempt of samplesOf(range, seed, 300)) {
            const found = outcomesOf(range, attempt).filter((outcome) => forbidden.has(outcome));
            expect(found, JSON.stringify(attempt)).toEqual([]);
          }
        }
      }),
      { numRuns: tries(150) },
    );
    expect(Math.min(held, contradicted)).toBeGreaterThan(20);
  });

  test('is contradicted for each person who has such a sign-in', () => {
    fc.assert(
      fc.property(statements, ({ tenant, signaling, facts, at, forbidden, seed }) => {
        const range = rangeOf(tenant, signaling, facts, at);
        const answer = counterexamples(range, forbidden);
        if (answer instanceof TooLarge) throw answer;
        const named = new Set(answer.counterexamples.flatMap(({ people }) => people.map(({ text }) => text)));
        for (const attempt of samplesOf(range, seed, 100)) {
          if (!outcomesOf(range, attempt).some((outcome) => forbidden.has(outcome))) continue;
          expect(attempt.identity.kind === 'user' && named.has(attempt.identity.userId ?? '')).toBe(true);
        }
      }),
      { numRuns: tries(60) },
    );
  });
});
