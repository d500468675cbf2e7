import { describe, expect, test } from 'vitest';
import type { SignIn } from '../../../../src/core/conditional-access/record/sign-in.ts';
import { SelfCheck } from '../../../../src/core/impact/self-check.ts';
import { worldOf } from '../../../../src/core/impact/world.ts';
import type { Tenant } from '../../../../src/core/tenant/tenant.ts';
import { toAttempt } from '../../../../src/intake/sign-ins/facts/to-attempt.ts';
import { agreementWarnings } from '../../../../src/output/reports/impact/agreement.ts';
import { MFA, OFFICE, policyWith, tenantWith } from '../dependencies/contoso.ts';

const NAMES: Readonly<Record<string, string>> = { block: 'Block outside', mfa: 'MFA for all' };

const TENANT = tenantWith({
  namedLocations: [OFFICE],
  policies: [policyWith({ id: 'block', include: ['All'], exclude: ['office'] }), policyWith({ id: 'mfa', grant: MFA })],
});

function record(parts: Partial<SignIn>, results: Readonly<Record<string, string>>): SignIn {
  return {
    id: 'sign-in',
    createdDateTime: '2026-01-12T08:00:00Z',
    userId: 'anna',
    userPrincipalName: 'anna@contoso.example',
    userType: 'member',
    crossTenantAccessType: 'none',
    resourceId: 'app',
    ipAddress: '203.0.113.25',
    isThroughGlobalSecureAccess: true,
    globalSecureAccessIpAddress: '151.206.10.7',
    clientAppUsed: 'Browser',
    status: { errorCode: 0, additionalDetails: 'MFA requirement satisfied by claim in the token' },
    appliedConditionalAccessPolicies: Object.entries(results).map(([id, result]) => ({
      id,
      displayName: NAMES[id] ?? id,
      result,
    })),
    ...parts,
  };
}

function agreementOf(records: readonly SignIn[], tenant: Tenant = TENANT) {
  const check = new SelfCheck(worldOf(tenant, 'enabled'));
  for (const each of records) check.compare({ told: each, attempt: toAttempt(each) });
  return check.agreement();
}

describe('a forecast checks itself first', () => {
  test('each record is evaluated under the signaling that it implies', () => {
    const restored = record({}, { block: 'notApplied', mfa: 'success' });
    const proxied = record({ ipAddress: '151.206.10.7' }, { block: 'failure', mfa: 'success' });
    expect(agreementOf([restored, proxied])).toMatchObject({
      share: 1,
      signIns: { compared: 2, agreed: 2, silent: 0 },
      policies: { compared: 4, agreed: 4, incomparable: 0 },
    });
  });

  test('what the record says of a policy is not heard, or it would only agree with itself', () => {
    const silent = record({ status: { errorCode: 0 } }, { mfa: 'success' });
    const { share, causes, disagreements } = agreementOf([silent]);
    expect([share, causes.missingFact]).toEqual([0, 1]);
    expect(disagreements).toMatchObject([{ recorded: 'success', evaluated: 'unknown', example: { missing: ['mfa'] } }]);
  });

  test('a result that is known lacks nothing: what a policy that is switched off would hang on is not missing', () => {
    const off = { ...TENANT, policies: TENANT.policies.map((policy) => ({ ...policy, state: 'disabled' })) };
    const { disagreements } = agreementOf(
      [record({ status: { errorCode: 0 }, clientAppUsed: null }, { mfa: 'success' })],
      off,
    );
    expect(disagreements).toMatchObject([{ evaluated: 'notEnabled', example: { missing: [] } }]);
  });

  test('a policy that the tenant lacks, one that changed since, and our own fault are told apart', () => {
    const changed = (parts: object): Tenant => ({
      ...TENANT,
      policies: TENANT.policies.map((policy) => ({ ...policy, ...parts })),
    });
    const wrong = record({}, { block: 'failure', gone: 'success' });
    expect(agreementOf([wrong]).causes).toMatchObject({ unknownPolicy: 1, unexplained: 1, changedSince: 0 });
    const later = changed({ modifiedDateTime: '2026-01-13T00:00:00Z' });
    expect(agreementOf([wrong], later).causes).toMatchObject({ unknownPolicy: 1, unexplained: 0, changedSince: 1 });
    const earlier = changed({ modifiedDateTime: '2026-01-11T00:00:00Z' });
    expect(agreementOf([wrong], earlier).causes).toMatchObject({ unexplained: 1, changedSince: 0 });
    const moved = { ...TENANT, namedLocations: [{ ...OFFICE, modifiedDateTime: '2026-01-13T00:00:00Z' }] };
    expect(agreementOf([wrong], moved).causes).toMatchObject({ unexplained: 0, changedSince: 1 });
  });

  test('results that say nothing are not compared, and records without policies are counted', () => {
    const { policies, signIns, share } = agreementOf([
      record({}, { block: 'unknown', mfa: 'unknownFutureValue' }),
      record({}, {}),
    ]);
    expect(policies).toEqual({ compared: 0, agreed: 0, incomparable: 2 });
    expect(signIns).toEqual({ compared: 0, agreed: 0, silent: 1 });
    expect(share).toBeNull();
  });
});

