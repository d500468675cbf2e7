import { describe, expect, test } from 'vitest';
import { openQuestions } from '../../../../src/core/proof/answers/left-out.ts';
import { proofUnder, proofWorld } from '../../../../src/core/proof/worlds/world.ts';
import type { ConditionalAccessPolicy } from '../../../../src/core/tenant/policy.ts';
import type { Tenant } from '../../../../src/core/tenant/tenant.ts';
import { policyNamed, tenantWith } from './small-tenant.ts';

const REPORTING = 'enabledForReportingButNotEnforced';
const GROUP = 'b0000000-0000-4000-8000-000000000001';

function limiting(id: string, value: number, rest: Parameters<typeof policyNamed>[1] = {}): ConditionalAccessPolicy {
  const sessionControls = { signInFrequency: { isEnabled: true, value, type: 'hours' } };
  return policyNamed(id, { grantControls: null, sessionControls, ...rest });
}

function named(before: Tenant, after: Tenant): readonly string[] {
  return openQuestions({ before: proofWorld(before, 'disabled'), after: proofWorld(after, 'disabled') })
    .flatMap(({ policies }) => policies)
    .toSorted();
}

describe('a gate stays open over session controls', () => {
  const [hour, quarter] = [limiting('A', 1), limiting('B', 2_160)];
  const forGroup = { conditions: { users: { includeGroups: [GROUP] } } };
  test.each<[string, ConditionalAccessPolicy[], ConditionalAccessPolicy[], string[]]>([
    ['that one policy sets otherwise', [hour], [limiting('A', 2)], ['A']],
    [
      'of which the stricter one is switched off',
      [hour, quarter],
      [limiting('A', 1, { state: 'disabled' }), quarter],
      ['A'],
    ],
    [
      'of which one takes the place of the other',
      [hour, limiting('B', 2_160, { state: REPORTING })],
      [limiting('A', 1, { state: REPORTING }), quarter],
      ['A', 'B'],
    ],
    ['of which one is deleted and the other new', [hour], [quarter], ['A', 'B']],
    ['that are new', [policyNamed('C')], [policyNamed('C'), hour], ['A']],
    ['that trade places', [hour, limiting('B', 2_160, forGroup)], [limiting('A', 1, forGroup), quarter], ['A', 'B']],
  ])('%s', (_, before, after, policies) => {
    expect(named(tenantWith(before), tenantWith(after))).toEqual(policies);
  });

  test.each<[string, ConditionalAccessPolicy[], ConditionalAccessPolicy[]]>([
    ['that stay', [hour, quarter], [hour, quarter]],
    [
      'that are written in another order',
      [hour],
      [{ ...hour, sessionControls: { signInFrequency: { type: 'hours', value: 1, isEnabled: true } } }],
    ],
    ['that another policy sets to the same', [hour, limiting('C', 1)], [limiting('C', 1)]],
    ['that are gone altogether, which is told as less protected', [hour], []],
    ['in report-only', [], [limiting('A', 1, { state: REPORTING })]],
  ])('but not over those %s', (_, before, after) => {
    expect(named(tenantWith(before), tenantWith(after))).toEqual([]);
  });

  test('that the switch, or the members of a group, give to others', () => {
    const away = { conditions: { locations: { includeLocations: ['All'], excludeLocations: ['AllTrusted'] } } };
    const tenant = tenantWith([limiting('A', 1, away), quarter]);
    const world = proofWorld(tenant, 'enabled');
    const switched = openQuestions({ before: world, after: proofUnder(world, 'disabled') });
    expect(switched.flatMap(({ policies }) => policies)).toEqual(['A']);
    const policies = [limiting('A', 1, forGroup), quarter];
    const members = (ids: string[]) => tenantWith(policies, { groups: [{ id: GROUP, members: ids }] });
    expect(named(members(['x']), members(['y']))).toEqual(['A']);
    expect(named(members(['x']), members(['x']))).toEqual([]);
  });
});
