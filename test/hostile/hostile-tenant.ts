import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Workplace } from '../support/in-process.ts';

const id = (kind: string, at: number) => `${kind}0000000-0000-4000-8000-${String(at).padStart(12, '0')}`;

export const policyId = (at: number): string => id('9', at);
export const locationId = (at: number): string => id('1', at);

/** A tenant in which everything is called as told: policies, locations, people, groups, and its sign-ins beside it. */
export async function tenantCalled(
  place: Workplace,
  names: readonly string[],
): Promise<Workplace & { readonly signIns: string }> {
  const write = (name: string, value: readonly unknown[]) => {
    const path = join(place.folder, name);
    writeFileSync(path, JSON.stringify({ value }));
    return path;
  };
  const files = [
    write(
      'locations.json',
      names.map((displayName, at) => ({
        '@odata.type': '#microsoft.graph.ipNamedLocation',
        id: locationId(at),
        displayName,
        isTrusted: at % 2 === 0,
        ipRanges: [{ '@odata.type': '#microsoft.graph.iPv4CidrRange', cidrAddress: `203.0.${at % 256}.0/24` }],
      })),
    ),
    write(
      'policies.json',
      names.map((displayName, at) => ({
        id: policyId(at),
        displayName,
        state: 'enabled',
        conditions: {
          users: { includeUsers: ['All'], excludeUsers: [id('a', at)], excludeGroups: [id('b', at)] },
          applications: { includeApplications: ['All'], excludeApplications: [displayName] },
          clientAppTypes: ['all'],
          locations: { includeLocations: ['All'], excludeLocations: [locationId(at)] },
        },
        grantControls: { operator: 'OR', builtInControls: ['block'], termsOfUse: [displayName] },
        [displayName]: displayName,
      })),
    ),
    write(
      'users.json',
      names.map((displayName, at) => ({
        '@odata.type': '#microsoft.graph.user',
        id: id('a', at),
        displayName,
        userPrincipalName: displayName,
        userType: 'Member',
      })),
    ),
    write(
      'groups.json',
      names.map((displayName, at) => ({
        '@odata.type': '#microsoft.graph.group',
        id: id('b', at),
        displayName,
        groupTypes: [],
        mailEnabled: false,
        securityEnabled: true,
      })),
    ),
  ];
  const signIns = join(place.folder, 'signins.ndjson');
  writeFileSync(signIns, names.map((name, at) => `${JSON.stringify(signIn(name, at))}\n`).join(''));
  await place.gsa(['init', '--empty', '--name', names[0] ?? '']);
  for (const file of files) await place.gsa(['import', file, '--keep-going']);
  return { ...place, signIns };
}

function signIn(name: string, at: number): object {
  return {
    id: id('d', at),
    createdDateTime: '2026-01-01T00:00:00Z',
    userDisplayName: name,
    userPrincipalName: name,
    userId: id('a', at),
    appDisplayName: name,
    appId: id('e', at),
    resourceDisplayName: name,
    resourceId: id('e', at),
    clientAppUsed: at % 2 === 0 ? 'Browser' : name,
    ipAddress: at % 5 === 0 ? name : `203.0.${at % 256}.9`,
    isInteractive: true,
    status: { errorCode: 53003, failureReason: name },
    deviceDetail: { operatingSystem: name, browser: name },
    location: { city: name, countryOrRegion: name },
    correlationId: name,
    userAgent: name,
  };
}
