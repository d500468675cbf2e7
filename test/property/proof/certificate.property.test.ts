import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Certificate } from '../../../src/core/certificate/certificate.ts';
import { checkCertificate } from '../../../src/core/certificate/check.ts';
import { checkedWorld } from '../../../src/core/certificate/worlds.ts';
import { certificateOf } from '../../../src/core/proof/questions/certificate.ts';
import { proofUnder, proofWorld } from '../../../src/core/proof/worlds/world.ts';
import { policies } from '../../support/arbitraries/policy.ts';
import { tenants } from '../../support/arbitraries/tenant.ts';
import { proved } from '../../support/proof-cells.ts';

const few = fc.uniqueArray(policies(), { minLength: 1, maxLength: 4, selector: ({ id }) => id });
const question = { of: [], with: null, signalingStatusBefore: 'enabled', signalingStatusAfter: 'disabled' } as const;

describe('the certificate of a proof', () => {
  test('is confirmed box by box by a checker that shares nothing with the prover', () => {
    let boxes = 0;
    fc.assert(
      fc.property(tenants(few), (tenant) => {
        const before = proofWorld(tenant, 'enabled');
        const proof = proved({ before, after: proofUnder(before, 'disabled') });
        const certificate = certificateOf(proof, { createdDateTime: '2026-01-15T09:00:00Z', question }) as Certificate;
        const world = checkedWorld(tenant, 'enabled');
        const written = JSON.parse(JSON.stringify(certificate)) as Certificate;
        const { faults } = checkCertificate(written, {
          before: world,
          after: { ...world, signalingStatus: 'disabled' },
        });
        expect(faults.slice(0, 2)).toEqual([]);
        boxes += certificate.boxes.length;
      }),
      { numRuns: 40 },
    );
    expect(boxes).toBeGreaterThan(100);
  });
});
