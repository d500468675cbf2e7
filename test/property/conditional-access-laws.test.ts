import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compile } from '../../src/core/conditional-access/compile.ts';
import { evaluate } from '../../src/core/conditional-access/evaluate.ts';
import { seeAddress } from '../../src/core/conditional-access/facts/located.ts';
import type { Evaluation } from '../../src/core/conditional-access/result.ts';
import { parseAddress } from '../../src/core/network/address.ts';
import type { SignInAttempt } from '../../src/core/signaling/attempt.ts';
import type { Observation } from '../../src/core/signaling/observation.ts';
import type { Tenant } from '../../src/core/tenant/tenant.ts';
import { attempts, observations } from '../support/arbitraries/attempt.ts';
import { ADDRESS_TEXTS, addresses } from '../support/arbitraries/network.ts';
import { policies } from '../support/arbitraries/policy.ts';
import { tenants } from '../support/arbitraries/tenant.ts';
import { tries } from '../support/tries.ts';

function judge(tenant: Tenant, attempt: SignInAttempt, observation: Observation): Evaluation {
  return evaluate(compile(tenant), attempt, observation);
}

/** Everything of an evaluation that policies decide together. */
function together({
  outcome,
  conditionalAccessStatus,
  authenticationRequirement,
  sessionControls,
  status,
}: Evaluation) {
  return { outcome, conditionalAccessStatus, authenticationRequirement, sessionControls, status };
}

const cases = [tenants(), attempts, observations] as const;
/**
 * Where a tenant does not list its MFA trusted IPs, a policy that names them is evidence that there are some (docs/fidelity.md,
 * choice 16): adding or dropping it then tells more than the policy does. These laws are about policies alone.
 */
const listed = tenants().map((tenant): Tenant => ({ mfaTrustedIps: [], ...tenant }));
const casesWithListedIps = [listed, attempts, observations] as const;
const SEVERITY = { granted: 0, interrupted: 1, denied: 2, blocked: 3 };

