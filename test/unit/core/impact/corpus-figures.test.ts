import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { SelfCheck } from '../../../../src/core/impact/self-check.ts';
import { worldOf } from '../../../../src/core/impact/world.ts';
import type { ReadSignIn } from '../../../../src/intake/types.ts';
import { readAll } from '../../../support/read-all-sign-ins.ts';
import { tenantWith } from '../dependencies/contoso.ts';

const CORPUS = join('..', 'shared', 'corpus', 'signins');
const files = existsSync(CORPUS)
  ? readdirSync(CORPUS, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(CORPUS.length + 1))
      .sort()
  : [];

/** Conditions that a record names where they held, in a policy of the record's own words. */
type Spoken = {
  id: string;
  displayName: string;
  blocks: boolean;
  mfa: boolean;
  isEnabled: boolean;
  isReportOnly: boolean;
};

/**
 * Nobody has the tenants of these records. What a record says of each policy besides its result (its name, its controls,
 * whether it is on) makes a stand-in policy on everyone and everything: the figures tell how much of the results follows
 * from that alone, and every result that does not is a disagreement with a cause. A policy that the record calls not applied, for
 * conditions that nobody here knows, is unexplained by this measure.
 */
function spokenOf(signIns: readonly ReadSignIn[]): Spoken[] {
  const found = new Map<string, Spoken>();
  for (const { record } of signIns) {
    for (const { id, displayName, result, enforcedGrantControls } of record.appliedConditionalAccessPolicies ?? []) {
      if (typeof id !== 'string') continue;
      const controls = (enforcedGrantControls ?? []).map((control) => control.toLowerCase());
      const known = found.get(id);
      found.set(id, {
        id,
        displayName: displayName ?? id,
        blocks: known?.blocks === true || controls.includes('block'),
        mfa: known?.mfa === true || controls.some((control) => control === 'mfa' || control.includes('multi-factor')),
        isEnabled: known?.isEnabled === true || (result !== 'notEnabled' && !/^reportOnly/.test(result ?? '')),
        isReportOnly: known?.isReportOnly === true || /^reportOnly/.test(result ?? ''),
      });
    }
  }
  return [...found.values()];
}

function tenantOf(spoken: readonly Spoken[]) {
  return tenantWith({
    policies: spoken.map(({ id, displayName, blocks, mfa, isEnabled, isReportOnly }) => ({
      id,
      displayName,
      state: isReportOnly ? 'enabledForReportingButNotEnforced' : isEnabled ? 'enabled' : 'disabled',
      conditions: { users: { includeUsers: ['All'] }, applications: { includeApplications: ['All'] } },
      grantControls:
        blocks || mfa
          ? { operator: 'OR', builtInControls: [...(blocks ? ['block'] : []), ...(mfa ? ['mfa'] : [])] }
          : null,
    })),
  });
}

const figures: string[] = [];
afterAll(() => {
  if (figures.length > 0)
    console.log(`self-check on the corpus, with policies made of the records' own words:\n${figures.join('\n')}`);
});

describe.skipIf(files.length === 0)('the self-check on every file of the corpus (../shared is not here)', () => {
  test.each(files)('%s', async (file) => {
    const { signIns } = await readAll([join(CORPUS, file)]);
    const spoken = spokenOf(signIns);
    const check = new SelfCheck(worldOf(tenantOf(spoken), 'enabled'));
    for (const { record, attempt } of signIns) check.compare({ told: record, attempt });
    const { policies, signIns: compared, causes, share, unknownPolicies } = check.agreement();
    const results = signIns
      .flatMap(({ record }) => record.appliedConditionalAccessPolicies ?? [])
      .filter(({ id, result }) => typeof id === 'string' && typeof result === 'string');
    expect(policies.compared + policies.incomparable).toBe(results.length);
    if (policies.compared > 0)
      figures.push(
        `  ${file}: ${compared.agreed} of ${compared.compared} sign-ins, ${policies.agreed} of ${policies.compared} results of ` +
          `${spoken.length} policies agree (${share === null ? 'none' : Math.floor(share * 1000) / 10} %), ` +
          `${causes.missingFact} lack a fact, ${causes.unexplained} unexplained, ${policies.incomparable} not comparable`,
      );
    // Every result is agreed with, disagreed with for one cause, or not comparable: none disappears.
    const disagreed = Object.values(causes).reduce((sum, count) => sum + count, 0);
    expect(policies.agreed + disagreed).toBe(policies.compared);
    expect(unknownPolicies).toEqual([]);
    // Without the policies, all of it is their lack and nothing is our fault.
    const without = new SelfCheck(worldOf(tenantWith({}), 'enabled'));
    for (const { record, attempt } of signIns) without.compare({ told: record, attempt });
    const bare = without.agreement();
    expect([bare.policies.agreed, bare.causes.unknownPolicy]).toEqual([0, policies.compared]);
  });

  test('five of the files or more speak of policies, with results that can be compared', () => {
    expect(figures.length).toBeGreaterThanOrEqual(5);
  });
});
