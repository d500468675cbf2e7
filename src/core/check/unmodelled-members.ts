import { KNOWN_SESSION_CONTROLS } from '../conditional-access/grant/session-controls.ts';
import { MODELLED_MEMBERS } from '../graph/policy-rows.ts';
import { unmodelledMembers } from '../tenant/policy-words.ts';
import { valueAt } from '../values/value-at.ts';
import type { CheckedPolicy } from './checked-policy.ts';
import type { Severity } from './finding.ts';

/** A member of a policy that is set and that `gsa` cannot read. */
export interface UnmodelledMember {
  /** The JSON Pointer of the object that holds it. */
  readonly pointer: string;
  readonly name: string;
  readonly severity: Severity;
}

export function unmodelledOf(policy: CheckedPolicy): UnmodelledMember[] {
  return MODELLED.flatMap(({ pointer, severity, members }) => {
    const value = valueAt(policy.policy, pointer);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
    return unmodelledMembers(value, members).map((name) => ({ pointer, severity, name }));
  });
}

const MODELLED: readonly {
  readonly pointer: string;
  readonly severity: Severity;
  readonly members: ReadonlySet<string>;
}[] = [
  ...Object.entries(MODELLED_MEMBERS).map(([pointer, members]) => ({ pointer, severity: 'warning' as const, members })),
  { pointer: '/sessionControls', severity: 'note', members: KNOWN_SESSION_CONTROLS },
];
