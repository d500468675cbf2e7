import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Workplace } from '../support/in-process.ts';
import { workplace } from '../support/in-process.ts';

/** Graph objects of exports that lack something, and a new tenant that takes them. */

export const HQ = {
  '@odata.type': '#microsoft.graph.ipNamedLocation',
  id: '33333333-3333-4333-8333-000000000001',
  displayName: 'Headquarters',
  isTrusted: true,
  ipRanges: [{ '@odata.type': '#microsoft.graph.iPv4CidrRange', cidrAddress: '203.0.113.0/24' }],
};

export const MFA_TRUSTED_IPS = '00000000-0000-0000-0000-000000000000';
export const NOWHERE = '33333333-3333-4333-8333-00000000dead';

/** What `tenant set` says where an export of policies and locations is all there is. */
export const NOTHING_ELSE = '--mfa-trusted-ips none --known namedLocations,users,groups,roleAssignments';

/** A sign-in from headquarters through Global Secure Access with signaling on, as Graph has it. */
export const TUNNELLED = {
  id: 'bbbbbbbb-0000-4000-8000-000000000001',
  createdDateTime: '2026-01-10T08:00:00Z',
  userId: 'a0000000-0000-4000-8000-000000000001',
  userPrincipalName: 'ada@contoso.com',
  appId: 'e0000000-0000-4000-8000-000000000001',
  resourceId: '00000003-0000-0ff1-ce00-000000000000',
  resourceDisplayName: 'Office 365 SharePoint Online',
  clientAppUsed: 'Browser',
  ipAddress: '203.0.113.10',
  isThroughGlobalSecureAccess: true,
  globalSecureAccessIpAddress: '151.206.1.1',
  status: { errorCode: 0 },
  appliedConditionalAccessPolicies: [],
};

export interface PolicyParts {
  readonly displayName?: string;
  readonly state?: string;
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly grantControls?: unknown;
  readonly sessionControls?: unknown;
  readonly conditions?: object;
}

/** A policy that blocks everybody; without `include` it asks for no location. */
export function policy(parts: PolicyParts = {}) {
  const { displayName = 'Block outside', state = 'enabled', include, exclude = [], conditions = {} } = parts;
  const locations =
    include === undefined ? {} : { locations: { includeLocations: include, excludeLocations: exclude } };
  return {
    id: '11111111-1111-4111-8111-000000000001',
    displayName,
    state,
    createdDateTime: '2026-01-01T00:00:00Z',
    conditions: {
      clientAppTypes: ['all'],
      users: { includeUsers: ['All'] },
      applications: { includeApplications: ['All'] },
      ...locations,
      ...conditions,
    },
    grantControls:
      parts.grantControls === undefined ? { operator: 'OR', builtInControls: ['block'] } : parts.grantControls,
    sessionControls: parts.sessionControls ?? null,
  };
}

/** A tenant with signaling on that knows nothing but what these files of an export say. */
export async function tenantOf(files: Readonly<Record<string, unknown>>, setting?: string): Promise<Workplace> {
  const place = workplace();
  await place.gsa('init --empty --name Contoso --created 2025-07-01');
  for (const [name, content] of Object.entries(files)) {
    const path = join(place.folder, name);
    writeFileSync(path, JSON.stringify(content));
    const run = await place.gsa(['import', path]);
    if (run.exitCode !== 0) throw new Error(run.stderr);
  }
  if (setting !== undefined) await place.gsa(`tenant set ${setting}`);
  return place;
}
