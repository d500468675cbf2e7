import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Certificate } from '../../../src/core/certificate/certificate.ts';
import { checkCertificate } from '../../../src/core/certificate/check.ts';
import type { CheckedWorlds } from '../../../src/core/certificate/worlds.ts';
import { checkedWorld } from '../../../src/core/certificate/worlds.ts';
import { certificateOf } from '../../../src/core/proof/questions/certificate.ts';
import type { WorldPair } from '../../../src/core/proof/worlds/world.ts';
import { proofUnder, proofWorld } from '../../../src/core/proof/worlds/world.ts';
import type { Tenant } from '../../../src/core/tenant/tenant.ts';
import { AlikeValues } from '../../../src/core/values/alike-values.ts';
import { policies } from '../../support/arbitraries/policy.ts';
import { tenants } from '../../support/arbitraries/tenant.ts';
import { proved } from '../../support/proof-cells.ts';
import { tries } from '../../support/tries.ts';

const few = fc.uniqueArray(policies(), { minLength: 1, maxLength: 4, selector: ({ id }) => id });
const question = { of: [], with: null, signalingStatusBefore: 'enabled', signalingStatusAfter: 'disabled' } as const;

/** Which claims of people from elsewhere a tenant takes. */
const trust = fc.record({
  isMfaAccepted: fc.boolean(),
  isCompliantDeviceAccepted: fc.boolean(),
  isHybridAzureADJoinedDeviceAccepted: fc.boolean(),
});
const someTenants = fc
  .tuple(tenants(few), fc.option(trust, { nil: undefined }))
  .map(
    ([tenant, inboundTrust]): Tenant =>
      inboundTrust === undefined ? tenant : { ...tenant, crossTenantAccessPolicy: { default: { inboundTrust } } },
  );

function certified(tenant: Tenant) {
  const before = proofWorld(tenant, 'enabled');
  const world = checkedWorld(tenant, 'enabled', new AlikeValues());
  return certifiedOf(
    { before, after: proofUnder(before, 'disabled') },
    { before: world, after: { ...world, signalingStatus: 'disabled' } },
  );
}

function certifiedOf(worlds: WorldPair, checked: CheckedWorlds) {
  const about = { createdDateTime: '2026-01-15T09:00:00Z', question };
  const certificate = certificateOf(proved(worlds), about) as Certificate;
  return {
    certificate,
    faultsOf: (one: Certificate) => checkCertificate(JSON.parse(JSON.stringify(one)) as Certificate, checked).faults,
  };
}

describe('the certificate of a proof', () => {
  test('is confirmed box by box by a checker that shares nothing with the prover', () => {
    let boxes = 0;
    fc.assert(
      fc.property(someTenants, (tenant) => {
        const { certificate, faultsOf } = certified(tenant);
        expect(faultsOf(certificate).slice(0, 2)).toEqual([]);
        boxes += certificate.boxes.length;
      }),
      { numRuns: tries(20) },
    );
    expect(boxes).toBeGreaterThan(50);
  });

  test('is confirmed of two tenants that differ in whatever tenants can differ in', () => {
    fc.assert(
      fc.property(someTenants, someTenants, (tenant, other) => {
        const after = { ...other, tenantId: tenant.tenantId };
        const lists = new AlikeValues();
        const { certificate, faultsOf } = certifiedOf(
          { before: proofWorld(tenant, 'enabled'), after: proofWorld(after, 'enabled') },
          { before: checkedWorld(tenant, 'enabled', lists), after: checkedWorld(after, 'enabled', lists) },
        );
        expect(faultsOf(certificate).slice(0, 2)).toEqual([]);
      }),
      { numRuns: tries(15) },
    );
  });

  test('lacks no class unnoticed, but for devices, which are the prover’s', () => {
    fc.assert(
      fc.property(someTenants, fc.nat(), fc.nat(), (tenant, one, other) => {
        const { certificate, faultsOf } = certified(tenant);
        const levels = [...certificate.levels.entries()].filter(
          ([, { name, classes }]) => name !== 'device' && classes.length > 1,
        );
        fc.pre(levels.length > 0);
        const [at, { name, classes }] = levels[one % levels.length] ?? [0, { name: '', classes: [] }];
        const gone = other % classes.length;
        const faults = faultsOf(without(certificate, at, gone));
        expect([name, classes[gone]?.text, faults.some(({ kind }) => kind === 'classes')]).toEqual([
          name,
          classes[gone]?.text,
          true,
        ]);
      }),
      { numRuns: tries(20) },
    );
  });

  test('lacks no column unnoticed: nothing that a session can prove is left out', () => {
    let thinned = 0;
    fc.assert(
      fc.property(someTenants, fc.nat(), (tenant, at) => {
        const { certificate, faultsOf } = certified(tenant);
        const { columns, boxes } = certificate;
        fc.pre(columns.length > 1);
        const gone = at % columns.length;
        const others = <T>(list: readonly T[]) => list.filter((_, position) => position !== gone);
        const left = { columns: others(columns), boxes: boxes.map((box) => ({ ...box, claims: others(box.claims) })) };
        const faults = faultsOf({ ...certificate, ...left });
        expect(faults.map(({ message }) => message).join()).toContain('no column is like a session with');
        thinned++;
      }),
      { numRuns: 40 },
    );
    expect(thinned).toBeGreaterThan(10);
  });
});

/** The certificate without a class of a level, and what boxes are left then. */
function without({ levels, boxes, ...rest }: Certificate, level: number, gone: number): Certificate {
  return {
    ...rest,
    levels: levels.map((one, at) =>
      at === level ? { ...one, classes: one.classes.filter((_, position) => position !== gone) } : one,
    ),
    boxes: boxes.flatMap((box) => {
      const set = (box.sets[level] ?? []).filter((at) => at !== gone).map((at) => (at > gone ? at - 1 : at));
      return set.length === 0 ? [] : [{ ...box, sets: box.sets.with(level, set) }];
    }),
  };
}
