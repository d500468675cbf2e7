import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compile } from '../../src/core/conditional-access/compile.ts';
import { evaluate } from '../../src/core/conditional-access/evaluate.ts';
import { observingAhead } from '../../src/core/conditional-access/observing.ts';
import { GRANT_CONTROL_NAMES } from '../../src/core/graph/controls.ts';
import { DEVICE_ATTRIBUTES } from '../../src/core/graph/device-attributes.ts';
import { FACT_NAMES } from '../../src/core/graph/sign-in-facts.ts';
import { examplePolicy } from '../../src/core/impact/example.ts';
import { observe } from '../../src/core/signaling/observe.ts';
import { LOST_CONTROLS } from '../../src/core/tenant/lost-members.ts';
import { helpFor } from '../../src/output/reports/impact/fact-help.ts';
import { attempts } from '../support/arbitraries/attempt.ts';
import { tenants } from '../support/arbitraries/tenant.ts';
import { tries } from '../support/tries.ts';

const ROOM = join(import.meta.dirname, '../../src/core/conditional-access');

/** Facts as the code writes them, with `x` where it puts a name. */
function factsInCode(): readonly string[] {
  const files = readdirSync(ROOM, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  return files.flatMap((file) =>
    readFileSync(join(ROOM, file), 'utf8')
      .split('\n')
      .filter((line) => /\blacks\(|\bfact: /.test(line))
      .flatMap((line) => [
        ...line.slice(line.search(/\blacks\(|\bfact: /)).matchAll(/^(?:lacks\(|fact: )(?:'([^']+)'|`([^`]+)`)/g),
      ])
      .map(([, plain, template]) => plain ?? (template ?? '').replace(/\$\{[^}]*\}/g, 'x')),
  );
}

describe('what helps where a fact is missing', () => {
  test('is said of every fact that the code names', () => {
    const facts = new Set(factsInCode());
    for (const fact of [
      'userId',
      'mfaTrustedIps',
      'namedLocation x',
      'meaning of state x',
      'members of group x',
      'operator',
    ])
      expect([...facts], 'what is found in the code').toContain(fact);
    expect(facts.size).toBeGreaterThan(30);
    expect([...facts].filter((fact) => helpFor(fact) === undefined)).toEqual([]);
  });

  test.each([
    ...FACT_NAMES,
    ...GRANT_CONTROL_NAMES,
    ...Object.keys(DEVICE_ATTRIBUTES).map((name) => `device.${name}`),
    ...[LOST_CONTROLS, 'conditions.locations.includeLocations', 'conditions.locations.excludeLocations'],
    ...['countryOrRegion', 'gpsCountryOrRegion', 'whether the user is an agent', 'isTrusted of Headquarters'],
    ...['device isCompliant', 'device trustType', 'id of the tenant', 'holders of role Global Reader'],
  ])('is said of %s', (fact) => {
    expect(helpFor(fact)).toBeDefined();
  });

  test('names the member of a sign-in that tells it, and what no export tells', () => {
    expect(JSON.stringify(helpFor('compliantDevice'))).toContain('deviceDetail');
    expect(JSON.stringify(helpFor('devicePlatform'))).toContain('deviceDetail');
    expect(JSON.stringify(helpFor('signInRiskLevel'))).toContain('riskLevelDuringSignIn');
    expect(JSON.stringify(helpFor('userRiskLevel'))).toContain('--user-risk');
    expect(JSON.stringify(helpFor('passwordChange'))).toContain('--satisfied passwordChange');
    expect(JSON.stringify(helpFor('meaning of control x'))).toContain('documented nowhere');
    expect(helpFor('a fact of a kind that there is not')).toBeUndefined();
  });
});

test('of any sign-in in any tenant, each missing fact has help, and each policy that is unknown says what it lacks', () => {
  let unknown = 0;
  fc.assert(
    fc.property(tenants(), attempts, (tenant, attempt) => {
      const compiled = compile(tenant);
      const options = observingAhead(compiled);
      const [before, after] = (['enabled', 'disabled'] as const).map((status) =>
        evaluate(compiled, attempt, observe(attempt, status, options)),
      );
      if (before === undefined || after === undefined) return;
      for (const { fact } of [...before.missing, ...after.missing])
        expect([fact, helpFor(fact)]).not.toEqual([fact, undefined]);
      for (const { policyId } of after.policies) {
        const { resultBefore, whyBefore, resultAfter, whyAfter } = examplePolicy(policyId, before, after);
        for (const [result, why] of [
          [resultBefore, whyBefore],
          [resultAfter, whyAfter],
        ]) {
          if (result !== 'unknown') continue;
          unknown += 1;
          expect(why).toMatch(/unknown without|not known/);
        }
      }
    }),
    { numRuns: tries(300) },
  );
  expect(unknown).toBeGreaterThan(100);
});