describe('what came of a sign-in by its record', () => {
  const outcomesOf = (records: readonly SignIn[], tenant?: Tenant) => agreementOf(records, tenant).outcomes;
  const blocked: Partial<SignIn> = { status: { errorCode: 53003 }, conditionalAccessStatus: 'failure' };
  const proxied: Partial<SignIn> = { ipAddress: '151.206.10.7' };

  test('is held against the outcome here where no policies are listed', () => {
    const records = [record({}, {}), record(proxied, {}), record(blocked, {}), record({ ...blocked, ...proxied }, {})];
    const { letIn, stopped, disagreements } = outcomesOf(records);
    expect(letIn).toEqual({ compared: 2, agreed: 1, changedSince: 0 });
    expect(stopped).toEqual({ compared: 2, agreed: 1, changedSince: 0 });
    expect(disagreements).toMatchObject([
      { cause: 'unexplained', recorded: 'blocked', evaluated: 'unknown', count: 1 },
      { cause: 'unexplained', recorded: 'letIn', evaluated: 'blocked', count: 1, example: { decidedBy: ['block'] } },
    ]);
  });

  test('is what the listed policies come to where they agree, and told by them where they do not', () => {
    const told = { ...blocked, ...proxied };
    const records = [record({}, { block: 'notApplied', mfa: 'success' }), record(told, { block: 'failure' })];
    expect(outcomesOf(records)).toMatchObject({
      letIn: { compared: 1, agreed: 1 },
      stopped: { compared: 1, agreed: 1 },
    });
    expect(outcomesOf([record(blocked, { block: 'failure' })])).toMatchObject({ stopped: { compared: 0 } });
    expect(outcomesOf([record(blocked, { block: 'notApplied' })])).toMatchObject({
      stopped: { compared: 1, agreed: 0 },
    });
  });

  test('is open where it is not known here, and says nothing of policies under security defaults', () => {
    expect(outcomesOf([record({ status: { errorCode: 0 } }, {})])).toMatchObject({ open: 1, letIn: { compared: 0 } });
    const defaults = { ...TENANT, settings: { ...TENANT.settings, securityDefaults: true } };
    expect(outcomesOf([record(blocked, {})], defaults)).toMatchObject({ open: 0, stopped: { compared: 0 } });
    expect(outcomesOf([record(blocked, { SecurityDefaults: 'failure' })])).toMatchObject({ stopped: { compared: 0 } });
  });

  test('a policy that changed since may be the reason: any where nothing stops it here, else one that decides', () => {
    const withLater = (later: string): Tenant => ({
      ...TENANT,
      policies: TENANT.policies.map((policy) =>
        policy.id === later ? { ...policy, modifiedDateTime: '2026-01-13T00:00:00Z' } : policy,
      ),
    });
    const causeOf = (parts: Partial<SignIn>, later: string) =>
      outcomesOf([record(parts, {})], withLater(later)).disagreements.map(({ cause }) => cause);
    expect([causeOf(blocked, 'mfa'), causeOf(blocked, 'block')]).toEqual([['changedSince'], ['changedSince']]);
    expect([causeOf(proxied, 'mfa'), causeOf(proxied, 'block')]).toEqual([['unexplained'], ['changedSince']]);
  });
});

describe('what is said before any forecast', () => {
  const silent = agreementOf([record({ status: null }, {})]);
  const told = agreementOf([record({}, {})]);
  const wrongly = agreementOf([record({ status: { errorCode: 53003 } }, {})]);
  const good = agreementOf([record({}, { mfa: 'success' })]);
  const foreign = agreementOf([record({}, { gone: 'success', lost: 'failure' })]);
  const poor = agreementOf([record({}, { mfa: 'success', block: 'failure' })]);

  test.each([
    ['nothing, where it may be relied on', good, []],
    ['that nothing could be checked', silent, [/could not be checked/]],
    ['that only outcomes could be', told, [/could be checked only against what came of the sign-ins/]],
    ['that outcomes are others', wrongly, [/only against/, /stopped 1 sign-in, and gsa comes to that for only 0/]],
    ['that the tenant has none of the policies', foreign, [/this tenant has none of them/, /only 0 %/]],
    ['that the agreement is too low', poor, [/only 50 % of what 1 record say.*less than the 90 %/]],
  ])('%s', (_, agreement, patterns) => {
    const warnings = agreementWarnings(agreement, 0.9);
    expect(warnings).toHaveLength(patterns.length);
    for (const [at, pattern] of patterns.entries()) expect(warnings[at]).toMatch(pattern);
  });

  test('the share that is asked for can be set', () => {
    expect(agreementWarnings(poor, 0.5)).toEqual([]);
  });
});
