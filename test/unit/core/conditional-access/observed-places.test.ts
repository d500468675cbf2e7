import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compile } from '../../../../src/core/conditional-access/compile.ts';
import { holdingsOf, networkLocationDetails } from '../../../../src/core/conditional-access/facts/located.ts';
import { observedPlaces } from '../../../../src/core/conditional-access/observed-places.ts';
import { observations } from '../../../support/arbitraries/attempt.ts';
import { tenants } from '../../../support/arbitraries/tenant.ts';
import { tries } from '../../../support/tries.ts';

test('the places of an observation are those that its evaluation tells, whether few are asked for or many', () => {
  let held = 0;
  fc.assert(
    fc.property(tenants(fc.constant([])), fc.array(observations, { minLength: 1, maxLength: 5 }), (tenant, asked) => {
      const places = observedPlaces(tenant);
      const { locations } = compile(tenant);
      // More often than each location is looked at.
      for (let time = 0; time < 250; time++) {
        for (const observation of asked) {
          const wanted = networkLocationDetails(holdingsOf(locations, observation));
          expect(places.detailsOf(observation)).toEqual(wanted);
          held += wanted.length;
        }
      }
    }),
    { numRuns: tries(40) },
  );
  expect(held).toBeGreaterThan(0);
});
