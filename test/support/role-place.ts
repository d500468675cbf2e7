import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Workplace } from './in-process.ts';
import { addActors } from './role-table.ts';

const SIGN_IN = {
  id: '5b3e1f9a-0000-4000-8000-000000000001',
  createdDateTime: '2026-01-15T08:00:00Z',
  userPrincipalName: 'joni.sherman@contoso.com',
  appId: '00000003-0000-0000-c000-000000000000',
  ipAddress: '203.0.113.7',
  clientAppUsed: 'Browser',
  status: { errorCode: 0 },
};
const TRAFFIC = {
  createdDateTime: '2026-01-15T08:00:00Z',
  trafficType: 'microsoft365',
  userPrincipalName: 'joni.sherman@contoso.com',
  sourceIp: '203.0.113.9',
  deviceCategory: 'client',
};
const COUNTRY = { '@odata.type': '#microsoft.graph.countryNamedLocation', id: '9', displayName: 'N' };
const USER = { '@odata.type': '#microsoft.graph.user', id: '8', displayName: 'U', userPrincipalName: 'u@contoso.com' };
const SUITE = 'suite: S\ntests:\n  - name: lists\n    command: [tenant, show]\n    expect: { exit: 0 }\n';

/** A tenant in which every command of the table of roles has something to do, and the words by which it is named. */
export async function rolePlace(place: Workplace): Promise<(words: string) => readonly string[]> {
  const write = (name: string, text: string) => writeFileSync(join(place.folder, name), text);
  const done = async (...words: readonly string[]) => {
    const { exitCode, stderr } = await place.gsa(words);
    if (exitCode !== 0) throw new Error(`gsa ${words.join(' ')}: ${stderr}`);
  };
  await done('init');
  addActors(place);
  await done('location', 'add', 'Spare', '198.51.101.0/24');
  await done('location', 'add', 'Gone', '198.51.102.0/24');
  await done('location', 'remove', 'Gone', '--yes');
  await done('export', 'exported');
  write('signins.ndjson', `${JSON.stringify(SIGN_IN)}\n`);
  write('traffic.ndjson', `${JSON.stringify(TRAFFIC)}\n`);
  await done('replay', 'signins.ndjson');
  await done('impact', '--all', '--of', 'signaling=disabled', '--certificate', 'certificate.json');
  const { lineage, serial, tenant } = JSON.parse(place.bytes());
  const [policy] = tenant.policies;
  const others = { displayName: 'New', state: 'disabled', id: '5b3e1f9a-0000-4000-8000-00000000000f' };
  write('policies.json', JSON.stringify({ value: [{ ...policy, ...others }] }));
  write('locations.json', JSON.stringify({ value: [{ ...COUNTRY, countriesAndRegions: ['NO'] }] }));
  write('users.json', JSON.stringify({ value: [USER] }));
  write('settings.json', '{"signalingStatus":"disabled"}');
  write('suite.gsatest.yaml', SUITE);
  await done('policy', 'delete', 'CA011', '--yes');
  await done('policy', 'set-state', 'CA002', 'report-only');
  write('plan.json', JSON.stringify(planOf(lineage, serial + 2, policy)));
  const meant: { readonly [word: string]: string } = {
    OTHER: join(place.folder, 'other.json'),
    EXPORT: 'exported',
    FOLDER: 'exported-again',
    CERTIFICATE: 'certificate.json',
    PLAN: 'plan.json',
    APP: 'Office 365 Exchange Online',
    ROLE: 'Security Reader',
    'SIGN-IN': SIGN_IN.id,
  };
  return (words) => words.split(' ').map((word) => meant[word] ?? word);
}

function planOf(lineage: string, serial: number, policy: { readonly id: string; readonly displayName: string }) {
  const { id, displayName } = policy;
  const activity = {
    activityDisplayName: 'Update conditional access policy',
    category: 'Policy',
    loggedByService: 'Conditional Access',
    operationType: 'Update',
    targetResources: [{ id, displayName, type: 'Policy' }],
  };
  const change = { list: 'policies', id, before: policy, after: { ...policy, state: 'disabled' } };
  const made = { madeAt: '2026-01-15T09:00:00Z', madeBy: 'megan.bowen@contoso.com' };
  return { schemaVersion: 1, kind: 'gsa.plan', lineage, serial, ...made, steps: [{ activity, changes: [change] }] };
}
