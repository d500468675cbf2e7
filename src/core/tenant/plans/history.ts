import { MARKS_OF_LISTS } from '../knowledge.ts';
import type { Operation } from '../roles/roles.ts';
import type { Tenant } from '../tenant.ts';
import type { ListName, Plan, SlotChange } from './change.ts';
import { conflictsOf, invert } from './edit.ts';
import { objectChanges, targetsOf } from './object-changes.ts';
import { slotOf } from './slots.ts';

/** What the audit journal tells of one step; the store's entries have this shape. */
export interface JournalledStep {
  readonly activityDateTime: string;
  readonly activityDisplayName: string;
  readonly initiatedBy: { readonly user: { readonly userPrincipalName: string } };
  readonly targetResources: readonly { readonly id: string; readonly displayName: string; readonly type: string }[];
  readonly gsa: {
    readonly transactionId: string;
    readonly command: string;
    readonly serialBefore: number;
    readonly serialAfter: number;
    readonly changes: readonly SlotChange[];
  };
}

/** One write of the tenant file: every step of it, and whether it was taken back. */
export interface Transaction {
  readonly transactionId: string;
  readonly dateTime: string;
  readonly actor: string;
  readonly command: string;
  readonly serialBefore: number;
  readonly serialAfter: number;
  readonly activities: readonly string[];
  readonly targets: readonly string[];
  readonly changes: readonly SlotChange[];
  /** The transaction that this one took back. */
  readonly undoes: string | undefined;
  /** True when a later transaction took this one back. */
  readonly undone: boolean;
}

/** Type of the audit target that names the transaction taken back. */
const TRANSACTION = 'Transaction';

/** The journal's entries by transaction, oldest first. */
export function transactionsOf(steps: readonly JournalledStep[]): readonly Transaction[] {
  const groups = new Map<string, JournalledStep[]>();
  for (const step of steps) {
    const group = groups.get(step.gsa.transactionId);
    if (group === undefined) groups.set(step.gsa.transactionId, [step]);
    else group.push(step);
  }
  const undoneIds = new Set(steps.flatMap((step) => undoneBy(step) ?? []));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { transactionId, command, serialBefore, serialAfter } = first.gsa;
    return {
      transactionId,
      dateTime: first.activityDateTime,
      actor: first.initiatedBy.user.userPrincipalName,
      command,
      serialBefore,
      serialAfter,
      activities: [...new Set(group.map(({ activityDisplayName }) => activityDisplayName))],
      targets: group.flatMap(({ targetResources }) => objectsIn(targetResources).map(({ displayName }) => displayName)),
      changes: group.flatMap(({ gsa }) => gsa.changes),
      undoes: undoneBy(first),
      undone: undoneIds.has(transactionId),
    };
  });
}

/** What was changed, without the transaction that an undo names beside it, unless that is all that it names. */
export function objectsIn<T extends { readonly type: string }>(targets: readonly T[]): readonly T[] {
  const objects = targets.filter(({ type }) => type !== TRANSACTION);
  return objects.length === 0 ? targets : objects;
}

function undoneBy({ targetResources }: JournalledStep): string | undefined {
  return targetResources.find(({ type }) => type === TRANSACTION)?.id;
}

/** The last change that can be taken back: not the creation or a restored backup, not an undo, not one taken back already. */
export function lastUndoable(transactions: readonly Transaction[]): Transaction | undefined {
  return transactions.findLast(isUndoable);
}

export function isUndoable({ changes, undoes, undone }: Transaction): boolean {
  return changes.length > 0 && undoes === undefined && !undone;
}

/** What stands in the way of taking a transaction back: things that are no longer as it left them. */
export interface UndoConflict {
  /** Names of the objects and settings that are otherwise by now. */
  readonly names: readonly string[];
  /** The last write behind it that changed one of them; absent when no write did: somebody edited the file. */
  readonly later: Transaction | undefined;
}

/**
 * Undefined when nothing later would be lost: neither a later value, nor the word of a later write that a list is all of them, which
 * was said with what this one brought. `transactions` are all of the journal, oldest first.
 */
export function undoConflict(
  tenant: Tenant,
  transaction: Transaction,
  transactions: readonly Transaction[],
): UndoConflict | undefined {
  const inverse = invert(transaction.changes);
  const since = transactions
    .slice(transactions.findIndex(({ transactionId }) => transactionId === transaction.transactionId) + 1)
    .filter(({ undone, undoes }) => !undone && undoes === undefined);
  const marks = saidSince(tenant, inverse, since);
  const slots = new Set([...conflictsOf(tenant, inverse).map(({ slot }) => slot), ...marks.map(slotOf)]);
  if (slots.size === 0) return undefined;
  const lost = [...transaction.changes.filter((change) => slots.has(slotOf(change))), ...marks];
  const later = since
    // A write without changes put a whole tenant in place: it may have changed anything.
    .findLast(({ changes }) => changes.length === 0 || changes.some((change) => slots.has(slotOf(change))));
  return { names: [...new Set(objectChanges(lost).map(({ displayName }) => displayName))].sort(), later };
}

/** The marks by which a list is all that there is, where a later write set them and these changes take something out of the list. */
function saidSince(tenant: Tenant, changes: readonly SlotChange[], since: readonly Transaction[]): SlotChange[] {
  const taken = new Set(changes.flatMap((change) => ('list' in change && change.after === null ? [change.list] : [])));
  const said = since.flatMap((later) => later.changes);
  return Object.entries(MARKS_OF_LISTS).flatMap(([list, mark]) => {
    if (tenant[mark] !== true || ![...taken].some((each) => each === list)) return [];
    const last = said.findLast((change) => 'setting' in change && change.setting === mark);
    return last === undefined ? [] : [last];
  });
}

/** Takes a transaction back, whatever came later: see {@link undoConflict}. */
export function planUndo(transaction: Transaction): Plan {
  const changes = invert(transaction.changes);
  return {
    steps: [
      {
        activity: {
          activityDisplayName: 'Undo change',
          category: 'Policy',
          loggedByService: 'gsa',
          operationType: 'Restore',
          targetResources: [
            {
              id: transaction.transactionId,
              displayName: [...new Set(transaction.activities)].join(', '),
              type: TRANSACTION,
            },
            ...targetsOf(changes),
          ],
        },
        changes,
      },
    ],
  };
}

/** The rights that a person needs to make these changes by hand, and so to take them back. */
export function operationsOf(changes: readonly SlotChange[]): readonly Operation[] {
  return [...new Set(changes.map(operationOf))].sort();
}

function operationOfSetting(setting: Extract<SlotChange, { setting: unknown }>['setting']): Operation {
  if (setting === 'globalSecureAccess') return 'signaling.write';
  if (setting === 'policiesKnown') return 'policy.write';
  return setting === 'namedLocationsKnown' ? 'namedLocation.write' : 'tenant.write';
}

function operationOf(change: SlotChange): Operation {
  return 'setting' in change ? operationOfSetting(change.setting) : operationOfList(change.list);
}

/** The right to change what stands in a list of the tenant. */
export function operationOfList(list: ListName): Operation {
  switch (list) {
    case 'policies':
    case 'deletedPolicies':
      return 'policy.write';
    case 'namedLocations':
    case 'deletedNamedLocations':
      return 'namedLocation.write';
    default:
      return 'tenant.write';
  }
}
