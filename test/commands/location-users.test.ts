import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { COMPLIANT_NETWORK_LOCATION_ID } from '../../src/core/graph/location-words.ts';
import { workplace } from '../support/in-process.ts';

test('signaling status and location show name the same policies, also by another case and by AllTrusted', async () => {
  const place = workplace();
  await place.gsa('init --empty');
  const policy = (at: number, displayName: string, includeLocations: readonly string[]) => ({
    '@odata.type': '#microsoft.graph.conditionalAccessPolicy',
    id: `20000000-0000-4000-8000-00000000000${at}`,
    displayName,
    state: 'enabled',
    conditions: {
      users: { includeUsers: ['All'] },
      applications: { includeApplications: ['All'] },
      clientAppTypes: ['all'],
      locations: { includeLocations },
    },
    grantControls: { operator: 'OR', builtInControls: ['block'] },
  });
  const location = {
    '@odata.type': '#microsoft.graph.compliantNetworkNamedLocation',
    id: COMPLIANT_NETWORK_LOCATION_ID,
    displayName: 'All Compliant Network locations',
    isTrusted: true,
  };
  const exports = {
    'policies.json': [
      policy(1, 'By its id', [COMPLIANT_NETWORK_LOCATION_ID]),
      policy(2, 'By its id in capitals', [COMPLIANT_NETWORK_LOCATION_ID.toUpperCase()]),
      policy(3, 'By being trusted', ['AllTrusted']),
      policy(4, 'Anywhere', ['All']),
    ],
    'locations.json': [location],
  };
  for (const [name, value] of Object.entries(exports)) {
    const file = join(place.folder, name);
    writeFileSync(file, JSON.stringify({ value }));
    const run = await place.gsa(['import', file, '--merge', '--yes']);
    expect(run, run.stderr).toMatchObject({ exitCode: 0 });
  }
  const shown = (
    await place.gsa(['location', 'show', location.displayName, '-o', 'json', '--query', 'summary.policies'])
  ).json();
  const status = await place.gsa('signaling status -o json --query compliantNetworkLocation.policies');
  expect(status.json()).toEqual(['By being trusted', 'By its id', 'By its id in capitals']);
  expect(shown).toEqual(status.json());
});
