import type { Agreement } from '../../../core/impact/agreement.ts';
import type { Example, ExamplePolicy } from '../../../core/impact/example.ts';
import type { GroupCounts } from '../../../core/impact/grouped.ts';
import type { Dimension } from '../../../core/impact/groups.ts';
import type { ImpactCounts } from '../../../core/impact/tally.ts';
import type { SkippedRow } from '../skipped.ts';
import type { UnreachedRow } from '../unreached.ts';

/** What a change does to recorded sign-ins. `value` is the groups: a row for each class and thing grouped by. */
export type ImpactReport = Omit<ImpactCounts, 'groups'> & {
  /** The time of the question. */
  readonly createdDateTime: string;
  readonly before: ImpactSide;
  readonly after: ImpactSide;
  readonly source:
    | { readonly files: readonly string[] }
    | { readonly replayedUnder: string }
    | { readonly engine: string; readonly files?: readonly string[]; readonly table?: string; readonly keys: number };
  /** Assumed for every proxy whose country nothing tells; `null`: no assumption. */
  readonly proxyCountry: string | null;
  /** Whether any egress address may stand for a proxy's that is not known (all lie in the same named locations). */
  readonly standIn: 'used' | 'notPossible' | 'notNeeded';
  readonly proxiesNotKnown: number;
  /** Global Secure Access is offboarded, or every traffic profile is off: the switch changes nothing for anybody. */
  readonly isNobodyTunnelled: boolean;
  /** Which of the two it is, in words; `null`: neither. */
  readonly nobodyTunnelledBecause: string | null;
  /** Names of the policies with session controls that may begin to apply: what they do shows in no outcome. */
  readonly sessionsNotJudged: readonly string[];
  /** How far gsa agrees with what the records say of their own policies. */
  readonly agreement: Agreement;
  /** A share, 0 to 1. */
  readonly minimumAgreement: number;
  readonly read: number;
  readonly skipped: readonly SkippedRow[];
  /** No policy of this tenant was asked for them, so that nothing can change for them; by the reason. */
  readonly unreached: readonly UnreachedRow[];
  /** Records of a sign-in that came before, such as in two files; counted once. */
  readonly repeated: number;
  /** Records that say something else of a sign-in than one before: each is counted, and which is true is not known. */
  readonly contradicting: number;
  /** Classes that are shown; empty: all. */
  readonly only: readonly string[];
  readonly failOn: readonly string[];
  /** Those of `failOn` that have a sign-in. */
  readonly failed: readonly string[];
  /** The gate is not proven, because nobody has seen the policies of the tenant. */
  readonly lacksPolicies: boolean;
  /** A gate was asked for, and no sign-in was judged. */
  readonly judgesNothing: boolean;
  /** Gates that no sign-in is known to be of, and some could be: they fail too. */
  readonly notProven: readonly {
    readonly gate: string;
    readonly signIns: number;
    readonly unread: number;
    readonly contradicting: number;
  }[];
  /** A gate was asked for, and the records agree with less than the minimum: it fails. */
  readonly disagrees: boolean;
  /** `null`: by everything. */
  readonly groupBy: Dimension | null;
  /** The sign-ins of `--sign-in`. */
  readonly explained: readonly (Example & { readonly class: string; readonly allPolicies: readonly ExamplePolicy[] })[];
  readonly value: readonly ImpactRow[];
};

export interface ImpactSide {
  readonly tenant: string;
  /** `null`: the tenant that was asked; else the file of the other one. */
  readonly file: string | null;
  readonly signalingStatus: string;
}

/** A group with the command that shows its example. */
export interface ImpactRow extends GroupCounts {
  /** Of a policy of this tenant: where it stands in the tenant file. */
  readonly place?: { readonly file: string; readonly line: number | null; readonly column: number | null };
  readonly command: string;
}
