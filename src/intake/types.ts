import type { FoundRecord } from '../core/conditional-access/record/found-sign-in.ts';
import type { SignIn } from '../core/conditional-access/record/sign-in.ts';
import type { Weight } from '../core/conditional-access/record/weight.ts';
import type { Grouped } from '../core/impact/groups.ts';
import type { Compared } from '../core/impact/to-compare.ts';
import type { SignInAttempt } from '../core/signaling/attempt.ts';
import type { NumberedAttempt } from '../core/signaling/numbered-attempt.ts';
import type { Group, RoleAssignment, RoleDefinition, ServicePrincipal, User } from '../core/tenant/directory.ts';
import type { KnowableList } from '../core/tenant/knowledge.ts';
import type { NamedLocation } from '../core/tenant/named-location.ts';
import type { ConditionalAccessPolicy } from '../core/tenant/policy.ts';
import type { ForwardingProfile, SignalingSettings } from '../core/tenant/tenant.ts';
import type { IdBits } from '../core/values/id-bits.ts';
import type { SignInFormat } from './sign-ins/draft-of.ts';
import type { SignInMark } from './sign-ins/marks.ts';

/** A place in the user's files. Line and column count from 1. */
export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  /** JSON Pointer (RFC 6901) inside the file. */
  readonly pointer?: string;
}

export interface Problem {
  readonly severity: 'error' | 'warning' | 'note';
  /** Stable and short, such as `invalidJson`, `unknownMember`, `danglingLocation`, `hostBits`, `placeholder`. */
  readonly code: string;
  readonly message: string;
  readonly place: Place;
  /** How many of this kind it stands for, which are not listed; left out: it is itself alone. */
  readonly count?: number;
}

/** What a run of `gsa import` found: items with their places, and everything that was not taken with the reason. */
export interface ImportedFiles {
  readonly policies: readonly Located<ConditionalAccessPolicy>[];
  readonly namedLocations: readonly Located<NamedLocation>[];
  readonly users: readonly Located<User>[];
  readonly groups: readonly Located<Group>[];
  readonly roleAssignments: readonly Located<RoleAssignment>[];
  readonly roleDefinitions: readonly Located<RoleDefinition>[];
  readonly servicePrincipals: readonly Located<ServicePrincipal>[];
  readonly settings: readonly Located<ImportedSetting>[];
  /** Lists that the files have and that hold nothing. */
  readonly emptyLists: readonly KnowableList[];
  /** Lists of which the files have pages, and not the last. */
  readonly cutLists: readonly KnowableList[];
  /** Those of them that are cut for nothing but that each object stands alone in its file. */
  readonly aloneLists: readonly KnowableList[];
  /** Whether an export of ours says that the tenant has no other groups. */
  readonly areAllGroups: boolean;
  readonly files: readonly FileReport[];
  readonly problems: readonly Problem[];
}

export interface Located<T> {
  readonly value: T;
  readonly place: Place;
}

export type ImportedSetting =
  | { readonly setting: 'conditionalAccess'; readonly value: SignalingSettings }
  | { readonly setting: 'onboardingStatus'; readonly value: string }
  | { readonly setting: 'securityDefaults'; readonly value: boolean }
  | { readonly setting: 'forwardingProfiles'; readonly value: readonly ForwardingProfile[] }
  | { readonly setting: 'mfaTrustedIps'; readonly value: readonly string[] };

/** One file of the run: what it was taken for and how many items came of it. */
export interface FileReport {
  readonly file: string;
  /** The kind of file, such as `policies`, `namedLocations`, `notAnExport` (with the reason in `problems`). */
  readonly kind: string;
  readonly taken: number;
}

/**
 * One usable sign-in: the record in Graph's names with every member kept, and what it says. It is good until the next sign-ins are
 * read: members may be made when they are asked for, of bytes and numbers that are those of others then. Who keeps it longer copies
 * what is needed of it before.
 */
export interface ReadSignIn {
  readonly id: string;
  readonly createdDateTime: string;
  /** When it was, in milliseconds; absent: ask `createdDateTime`. */
  readonly time?: number;
  /** Bits of the id, where they were found with it; absent: ask the id. */
  readonly idBits?: IdBits;
  /** Made when it is first asked for, where the sign-in can be judged without it. */
  readonly record: SignIn;
  /** What of the record is counted, where that is read without it; absent: ask the record. */
  readonly told?: ToldSignIn;
  /** What of the record a log finds it by, where that is read without it; absent: ask the record. */
  readonly found?: FoundRecord;
  /** The JSON text that the record is made of (`recordOf`); absent: it was made of something else. */
  readonly bytes?: Uint8Array;
  readonly attempt: SignInAttempt;
  /** The attempt by the numbers of its parts; absent: it has none. */
  readonly numbered?: NumberedAttempt | undefined;
  readonly format: SignInFormat;
  readonly marks: readonly SignInMark[];
  /** What the record stands for; absent: one sign-in of whoever it names. */
  readonly weight?: Weight;
  /** Another record of the same id said something else of the sign-in. */
  readonly isContradicted?: true;
  readonly place: Place;
}

/** Members of a record that are counted and compared. */
export type ToldSignIn = Compared & Grouped;

/** One record that could not be used. */
export interface SkippedSignIn {
  /** Stable and short: `notASignIn`, `invalidJson`, `noTime`, … */
  readonly reason: string;
  readonly message: string;
  readonly place: Place;
  /** The number of sign-ins that it stood for; absent: one. */
  readonly signIns?: number;
}

/** A sign-in, or what stands in its place. */
export type SignInItem = { readonly signIn: ReadSignIn } | { readonly skipped: SkippedSignIn };

/** A stream of sign-ins in the order of the files; skipped ones in between, each counted by the caller. */
export type SignInStream = AsyncIterable<SignInItem>;
