import type { ChangeClass } from '../core/conditional-access/outcome/change.ts';
import type { AddressClasses } from '../core/fact-keys/address-classes.ts';
import type { Dimension, SignInKind } from '../core/impact/groups.ts';
import type { DayOrder } from '../intake/sign-ins/facts/day-order.ts';
import type { GroupName } from './fact-columns.ts';

/** One combination of values of a group, under the name that the engine gives it. */
export interface Tuple {
  readonly name: string;
  /** In the order of the group's columns; `null`: the sign-in has none. */
  readonly values: readonly (string | null)[];
}

/** For each group the class of every tuple, by its name. */
export type ClassTables = Readonly<Record<GroupName, ReadonlyMap<string, number>>>;

/** What tells the keys of one run apart, besides the classes of groups. */
export interface KeyPlan {
  readonly classes: ClassTables;
  readonly addresses: AddressClasses;
  /** Instants at which a policy or a location changed while these sign-ins happened, in milliseconds, ascending. */
  readonly changes: readonly number[];
}

/** One real sign-in of those that are counted together, the least by its id. */
export interface Witness {
  readonly id: string;
  readonly createdDateTime: string;
  /** In the order of the address columns. */
  readonly addresses: readonly string[];
  /** Of each group its tuple, by name. */
  readonly tuples: Readonly<Record<GroupName, string>>;
}

/** Sign-ins that no policy can tell apart. */
export interface KeyRow {
  readonly key: string;
  readonly signIns: number;
  readonly witness: Witness;
}

/** Every key once, in the order of the witnesses' ids. */
export interface Keys {
  readonly count: number;
  readonly rows: AsyncIterable<KeyRow>;
}

/** What became of a key, as numbers and texts that an engine can group by. */
export interface Verdict {
  readonly key: string;
  /** How many sign-ins the key has. */
  readonly signIns: number;
  readonly class: ChangeClass;
  readonly kind: SignInKind;
  /** Let in before, or only asked, and stopped whatever the missing facts are. */
  readonly isStopped: boolean;
  /** Where the user is; `undefined`: in no named location, so that the country of each sign-in tells. */
  readonly location: string | undefined;
  readonly policies: readonly { readonly id: string; readonly stops: boolean }[];
}

/** Who stands behind the tuples: those of one number are one person, one application, or one country. */
export interface Members {
  readonly person: ReadonlyMap<string, number>;
  readonly application: ReadonlyMap<string, number>;
  readonly country: ReadonlyMap<string, number>;
  /** Of the tuples of `people` that say anything; the numbers are those of `person`. */
  readonly people: ReadonlyMap<string, People>;
  /** The person of whom sign-ins of several people are, where impact groups by people. */
  readonly several: number;
}

/** Whom a record stands for. */
export interface People {
  /** Who is counted in place of the person; `undefined`: the person. */
  readonly named: readonly number[] | undefined;
  /** The sign-ins are those of the person: always, never, or where it is that one; of several people otherwise. */
  readonly ofPerson: 'always' | 'never' | number;
}

/** Sign-ins of one class that have something in common; `all`: that they are of the class. */
export interface GroupRow {
  readonly by: Dimension | 'all';
  readonly class: ChangeClass;
  /** The policy, where they are grouped by it. */
  readonly policy: string | undefined;
  readonly signIns: Readonly<Record<SignInKind, number>>;
  readonly users: number;
  readonly stopped: number;
  /** The least; where some are stopped, the least of those. */
  readonly witness: Witness;
}

/** Everybody who is judged, and everybody who is certainly stopped. */
export interface PeopleCounts {
  readonly judged: number;
  readonly stopped: number;
}

export interface Totals {
  /** Of all rows, by the number that each stands for (`signInCount`). */
  readonly signIns: number;
  /** Those of rows whose id another row has as well. */
  readonly repeated: number;
  /** Ids whose rows say different things of the sign-in, counted but for the first each. */
  readonly contradicting: number;
  /** The least and the greatest time as text, where there is any. */
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** What the policies that are compared look at, so that nothing else is in the keys. */
export interface Needs {
  /** Any policy has a device filter, which may name the device. */
  readonly deviceIds: boolean;
}

/** Where sign-ins lie and are counted. Every answer is whole, or an error: never a smaller one. */
export interface FactEngine {
  /** In which a time without a zone is. */
  readonly zone: 'stated' | 'utc';
  /** Of day and month in dates with slashes, which are read where times need no zone. */
  readonly order: DayOrder;
  totals(needs: Needs): Promise<Totals>;
  tuples(group: GroupName): Promise<readonly Tuple[]>;
  /** Nothing else may be asked before its last row was taken. */
  keys(plan: KeyPlan): Promise<Keys>;
  /** After {@link FactEngine.keys}: what impact groups by, of the keys with a verdict. */
  groups(verdicts: readonly Verdict[], members: Members): Promise<readonly GroupRow[]>;
  people(verdicts: readonly Verdict[], members: Members): Promise<PeopleCounts>;
  close(): Promise<void>;
}
