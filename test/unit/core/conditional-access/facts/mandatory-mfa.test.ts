import { describe, expect, test } from 'vitest';
import { mandatoryMfaNote } from '../../../../../src/core/conditional-access/facts/mandatory-mfa.ts';
import type { SignInAttempt } from '../../../../../src/core/signaling/attempt.ts';

const AZURE_PORTAL = 'c44b4083-3bb0-49c1-b47d-974e53cbdf3c';
const GRAPH = '00000003-0000-0000-c000-000000000000';

function noteOn(appId: string, others: Partial<SignInAttempt> = {}) {
  return mandatoryMfaNote({
    identity: { kind: 'user', userId: 'c0000000-0000-4000-8000-000000000001' },
    target: { kind: 'application', audiences: [{ appId }] },
    network: { via: 'direct', source: {} },
    satisfied: {},
    ...others,
  });
}

describe('MFA that Microsoft requires outside Conditional Access', () => {
  test.each([
    [AZURE_PORTAL, 'the Azure portal'],
    [AZURE_PORTAL.toUpperCase(), 'the Azure portal'],
    ['00000006-0000-0ff1-ce00-000000000000', 'the Microsoft 365 admin center'],
    ['04b07795-8ddb-461a-bbee-02f9e1bf7b46', 'the Azure CLI'],
    ['1950a258-227b-4e31-a9cf-717495945fc2', 'Azure PowerShell'],
  ])('is told of %s', (appId, name) => {
    expect(noteOn(appId)).toContain(`Microsoft requires MFA for ${name}`);
  });

  test('is told of the client as well as of the resource', () => {
    const target = { kind: 'application', audiences: [{ appId: GRAPH }], clientAppId: AZURE_PORTAL } as const;
    expect(noteOn(GRAPH, { target })).toContain('the Azure portal');
  });

  test('is not told of other resources, of workloads, or where the MFA is done', () => {
    expect(noteOn(GRAPH)).toBeUndefined();
    expect(noteOn(AZURE_PORTAL, { identity: { kind: 'servicePrincipal' } })).toBeUndefined();
    expect(noteOn(AZURE_PORTAL, { satisfied: { mfa: true } })).toBeUndefined();
    expect(noteOn(AZURE_PORTAL, { satisfied: { mfa: false } })).toBeDefined();
  });
});
