import type { PolicyDependency } from '../core/dependencies/dependency.ts';
import type { AuditJournal, Signature, SignInLog } from '../store/types.ts';
import type { TenantState } from './tenant-state.ts';

/** What requests are answered from, and by which rules. */
export interface World {
  readonly state: TenantState;
  readonly journal: () => AuditJournal;
  readonly signIns: () => Promise<SignInLog>;
  /** RFC 3339 in UTC. */
  readonly now: () => string;
  readonly newId: () => string;
  readonly sign: (actor: string, role: string) => Signature;
  /** Refuses every change. */
  readonly readOnly: boolean;
  /** Whether a switch of signaling is refused while policies newly stop people. */
  readonly guarded: boolean;
  /** Called with the dependents of every switch that was refused. */
  readonly onRefused: (dependents: readonly PolicyDependency[]) => void;
  /** Called for every request that was denied for lack of a right: who sent it, what it asked, and why not. */
  readonly onDenied: (denied: { readonly by: string; readonly request: string; readonly why: string }) => Promise<void>;
}
