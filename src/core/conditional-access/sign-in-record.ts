import { appliedPolicy } from './applied-policy.ts';
import type { Evaluation } from './result.ts';
import type { SignIn } from './sign-in.ts';

/**
 * The record as Microsoft Entra would have written it for this evaluation: the members that the evaluation decides are set,
 * all others stay. What the evaluation does not know is `null` where the record would otherwise tell of another evaluation.
 */
export function toSignIn(record: SignIn, evaluation: Evaluation): SignIn {
  const { observation, status } = evaluation;
  const { ipAddress, isThroughGlobalSecureAccess } = observation;
  return {
    ...record,
    ...(ipAddress === undefined ? {} : { ipAddress: ipAddress.text }),
    ...(isThroughGlobalSecureAccess === undefined ? {} : { isThroughGlobalSecureAccess }),
    globalSecureAccessIpAddress: observation.globalSecureAccessIpAddress?.text ?? null,
    ipAddressFromResourceProvider: resourceAddress(evaluation),
    location: locationOf(record, observation.countryOrRegion),
    networkLocationDetails: evaluation.networkLocationDetails,
    conditionalAccessStatus: evaluation.conditionalAccessStatus ?? null,
    authenticationRequirement: evaluation.authenticationRequirement ?? null,
    status: {
      errorCode: status.errorCode ?? null,
      failureReason: status.failureReason,
      additionalDetails: status.additionalDetails,
    },
    appliedConditionalAccessPolicies: evaluation.policies.map(appliedPolicy),
  };
}

/** Blank where it equals the address that Entra sees (D-STRICT). */
function resourceAddress({ observation: { ipAddress, resourceIpAddress } }: Evaluation): string | null {
  if (resourceIpAddress === undefined || resourceIpAddress.text === ipAddress?.text) return null;
  return resourceIpAddress.text;
}

/** City and state belong to the address of the record, so they go when the country changes. */
function locationOf(record: SignIn, country: string | null | undefined): NonNullable<SignIn['location']> | null {
  const location = record.location ?? null;
  if (country === undefined || (location?.countryOrRegion ?? null) === country) return location;
  return { ...location, city: null, state: null, countryOrRegion: country };
}
