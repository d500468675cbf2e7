import { describe, expect, test } from 'vitest';
import { sampleTenant } from '../../../../src/core/tenant/sample/sample.ts';
import { tenantProblems } from '../../../../src/store/tenant/shape.ts';

const sample = JSON.stringify(sampleTenant());

/** The sample tenant with the member at a JSON Pointer put to something else; `undefined` takes it away. */
function edited(pointer: string, value: unknown): unknown {
  const tenant = JSON.parse(sample);
  const steps = pointer.split('/').slice(1);
  const last = steps.pop() ?? '';
  const parent = steps.reduce((node, step) => node[step] ?? Object.assign(node, { [step]: {} })[step], tenant);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return tenant;
}

const problem = (pointer: string, value: unknown) =>
  tenantProblems(edited(pointer, value)).map(({ path, message }) => `${path} ${message}`);

const COUNTRY = JSON.parse(sample).namedLocations.findIndex((location: object) => 'countriesAndRegions' in location);
const NETWORK = JSON.parse(sample).namedLocations.findIndex((location: object) => 'ipRanges' in location);

describe('a tenant file that somebody edited', () => {
  test('is taken as gsa wrote it', () => {
    expect(tenantProblems(JSON.parse(sample))).toEqual([]);
  });

  test.each<[string, unknown, string]>([
    ['/policies/0/conditions', null, 'is missing'],
    ['/policies/0/conditions', undefined, 'is missing'],
    ['/policies/0/conditions', [], 'must be an object'],
    ['/policies/0/displayName', 5, 'must be a text'],
    ['/policies/0/state', undefined, 'must be a text'],
    ['/policies/0/conditions/users', 'All', 'must be an object'],
    ['/policies/0/conditions/users/includeUsers', 'All', 'must be a list of texts'],
    ['/policies/0/conditions/users/includeUsers', ['All', null], 'must be a list of texts'],
    ['/policies/0/conditions/locations', { excludeLocations: [{}] }, 'must be a list of texts'],
    ['/policies/0/conditions/authenticationFlows', { transferMethods: 3 }, 'must be a list of texts'],
    ['/policies/0/grantControls', { builtInControls: [5] }, 'must be a list of texts'],
    ['/policies/0/grantControls', { operator: ['OR'] }, 'must be a text'],
    [`/namedLocations/${NETWORK}/ipRanges`, null, 'is missing'],
    [`/namedLocations/${NETWORK}/ipRanges`, {}, 'must be a list'],
    [`/namedLocations/${NETWORK}/ipRanges/0`, '10.0.0.0/8', 'must be an object'],
    [`/namedLocations/${NETWORK}/ipRanges/0/cidrAddress`, 10, 'must be a text, or missing'],
    [`/namedLocations/${NETWORK}/@odata.type`, undefined, 'must be a text'],
    [`/namedLocations/${COUNTRY}/countriesAndRegions`, undefined, 'is missing'],
    ['/groups/0/members', [1], 'must be a list of texts'],
    ['/users/0/userPrincipalName', {}, 'must be a text'],
    ['/roleAssignments', {}, 'must be a list'],
    ['/roleAssignments/0', 'admin', 'must be an object'],
    ['/roleAssignments/0/principalId', undefined, 'must be a text'],
    ['/roleAssignments', null, 'must not be null; leave it out'],
    ['/mfaTrustedIps', 5, 'must be a list of texts'],
    ['/mfaTrustedIps', [5], 'must be a list of texts'],
    ['/mfaTrustedIps', null, 'must not be null; leave it out'],
    ['/entraIdPlan', 5, 'must be a text, or missing'],
    ['/applicationGroups', [null], 'must be an object'],
    ['/applicationGroups', { Office365: 'x' }, 'must be a list of texts'],
    ['/applicationGroups/Office365', null, 'must not be null; leave it out'],
    ['/globalSecureAccess/egressRanges', '128.94.0.0/19', 'must be a list of texts'],
    ['/globalSecureAccess/egressRanges', null, 'must not be null; leave it out'],
    ['/globalSecureAccess/forwardingProfiles', [null], 'must be an object'],
    ['/globalSecureAccess/forwardingProfiles', 5, 'must be a list'],
    ['/settings/defaultAdministrator', 5, 'must be a text, or missing'],
    [`/namedLocations/${NETWORK}/ipRanges/0/cidrAddress`, null, 'must be a text, or missing'],
    ['/settings', [], 'must be an object'],
    ['/settings/signInLogRetentionDays', '', 'must be a whole number above 0, or missing'],
    ['/settings/signInLogRetentionDays', 0, 'must be a whole number above 0, or missing'],
    ['/settings/signInLogRetentionDays', null, 'must be a whole number above 0, or missing'],
    ['/settings/signInLogRetentionDays', 1.5, 'must be a whole number above 0, or missing'],
    ['/settings/signInLogDelayMinutes', -1, 'must be a number, 0 or more'],
    ['/settings/signInLogDelayMinutes', '5', 'must be a number, 0 or more'],
  ])('is told that %s as %j is wrong', (pointer, value, message) => {
    expect(problem(pointer, value)[0]).toMatch(new RegExp(`^/tenant${pointer}(?:/\\w+)? ${message}$`));
  });

  test.each<[string, unknown]>([
    ['/policies/0/conditions/users/includeUsers', null],
    ['/policies/0/conditions/users', undefined],
    ['/policies/0/conditions/insiderRiskLevels', 'moderate,elevated'],
    ['/policies/0/conditions/insiderRiskLevels', ['elevated']],
    ['/policies/0/conditions/somethingNew', 5],
    ['/policies/0/grantControls', null],
    ['/policies/0/state', 'paused'],
    ['/policies/0/createdDateTime', null],
    ['/namedLocations/0/isTrusted', null],
    ['/settings/signInLogRetentionDays', 30],
    ['/settings/signInLogDelayMinutes', 0],
    ['/roleAssignments', undefined],
  ])('may have %s as %j', (pointer, value) => {
    expect(problem(pointer, value)).toEqual([]);
  });
});
