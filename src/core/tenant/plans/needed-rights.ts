import type { Operation } from '../roles/roles.ts';
import type { Plan, SlotChange, Step } from './change.ts';

/** Rights that whoever applies a plan needs, each once, told by the slots that it changes. */
export function neededRights({ steps }: Plan): readonly Operation[] {
  return [...new Set(steps.flatMap((step) => step.changes.flatMap((change) => rightsFor(step, change))))];
}

function rightsFor({ activity: { operationType } }: Step, change: SlotChange): readonly Operation[] {
  if ('setting' in change) return rightsForSetting(change);
  switch (change.list) {
    case 'policies':
      return [operationType === 'Restore' ? 'policy.restore' : 'policy.write'];
    case 'deletedPolicies':
      return change.after === null && operationType === 'Restore' ? ['policy.restore'] : ['policy.write'];
    case 'namedLocations':
    case 'deletedNamedLocations':
      return ['namedLocation.write'];
    default:
      return ['tenant.write'];
  }
}

/** The signaling status has a right of its own; whether all locations or policies are known goes with them. */
function rightsForSetting(change: Extract<SlotChange, { readonly setting: string }>): readonly Operation[] {
  if (change.setting === 'namedLocationsKnown' || change.setting === 'policiesKnown') return [];
  return [change.setting === 'globalSecureAccess' ? 'signaling.write' : 'tenant.write'];
}
