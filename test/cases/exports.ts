import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
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

/** A tenant with signaling on that takes folders of files, one after the other. */
export async function tenantOfFolders(...folders: readonly Readonly<Record<string, unknown>>[]): Promise<Workplace> {
  const place = workplace();
  await place.gsa('init --empty --name Contoso --created 2025-07-01 --quiet');
  for (const [at, files] of folders.entries()) {
    put(place, files, `export${at}`);
    const run = await place.gsa(`import export${at}`);
    if (run.exitCode !== 0) throw new Error(run.stderr);
  }
  return place;
}

/** Writes files below a folder of a place. */
export function put(place: Workplace, files: Readonly<Record<string, unknown>>, folder = 'export'): void {
  for (const [name, value] of Object.entries(files)) {
    const path = join(place.folder, folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value));
  }
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

/**
 * What becomes of one sign-in, tunnelled but for what is said, when signaling is switched off: forecast under a gate on that class
 * and on what is not known, replayed, and forecast again from the log.
 */
export async function becoming(place: Workplace, said: object, gate = 'newlyBlocked') {
  const record = { ...TUNNELLED, appliedConditionalAccessPolicies: undefined, ...said };
  writeFileSync(join(place.folder, 'signins.ndjson'), `${JSON.stringify(record)}\n`);
  const gates = `--of signaling=disabled --fail-on ${gate},unknown -o json`;
  const impact = await place.gsa(`impact signins.ndjson ${gates}`);
  const { classes } = impact.json() as { classes: { class: string; interactive: number; nonInteractive: number }[] };
  const replay = await place.gsa('replay signins.ndjson --signaling disabled -o json');
  const { outcomes, policies, missing } = replay.json() as {
    outcomes: Record<string, number>;
    missing: { fact: string }[];
    policies: { results: Record<string, number> }[];
  };
  const again = await place.gsa(`impact --from-logs ${gates}`);
  return {
    class: classes.find(({ interactive, nonInteractive }) => interactive + nonInteractive > 0)?.class,
    replayed: Object.keys(outcomes).find((outcome) => outcomes[outcome] === 1),
    exitCodes: [impact.exitCode, again.exitCode],
    result: policies.flatMap(({ results }) => Object.keys(results)).join(),
    missing: missing.map(({ fact }) => fact),
  };
}

/** What of {@link becoming} is so of a sign-in that a policy blocks, leaves alone, or may block. */
export const BLOCKED = { class: 'newlyBlocked', replayed: 'blocked', exitCodes: [1, 1] };
export const UNCHANGED = { class: 'unchanged', replayed: 'granted', exitCodes: [0, 0] };
export const UNKNOWN = { class: 'unknown', replayed: 'unknown', exitCodes: [1, 1] };
