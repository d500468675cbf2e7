import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { analyseDependencies } from '../../src/core/dependencies/analyse.ts';
import type { DependencyPath } from '../../src/core/dependencies/dependency.ts';
import { enforcedDependents } from '../../src/core/dependencies/enforced.ts';
import type { NamedLocation } from '../../src/core/tenant/named-location.ts';
import type { ConditionalAccessPolicy } from '../../src/core/tenant/policy.ts';
import { tenantWith } from '../unit/core/dependencies/contoso.ts';

const FOLDER = join(process.cwd(), '../shared/corpus/policies/denis-beuermann+ConditionalAccess.pseudonymised/archive');
const isThere = existsSync(FOLDER);
if (!isThere)
  console.warn('skipped: the pseudonymised tenant of 2022-01 (../shared/corpus/policies) is not beside the project');

function listIn<Item>(file: string): readonly Item[] {
  const { value }: { value: readonly Item[] } = JSON.parse(
    readFileSync(join(FOLDER, file), 'utf8').replace(/^\uFEFF/, ''),
  );
  return value;
}

/** Ids and names stay in the corpus: the golden file has a hash of the id, kinds of paths with their number, and effects. */
function hashed(id: string): string {
  return createHash('sha256').update(id).digest('hex').slice(0, 12);
}

function counted(paths: readonly DependencyPath[]): string {
  const kinds = paths.map(({ side, kind, indirect }) =>
    [...(side === undefined ? [] : [side]), kind, ...(indirect === true ? ['(indirect)'] : [])].join(' '),
  );
  return [...new Set(kinds)].map((kind) => `${kinds.filter((each) => each === kind).length} × ${kind}`).join(', ');
}

/**
 * The tenant of January 2022: 49 policies, 73 locations with 238 ranges, no directory, no MFA settings, no Global Secure Access.
 *
 * How the golden file was reviewed: the 22 policies that have a locations condition or ask for sign-in risk were printed from
 * the export with state, grant and session controls, and every location id resolved to its name, trusted mark and number of
 * ranges. Each line was then read against the table of effects (test/unit/core/dependencies/effects.test.ts):
 * - 15 enforced and 2 report-only policies are `All` without named ranges or trusted ones. A program of another kind compared
 *   all 238 ranges with the egress of Global Secure Access (none overlaps), looked for IPv6 (none) and for private ranges (one,
 *   in a trusted location that no policy names). So disabling makes the block ones (10 of them enforced) newly block, the MFA
 *   ones (3) newly prompt, the compliant-device ones (2) newly deny; enabling is the reverse, `newlyAllowed` for block,
 *   `lessProtected` for MFA, both for devices, because the managed ones are no longer checked.
 * - 1 includes listed addresses and a country list for MFA *and* a compliant device: nobody knows the country of the proxy, so
 *   it may begin to deny and prompt, and cease to.
 * - The report-only ones change the log only. 4 policies ask for sign-in risk (one of them report-only), have no locations and
 *   no effect that is known.
 * - The number of paths of each is the number of entries of its location lists besides `All`.
 * - The other 27 policies have neither and are not in the table.
 */
describe.skipIf(!isThere)('the dependents of a real tenant', () => {
  test('the table of dependents is the one that was reviewed by hand', async () => {
    const analysis = analyseDependencies(
      tenantOf(
        listIn<ConditionalAccessPolicy>('20220119-Policies.json'),
        listIn<NamedLocation>('20220119-Locations.json'),
      ),
    );
    const table = {
      dependents: analysis.dependencies.map(({ policyId, state, paths, onDisable, onEnable }) => ({
        policy: hashed(policyId),
        state,
        paths: counted(paths),
        onDisable: onDisable.effects.join(', '),
        onEnable: onEnable.effects.join(', '),
      })),
      enforced: {
        onDisable: enforcedDependents(analysis, 'disabled').length,
        onEnable: enforcedDependents(analysis, 'enabled').length,
      },
      warnings: analysis.warnings.map(({ code, policyIds, locationIds }) => ({
        code,
        policies: policyIds.length,
        locations: locationIds.length,
      })),
    };
    await expect(`${JSON.stringify(table, null, 2)}\n`).toMatchFileSnapshot('dependencies-2022-01.json');
  });

  /** What the export does not carry is not known. */
  function tenantOf(policies: readonly ConditionalAccessPolicy[], namedLocations: readonly NamedLocation[]) {
    const {
      mfaTrustedIps: _,
      users: __,
      groups: ___,
      roleAssignments: ____,
      ...rest
    } = tenantWith({ policies, namedLocations });
    return rest;
  }
});
