import { createHash } from 'node:crypto';
import type { JsonObject, Plan, SlotChange, Step } from '../../core/tenant/plans/change.ts';
import { isObject } from '../../core/values/is-object.ts';
import type { AuditEntry, LogAnchor, Signature } from '../types.ts';
import { chained } from './chain.ts';

/** The end of the journal that new entries join. */
export interface Joint {
  /** Hash of the entry before them; 64 zeros at the very beginning. */
  readonly previousHash: string;
  /** Time of the entry before them, to notice a clock that went back. */
  readonly previousTime: string | undefined;
  /** As Microsoft Entra saw whoever acted, before the write; `null`: not known. */
  readonly actorAddress: string | null;
  readonly serialBefore: number;
  readonly serialAfter: number;
  /** Hash of the tenant that the write leaves. */
  readonly tenantHash: string;
  /** How far the sign-in log has come; absent where there is none. */
  readonly signInLog?: LogAnchor | undefined;
  /** The serial since which the tenant file was edited by hand; absent when it was not, or nothing tells. */
  readonly editedSince?: number | undefined;
  /** What was done to the journal or the file between two writes, as key and value. */
  readonly evidence?: readonly { readonly key: string; readonly value: string }[];
}

type ModifiedProperty = AuditEntry['targetResources'][number]['modifiedProperties'][number];

/** Values longer than this many characters are in `gsa.changes` only; here they are named by length and SHA-256. */
const LONGEST_VALUE = 8192;

/** The audit entries of one transaction, one for each step, chained to each other and to what was there before. */
export function auditEntries(plan: Plan, signature: Signature, joint: Joint): readonly AuditEntry[] {
  const entries: AuditEntry[] = [];
  let { previousHash } = joint;
  for (const [index, step] of plan.steps.entries()) {
    const entry = chained(draft(plan, step, index, signature, joint), previousHash);
    entries.push(entry);
    previousHash = entry.gsa.hash;
  }
  return entries;
}

function draft(plan: Plan, step: Step, index: number, signature: Signature, joint: Joint): AuditEntry {
  const { dateTime, actor, role, transactionId, command } = signature;
  const { activityDisplayName, category, loggedByService, operationType } = step.activity;
  const isLast = index === plan.steps.length - 1;
  const wentBack = joint.previousTime !== undefined && Date.parse(joint.previousTime) > Date.parse(dateTime);
  return {
    id: `${transactionId}_${index + 1}`,
    activityDateTime: dateTime,
    activityDisplayName,
    category,
    correlationId: transactionId,
    initiatedBy: { user: { userPrincipalName: actor, ipAddress: joint.actorAddress } },
    loggedByService,
    operationType,
    result: 'success',
    targetResources: targetResources(step),
    additionalDetails: [
      ...(wentBack ? [{ key: 'clockWentBackFrom', value: joint.previousTime ?? '' }] : []),
      ...(joint.editedSince === undefined
        ? []
        : [{ key: 'tenantFileEditedByHandSince', value: `serial ${joint.editedSince}` }]),
      ...(joint.evidence ?? []),
    ],
    gsa: {
      transactionId,
      role,
      command,
      serialBefore: joint.serialBefore,
      serialAfter: joint.serialAfter,
      changes: step.changes,
      ...(isLast ? { tenantHash: joint.tenantHash } : {}),
      ...(isLast && joint.signInLog !== undefined ? { signInLog: joint.signInLog } : {}),
      previousHash: '',
      hash: '',
    },
  };
}

/** The targets of a step with their changes: each change goes to the target of its id, one that no target claims to the first. */
function targetResources(step: Step): AuditEntry['targetResources'] {
  const { targetResources: targets } = step.activity;
  const claimed = new Map(targets.map(({ id }): [string, SlotChange[]] => [id, []]));
  const first: SlotChange[] = [];
  for (const change of step.changes) {
    const ofTarget = 'list' in change ? claimed.get(change.id) : undefined;
    ofTarget?.push(change);
    if (ofTarget === undefined || ('list' in change && change.id === targets[0]?.id)) first.push(change);
  }
  return targets.map((target, index) => ({
    ...target,
    modifiedProperties: (index === 0 ? first : (claimed.get(target.id) ?? [])).flatMap((change) =>
      modifiedProperties(change, target.id),
    ),
  }));
}

function modifiedProperties(change: SlotChange, targetId: string): readonly ModifiedProperty[] {
  if ('setting' in change) return differences(change.setting, change.before, change.after);
  const name = change.id === targetId ? '' : `${change.list}/${change.id}`;
  return differences(name, change.before, change.after, change.list);
}

/** Two objects differ by members; everything else is one value in place of another. */
function differences(name: string, before: unknown, after: unknown, whole = name): readonly ModifiedProperty[] {
  if (!isObject(before) || !isObject(after)) {
    return [{ displayName: name || whole, oldValue: valueText(before), newValue: valueText(after) }];
  }
  const members = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return members.flatMap((member) => {
    const oldValue = valueText(own(before, member));
    const newValue = valueText(own(after, member));
    if (oldValue === newValue) return [];
    return [{ displayName: name === '' ? member : `${name}.${member}`, oldValue, newValue }];
  });
}

const own = (object: JsonObject, member: string): unknown =>
  Object.hasOwn(object, member) ? object[member] : undefined;

function valueText(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  const text = JSON.stringify(value);
  if (text.length <= LONGEST_VALUE) return text;
  const sha256 = createHash('sha256').update(text).digest('hex');
  return JSON.stringify({ omitted: { characters: text.length, sha256 } });
}
