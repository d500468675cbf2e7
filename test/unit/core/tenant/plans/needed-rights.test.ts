import { describe, expect, test } from 'vitest';
import type { Activity, SlotChange } from '../../../../../src/core/tenant/plans/change.ts';
import { neededRights } from '../../../../../src/core/tenant/plans/needed-rights.ts';

const gone = { before: {}, after: null };
const come = { before: null, after: {} };
const of = (list: Extract<SlotChange, { list: string }>['list'], how: object = come) =>
  ({ list, id: 'x', ...how }) as SlotChange;
const setting = (name: string) => ({ setting: name, ...come }) as SlotChange;

function rights(operationType: Activity['operationType'], ...changes: readonly SlotChange[]) {
  const activity = { activityDisplayName: '', category: '', loggedByService: '', operationType, targetResources: [] };
  return neededRights({ steps: changes.map((change) => ({ activity, changes: [change] })) });
}

describe('whoever applies a plan needs', () => {
  test.each<[string, Activity['operationType'], readonly SlotChange[], readonly string[]]>([
    ['to write policies', 'Update', [of('policies')], ['policy.write']],
    ['to write policies for deleting them', 'Delete', [of('policies', gone), of('deletedPolicies')], ['policy.write']],
    ['to restore policies', 'Restore', [of('deletedPolicies', gone), of('policies')], ['policy.restore']],
    ['to restore policies for one that comes back', 'Restore', [of('policies')], ['policy.restore']],
    ['to write policies for taking a restored one back', 'Restore', [of('deletedPolicies', come)], ['policy.write']],
    ['to write policies for emptying the deleted ones', 'Delete', [of('deletedPolicies', gone)], ['policy.write']],
    ['to write locations', 'Add', [of('namedLocations'), of('deletedNamedLocations')], ['namedLocation.write']],
    ['to write the tenant for its people', 'Import', [of('users'), of('groups')], ['tenant.write']],
    ['to write signaling', 'Update', [setting('globalSecureAccess')], ['signaling.write']],
    ['to write the tenant for its settings', 'Update', [setting('settings')], ['tenant.write']],
    ['nothing more for what becomes known', 'Add', [setting('namedLocationsKnown'), setting('policiesKnown')], []],
    ['every right once', 'Update', [of('policies'), of('users'), of('policies')], ['policy.write', 'tenant.write']],
  ])('%s', (_, operationType, changes, expected) => {
    expect(rights(operationType, ...changes)).toEqual(expected);
  });
});
