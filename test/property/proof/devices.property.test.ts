import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reactionOf } from '../../../src/core/certificate/reaction.ts';
import { textOfTruths, truthsOf } from '../../../src/core/certificate/truths.ts';
import { checkedWorld } from '../../../src/core/certificate/worlds.ts';
import { devices } from '../../../src/core/proof/levels/devices.ts';
import type { LevelValue } from '../../../src/core/proof/levels/level.ts';
import { TooLarge } from '../../../src/core/proof/too-large.ts';
import type { WorldPair } from '../../../src/core/proof/worlds/world.ts';
import { proofWorld } from '../../../src/core/proof/worlds/world.ts';
import type { Device } from '../../../src/core/signaling/attempt.ts';
import type { ConditionalAccessPolicy } from '../../../src/core/tenant/policy.ts';
import { sampleTenant } from '../../../src/core/tenant/sample/sample.ts';
import { AlikeValues } from '../../../src/core/values/alike-values.ts';
import { tries } from '../../support/tries.ts';

const word = fc.constantFrom('a', 'A', 'b', 'ab', 'ba', 'aba', '1');
const TEXTS = ['displayName', 'model', 'extensionAttribute1', 'mdmAppId'] as const;
const LISTS = ['systemLabels', 'physicalIds'] as const;

/** One comparison of a device filter, with every operator that the documents have for its kind of attribute, and some that they have not. */
const comparison = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(...TEXTS, ...LISTS),
      fc.constantFrom(
        '-eq',
        '-ne',
        '-startsWith',
        '-notStartsWith',
        '-endsWith',
        '-notEndsWith',
        '-contains',
        '-notContains',
      ),
      word,
    )
    .map(([name, operator, value]) => `device.${name} ${operator} "${value}"`),
  fc
    .tuple(fc.constantFrom(...TEXTS), fc.constantFrom('-in', '-notIn'), fc.array(word, { minLength: 1, maxLength: 3 }))
    .map(([name, operator, values]) => `device.${name} ${operator} [${values.map((one) => `"${one}"`).join()}]`),
  fc.constantFrom(
    'device.isCompliant -eq True',
    'device.isCompliant -ne False',
    'device.trustType -ne "ServerAD"',
    'device.deviceOwnership -eq "Company"',
  ),
);
const rule = fc
  .tuple(comparison, fc.array(fc.tuple(fc.constantFrom('-and', '-or'), comparison), { maxLength: 2 }))
  .map(([first, more]) => [first, ...more.flat()].join(' '));

const text = fc.oneof(word, fc.constantFrom('c', 'abab', 'bab', 'xa', 'zzz'), fc.constant(null));
const device: fc.Arbitrary<Device> = fc.record({
  isCompliant: fc.boolean(),
  trustType: fc.constantFrom('AzureAD', 'ServerAD', 'Workplace'),
  isManaged: fc.boolean(),
  deviceOwnership: fc.constantFrom('Company', 'Personal', null),
  displayName: text,
  model: text,
  extensionAttribute1: text,
  mdmAppId: text,
  systemLabels: fc.option(fc.array(fc.oneof(word, fc.constant('abx')), { maxLength: 3 })),
  physicalIds: fc.option(fc.array(word, { maxLength: 2 })),
});

function policyOf(rule: string, at: number): ConditionalAccessPolicy {
  return {
    id: `90000000-0000-4000-8000-00000000000${at}`,
    displayName: `Policy ${at}`,
    state: 'enabled',
    conditions: {
      users: { includeUsers: ['All'] },
      applications: { includeApplications: ['All'] },
      clientAppTypes: ['all'],
      devices: { deviceFilter: { mode: 'include', rule } },
    },
    grantControls: { operator: 'OR', builtInControls: ['block'] },
  };
}

/** Undefined where there are more kinds than a proof goes through, which says so. */
function listedOf(worlds: WorldPair): readonly LevelValue[] | undefined {
  try {
    return devices(worlds);
  } catch (error) {
    if (error instanceof TooLarge) return undefined;
    throw error;
  }
}

/** What filters and controls say of the listed kinds, and of any device; no kinds where there are too many to go through. */
function kindsUnder(rules: readonly string[]) {
  const tenant = { ...sampleTenant(), policies: rules.map(policyOf) };
  const world = checkedWorld(tenant, 'enabled', new AlikeValues());
  const worlds = { before: world, after: world };
  const textOf = (one: Device | null) => {
    const part = { device: one };
    return `${textOfTruths(truthsOf(worlds, 'device', part))} ${reactionOf(worlds, part)}`;
  };
  const proof = proofWorld(tenant, 'enabled');
  const listed = listedOf({ before: proof, after: proof });
  const kinds = listed === undefined ? undefined : new Set(listed.map(({ part }) => textOf(part.device ?? null)));
  return { kinds, textOf };
}

describe('the kinds of devices that a proof goes through', () => {
  test('leave no device out: each one is like one of them to every filter and to every control', () => {
    fc.assert(
      fc.property(
        fc.array(rule, { minLength: 1, maxLength: 3 }),
        fc.array(device, { minLength: 20, maxLength: 20 }),
        (rules, some) => {
          const { kinds, textOf } = kindsUnder(rules);
          fc.pre(kinds !== undefined);
          for (const one of [null, ...some]) expect(kinds?.has(textOf(one)), JSON.stringify(one)).toBe(true);
        },
      ),
      { numRuns: tries(40) },
    );
  });
});
