import type { Address } from '../network/address.ts';

/** What Microsoft Entra, Graph and the resource see of an attempt under one signaling status. */
export interface Observation {
  /** The address that Conditional Access evaluates and the log shows; `undefined`: not known. */
  readonly ipAddress: Address | undefined;
  /**
   * Stands for `ipAddress` before named locations where the proxy's address is not known and makes no difference there
   * (stand-in.ts). Never shown as the address.
   */
  readonly standInAddress?: Address | undefined;
  /** The owner of the address that Entra sees, even where the address itself is not known; `undefined`: not known. */
  readonly seenAddress?: 'source' | 'proxy' | undefined;
  /** `null`: the address maps to no country; `undefined`: not known. */
  readonly countryOrRegion: string | null | undefined;
  readonly isThroughGlobalSecureAccess: boolean | undefined;
  readonly globalSecureAccessIpAddress: Address | undefined;
  /** Whether the compliant network check passes (CN); `undefined`: not known. */
  readonly compliantNetwork: boolean | undefined;
  /** The address the resource's own endpoint sees; `undefined`: not known or never contacted. */
  readonly resourceIpAddress: Address | undefined;
  /** Another address than Entra sees, which the resource may see, where documents contradict each other. */
  readonly possibleResourceAddress?: Address | undefined;
  /** True when Entra sees the user's own address although a proxy stands between. */
  readonly restored: boolean;
}

/** Of which nothing is seen: for judging what no observation tells. */
export const NOTHING_SEEN: Observation = {
  ipAddress: undefined,
  countryOrRegion: undefined,
  isThroughGlobalSecureAccess: undefined,
  globalSecureAccessIpAddress: undefined,
  compliantNetwork: undefined,
  resourceIpAddress: undefined,
  restored: false,
};

/** The address that the resource sees, or may see. */
export function addressAtResource({ resourceIpAddress, possibleResourceAddress }: Observation): Address | undefined {
  return resourceIpAddress ?? possibleResourceAddress;
}

/** Whether the address of a sign-in is not known and another stands for it. */
export function isLocatedByStandIn({ ipAddress, standInAddress }: Observation): boolean {
  return ipAddress === undefined && standInAddress !== undefined;
}

/** The address that named locations are asked for. */
export function locatedAddress({ ipAddress, standInAddress }: Observation): Address | undefined {
  return ipAddress ?? standInAddress;
}

/** Whether the resource sees, or may see, another address than Entra. */
export function differsAtResource(observation: Observation): boolean {
  const address = addressAtResource(observation);
  return address !== undefined && address.text !== observation.ipAddress?.text;
}
