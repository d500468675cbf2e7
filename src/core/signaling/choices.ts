import type { TenantSettings } from '../tenant/tenant.ts';

export type ChoiceId =
  | 'restoresSharePointAndExchange'
  | 'globalSecureAccessIpAddressWhileRestored'
  | 'remoteNetworkRestoredAddress'
  | 'restorationAcrossTenants'
  | 'restorationForWorkloads'
  | 'compliantNetworkWhenDisabled'
  | 'compliantNetworkForPrivateApps'
  | 'ipv6Bypass'
  | 'microsoftProfilePrerequisite'
  | 'internetProfileUnknown';

/** A question on which the sources disagree or are silent, and what `gsa` does about it (docs/fidelity.md lists these). */
export interface Choice {
  readonly id: ChoiceId;
  readonly question: string;
  /** What `gsa` does. */
  readonly answer: string;
  /** Source tags of reference/source-ip-restoration.md with what each says. */
  readonly sources: readonly string[];
  readonly certainty: Certainty;
  /** The tenant setting that turns it, where there is one. */
  readonly setting?: keyof TenantSettings;
}

/** `contradicted`: documents disagree; `inferred`: follows from documented facts; `unverified`: looked for and not found. */
export type Certainty = 'documented' | 'contradicted' | 'inferred' | 'unverified';
