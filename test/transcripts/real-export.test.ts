import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { workplace } from '../support/in-process.ts';
import { SHARED } from '../support/terminal.ts';

/** Real exports, beside the project and not part of it: whatever is expected of them is read from them at run time. */
const CORPUS = join(SHARED, 'corpus/policies');
const BASELINE = join(CORPUS, 'j0eyv+ConditionalAccessBaseline/Config');
const REAL_TENANT = join(CORPUS, 'denis-beuermann+ConditionalAccess.pseudonymised/archive');
const isThere = existsSync(BASELINE) && existsSync(REAL_TENANT);
if (!isThere) console.warn('skipped: the real exports (../shared/corpus/policies) are not beside the project');

interface Policy {
  readonly displayName: string;
  readonly state: string;
  readonly conditions: {
    readonly locations?: {
      readonly includeLocations?: readonly string[];
      readonly excludeLocations?: readonly string[];
    } | null;
    readonly signInRiskLevels?: readonly string[] | null;
  };
}

interface Dependency {
  readonly id: string;
  readonly displayName: string;
  readonly onDisable: { readonly effects: readonly string[] };
}

/** Another reader than ours: the byte order mark says the encoding, a list or one object. */
function policiesIn(file: string): readonly Policy[] {
  const bytes = readFileSync(file);
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  const content: Policy | { value: readonly Policy[] } = JSON.parse(new TextDecoder(encoding).decode(bytes));
  return 'value' in content ? content.value : [content];
}

/** Names of those that enforce and name a location besides `All`, or ask for a sign-in risk, which the address feeds. */
function decidingByAddress(policies: readonly Policy[]): string[] {
  return policies
    .filter(({ state, conditions: { locations, signInRiskLevels } }) => {
      const named = [...(locations?.includeLocations ?? []), ...(locations?.excludeLocations ?? [])];
      return state === 'enabled' && (named.some((id) => id !== 'All') || (signInRiskLevels ?? []).length > 0);
    })
    .map(({ displayName }) => displayName)
    .sort();
}

const folder = join(BASELINE, 'ConditionalAccess');
const EXPORTS = [
  {
    name: 'a baseline as IntuneManagement exports it, in UTF-16',
    paths: [BASELINE],
    policies: () => readdirSync(folder).flatMap((name) => policiesIn(join(folder, name))),
  },
  {
    name: 'the pseudonymised tenant of January 2022',
    paths: [join(REAL_TENANT, '20220119-Policies.json'), join(REAL_TENANT, '20220119-Locations.json')],
    policies: () => policiesIn(join(REAL_TENANT, '20220119-Policies.json')),
  },
] as const;

describe.skipIf(!isThere)('the main job, on real exports (../shared/corpus/policies)', () => {
  for (const { name, paths, policies } of EXPORTS) {
    test(`${name}: disabling is refused, and names exactly the policies that decide by address or by risk`, async () => {
      const place = workplace();
      await place.gsa('init --empty --created 2023-04-01');
      expect((await place.gsa(['import', ...paths])).exitCode).toBe(0);
      expect((await place.gsa('signaling enable')).exitCode).toBe(0);
      const before = place.bytes();

      const refused = await place.gsa('signaling disable --no-input -o json');
      expect(refused.exitCode).toBe(3);
      expect(refused.stderr).toContain('--keep-policies');
      expect(place.bytes()).toBe(before);

      const named = (refused.json()['dependentPolicies'] as Dependency[]).map(({ displayName }) => displayName).sort();
      const { value } = (await place.gsa('policy dependencies -o json')).json() as { value: Dependency[] };
      const enforced = value
        .filter(({ onDisable: { effects } }) => effects.some((effect) => effect !== 'none' && effect !== 'logOnly'))
        .map(({ displayName }) => displayName)
        .sort();
      expect(named).toEqual(enforced);
      expect(named).toEqual(decidingByAddress(policies()));
      expect(named.length).toBeGreaterThan(1);

      const shown = (await place.gsa('signaling disable --no-input')).stdout;
      for (const each of named) expect(shown).toContain(each);
      expect(place.bytes()).toBe(before);
      expect((await place.gsa('tenant validate')).exitCode).toBe(0);
    });

    test(`${name}: what is switched to report-only first comes back by undo`, async () => {
      const place = workplace();
      await place.gsa('init --empty --created 2026-01-01');
      await place.gsa(['import', ...paths]);
      const before = JSON.parse(place.bytes()).tenant;
      const run = await place.gsa('signaling disable --report-only-policies -o json');
      expect(run.exitCode).toBe(0);
      expect(run.json()['reportOnlyPolicies']).toHaveLength(decidingByAddress(policies()).length);
      expect((await place.gsa('undo')).exitCode).toBe(0);
      expect(JSON.parse(place.bytes()).tenant).toEqual(before);
    });
  }
});
