import type { Observation } from '../signaling/observation.ts';
import type { ObserveOptions } from '../signaling/observe.ts';
import { observeOptions } from '../signaling/observe.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { once } from '../values/once.ts';
import { compileLocations, holdersAmong, holdingsOf, listLocations, networkLocationDetails } from './facts/located.ts';
import type { Evaluation } from './result.ts';

/** The places of a tenant, for what an evaluation tells of them alone. */
export interface ObservedPlaces {
  /** Nothing stands in for an address that is not known, which lies in no location. */
  readonly options: ObserveOptions;
  /** The same that an evaluation of this tenant tells of the observation. */
  detailsOf(observation: Observation): Evaluation['networkLocationDetails'];
}

/** Who asks more often builds the index of all ranges, which takes as long as to look at each of them so many times. */
const FEW = 200;

/** Prepares the locations of a tenant and nothing else of it: no policy is compiled, and nobody of the directory looked at. */
export function observedPlaces(tenant: Tenant): ObservedPlaces {
  const list = listLocations(tenant);
  const locations = once(() => compileLocations(tenant));
  let asked = 0;
  return {
    options: observeOptions(tenant),
    detailsOf: (observation) =>
      networkLocationDetails(++asked > FEW ? holdingsOf(locations(), observation) : holdersAmong(list, observation)),
  };
}