describe('laws of Conditional Access', () => {
  test('exclude beats include: whatever is excluded by the list that includes it never applies', () => {
    const own = policies(fc.constant('enabled'));
    fc.assert(
      fc.property(tenants(fc.constant([])), own, attempts, observations, (tenant, policy, attempt, observation) => {
        const conditions = {
          ...policy.conditions,
          locations: { includeLocations: ['All', 'AllTrusted'], excludeLocations: ['All'] },
        };
        const [judged] = judge({ ...tenant, policies: [{ ...policy, conditions }] }, attempt, observation).policies;
        expect(judged?.applies).toBe(false);
      }),
    );
  });

  test('a disabled policy is inert: taking it away changes nothing', () => {
    fc.assert(
      fc.property(
        ...casesWithListedIps,
        policies(fc.constant('disabled')),
        (tenant, attempt, observation, disabled) => {
          const more = judge({ ...tenant, policies: [...tenant.policies, disabled] }, attempt, observation);
          expect(together(more)).toEqual(together(judge(tenant, attempt, observation)));
          expect(more.policies.at(-1)?.result).toBe('notEnabled');
        },
      ),
    );
  });

  test('a report-only policy never changes the outcome', () => {
    const reporting = policies(fc.constant('enabledForReportingButNotEnforced'));
    fc.assert(
      fc.property(...casesWithListedIps, reporting, (tenant, attempt, observation, policy) => {
        const more = judge({ ...tenant, policies: [...tenant.policies, policy] }, attempt, observation);
        expect(together(more)).toEqual(together(judge(tenant, attempt, observation)));
      }),
    );
  });

  test('an added enabled block never turns failure into success', () => {
    const seen = { worse: 0, unknown: 0, compared: 0 };
    const blocking = policies(fc.constant('enabled')).map((policy) => ({
      ...policy,
      grantControls: { operator: 'OR', builtInControls: ['block'] },
      // Strict location enforcement of the new policy would be a second change.
      sessionControls: null,
    }));
    fc.assert(
      fc.property(...casesWithListedIps, blocking, (tenant, attempt, observation, block) => {
        const before = judge(tenant, attempt, observation).outcome;
        const after = judge({ ...tenant, policies: [...tenant.policies, block] }, attempt, observation).outcome;
        if (before === 'unknown') {
          seen.unknown++;
          expect(after).not.toBe('granted');
        } else if (after !== 'unknown') {
          seen.compared++;
          if (after !== before) seen.worse++;
          expect(SEVERITY[after]).toBeGreaterThanOrEqual(SEVERITY[before]);
        }
      }),
    );
    // The property is not met by looking away.
    expect(seen.compared).toBeGreaterThan(30);
    expect(seen.worse).toBeGreaterThan(0);
    expect(seen.unknown).toBeGreaterThan(0);
  });

  test('the order of policies is irrelevant', () => {
    fc.assert(
      fc.property(...cases, (tenant, attempt, observation) => {
        const forwards = judge(tenant, attempt, observation);
        const backwards = judge({ ...tenant, policies: tenant.policies.toReversed() }, attempt, observation);
        expect(together(backwards)).toEqual(together(forwards));
        expect(backwards.policies.toReversed()).toEqual(forwards.policies);
        expect([...backwards.decidedBy].sort()).toEqual([...forwards.decidedBy].sort());
      }),
    );
  });

  test('dropping a policy that does not apply changes no outcome', () => {
    const seen = { dropped: 0, kept: 0 };
    fc.assert(
      fc.property(...casesWithListedIps, (tenant, attempt, observation) => {
        const all = judge(tenant, attempt, observation);
        const idle = new Set(all.policies.filter(({ applies }) => applies === false).map(({ policyId }) => policyId));
        const rest = tenant.policies.filter(({ id }) => !idle.has(id));
        seen.dropped += idle.size;
        seen.kept += rest.length;
        expect(judge({ ...tenant, policies: rest }, attempt, observation).outcome).toBe(all.outcome);
      }),
    );
    // The property is not met by looking away.
    expect(seen.dropped).toBeGreaterThan(50);
    expect(seen.kept).toBeGreaterThan(50);
  });

  test('an answer is never changed by a fact that it did not miss', () => {
    fc.assert(
      fc.property(...cases, attempts, (tenant, attempt, observation, other) => {
        const sparse = judge(tenant, attempt, observation);
        fc.pre(sparse.outcome !== 'unknown');
        const known = Object.entries(attempt).filter(([, value]) => value !== undefined);
        // The client and whether it can answer are facts that are taken as they come.
        const told = {
          ...other,
          canPerformMfa: undefined,
          ...Object.fromEntries(known),
          identity: attempt.identity,
          target: attempt.target,
        };
        if (attempt.clientAppType === undefined) told.clientAppType = 'browser';
        expect(judge(tenant, told as SignInAttempt, observation).outcome).toBe(sparse.outcome);
      }),
    );
  });

  test('an IPv4-mapped IPv6 address is its IPv4 address', () => {
    const ipv4 = ADDRESS_TEXTS.filter((text) => text.includes('.'));
    fc.assert(
      fc.property(tenants(), attempts, observations, fc.constantFrom(...ipv4), (tenant, attempt, observation, text) => {
        const plain = judge(tenant, attempt, { ...observation, ipAddress: parseAddress(text) });
        const mapped = judge(tenant, attempt, { ...observation, ipAddress: parseAddress(`::ffff:${text}`) });
        expect(mapped).toEqual(plain);
      }),
    );
  });

  test('0.0.0.0/0 holds every IPv4 address and no IPv6 one', () => {
    fc.assert(
      fc.property(tenants(), addresses, (tenant, address) => {
        const everything = {
          '@odata.type': '#microsoft.graph.ipNamedLocation',
          id: '10000000-0000-4000-8000-0000000000aa',
          displayName: 'Everything',
          ipRanges: [{ cidrAddress: '0.0.0.0/0' }],
        };
        const { locations } = compile({ ...tenant, namedLocations: [everything] });
        expect(seeAddress(locations, address).holders?.includes(0)).toBe(address.version === 4);
      }),
    );
  });

  test('nothing that a tenant holds makes the evaluator throw, and every unknown answer names a fact', () => {
    const outcomes = new Map<string, number>();
    fc.assert(
      fc.property(...cases, (tenant, attempt, observation) => {
        const evaluation = judge(tenant, attempt, observation);
        const nameless = evaluation.policies.filter(
          ({ result, missing }) => result === 'unknown' && missing.length === 0,
        );
        expect(nameless).toEqual([]);
        expect(evaluation.outcome === 'unknown').toBe(evaluation.missing.length > 0);
        outcomes.set(evaluation.outcome, (outcomes.get(evaluation.outcome) ?? 0) + 1);
      }),
      { numRuns: tries(300) },
    );
    // The property is not met by looking away.
    for (const outcome of ['blocked', 'denied', 'granted', 'unknown']) expect(outcomes.get(outcome)).toBeGreaterThan(0);
  });
});
