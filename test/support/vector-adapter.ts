import { existsSync, readFileSync } from 'node:fs';
import type { WhatIfRequest } from '../../src/core/conditional-access/what-if/request.ts';
import type { Device, Satisfied } from '../../src/core/signaling/attempt.ts';
import type { NamedLocation } from '../../src/core/tenant/named-location.ts';
import type { ConditionalAccessPolicy } from '../../src/core/tenant/policy.ts';

/** The vectors that stand beside the repository, where they do; their own words say how to read them (`meta.how_to_read`). */
const VECTOR_FILE = new URL('../../../shared/vectors/conditional-access.json', import.meta.url);

export interface Vector {
  readonly id: string;
  readonly title: string;
  /** Keys of docs/sources.md. */
  readonly docs?: readonly string[];
  readonly confidence?: string;
  readonly mode?: string;
  readonly policies: readonly ConditionalAccessPolicy[];
  readonly tenantOverrides?: Overrides;
  readonly signIn?: VectorSignIn;
  readonly whatIfRequest?: WhatIfRequest;
  readonly expected: {
    /** By policy id, members of the log's entry for it; a policy or a member that is missing is not asserted. */
    readonly perPolicy?: Readonly<Record<string, object>>;
    readonly overall?: {
      readonly outcome?: string;
      readonly conditionalAccessStatus?: string;
      readonly errorCodeAnyOf?: readonly number[];
    };
    readonly policyApplies?: boolean;
    readonly analysisReasons?: string;
  };
}

export interface VectorFile {
  readonly tenant: VectorTenant;
  readonly vectors: readonly Vector[];
  readonly pairs: readonly {
    readonly signalingEnabled: string;
    readonly signalingDisabled: string;
    readonly effectOfDisabling: string;
    readonly pattern: string;
  }[];
}

export interface VectorTenant {
  readonly tenantId: string;
  readonly users: Readonly<Record<string, VectorUser>>;
  readonly groups: Readonly<Record<string, { readonly name?: string; readonly memberOf?: readonly string[] }>>;
  readonly servicePrincipals: Readonly<Record<string, VectorPrincipal>>;
  readonly appGroups: Readonly<Record<string, readonly string[]>>;
  readonly appCustomSecurityAttributes: Readonly<Record<string, Attributes>>;
  /** `null`: the tenant does not know its MFA trusted addresses. */
  readonly mfaTrustedIps: readonly string[] | null;
  readonly namedLocations: readonly NamedLocation[];
}

/** Custom security attributes as the vectors write them: `<set>_<attribute>`. */
export type Attributes = Readonly<Record<string, unknown>>;

export interface VectorUser {
  readonly name?: string;
  readonly userType?: string;
  readonly externalUserType?: string;
  readonly homeTenantId?: string;
  readonly memberOf?: readonly string[];
  readonly directoryRoles?: readonly {
    readonly roleTemplateId: string;
    readonly assignment: string;
    readonly scope: string;
    readonly custom?: boolean;
  }[];
}

export interface VectorPrincipal {
  readonly name?: string;
  readonly kind?: string;
  readonly appId?: string;
  readonly customSecurityAttributes?: Attributes;
  readonly singleTenant?: boolean;
  readonly registeredInThisTenant?: boolean;
}

/** Tables are patched row by row, lists are replaced; a key that we do not know changes nothing. */
interface Overrides extends Partial<VectorTenant> {
  readonly namedLocationsAdded?: readonly NamedLocation[];
  readonly namedLocationPatches?: Readonly<Record<string, object>>;
}

/** A member that is missing is proven by nothing: no risk, no flow, no claim. */
export interface VectorSignIn {
  readonly identity: {
    readonly kind: string;
    readonly userId?: string;
    readonly servicePrincipalId?: string;
    readonly [fact: string]: unknown;
  };
  readonly target: {
    readonly kind: string;
    readonly audiences?: readonly string[];
    readonly userAction?: string;
    readonly authenticationContext?: string;
  };
  readonly ipAddress?: string;
  readonly countryOrRegion?: string | null;
  readonly throughGlobalSecureAccess?: boolean;
  readonly compliantNetwork?: boolean;
  readonly ipAddressSeenByResource?: string | null;
  /** The raw facts that the address, its country and the compliant network follow from. */
  readonly globalSecureAccess?: VectorTunnel | null;
  readonly device?: (Device & { readonly registered?: boolean }) | null;
  readonly satisfied?: Satisfied;
  readonly [fact: string]: unknown;
}

export interface VectorTunnel {
  readonly signalingStatus: string;
  readonly clientEgressIp: string;
  readonly clientEgressCountry?: string | null;
  readonly proxyEgressIp: string;
  readonly proxyEgressCountry?: string | null;
  readonly tunnelBelongsToThisTenant: boolean;
}

/** The file, or `undefined` where this checkout stands alone. */
export function readVectors(): VectorFile | undefined {
  return existsSync(VECTOR_FILE) ? JSON.parse(readFileSync(VECTOR_FILE, 'utf8')) : undefined;
}
