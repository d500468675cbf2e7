import type { FactName } from '../graph/sign-in-facts.ts';
import type { Satisfied, SignInAttempt } from '../signaling/attempt.ts';
import type { SignalingStatus } from '../tenant/tenant.ts';

/**
 * A test file as its author wrote it (design: gsatest): names are still text, and members that were left out are absent. The
 * reader in intake/gsatest makes it and knows the places; scene.ts turns names into what the tenant has.
 */
export interface Suite {
  readonly suite: string;
  readonly fixtures: Fixtures;
  readonly defaults: Defaults;
  /** RFC 3339: the clock of the file. */
  readonly now: string | undefined;
  readonly tests: readonly Test[];
}

export interface Fixtures {
  readonly addresses: Readonly<Record<string, AddressFixture>>;
  readonly paths: Readonly<Record<string, PathFixture>>;
  /** Application ids by the name that the file gives them: for those that neither the tenant nor Microsoft names. */
  readonly applications: Readonly<Record<string, string>>;
}

export interface AddressFixture {
  readonly address: string;
  /** Two letters; `null`: the address maps to no country; absent: not known. */
  readonly country?: string | null | undefined;
}

export interface PathFixture {
  readonly via: Via;
  /** A fixture's name or an address: where Global Secure Access lets the traffic out. */
  readonly egress?: string | undefined;
  /** `disabled`: the client is paused, so the sign-in goes directly. */
  readonly client?: 'enabled' | 'disabled' | undefined;
  /** `foreign`: the tunnel of another tenant; `none`: the sign-in goes beside it. Left out: a member's is this tenant's own. */
  readonly tunnel?: 'own' | 'foreign' | 'none' | undefined;
}

export type Via = 'globalSecureAccess' | 'remoteNetwork' | 'direct';

/** What every test of the file says unless it says otherwise. */
export interface Defaults {
  readonly signaling?: SignalingStatus | undefined;
  readonly signIn?: SignInSpec | undefined;
}

/** Facts that need no tenant to be understood; the reader has already translated Graph's words. */
export type PlainFacts = Pick<
  SignInAttempt,
  FactName | 'device' | 'gpsCountryOrRegion' | 'insideCorporateNetwork' | 'canPerformMfa'
>;

export interface SignInSpec {
  readonly user?: string | undefined;
  readonly servicePrincipal?: string | undefined;
  /** `All` stands for an application that no policy names. */
  readonly app?: string | undefined;
  readonly userAction?: string | undefined;
  readonly authenticationContext?: string | undefined;
  readonly from?: string | undefined;
  readonly country?: string | null | undefined;
  readonly path?: string | undefined;
  readonly via?: Via | undefined;
  readonly externalUserType?: string | undefined;
  readonly homeTenantId?: string | undefined;
  /** A list is everything that the session proves; an object says what is known, and the rest is not. */
  readonly satisfied?: readonly string[] | Satisfied | undefined;
  readonly facts: PlainFacts;
}

export interface TestHead {
  readonly name: string;
  /** Position in `tests`, the beginning of every path into the file. */
  readonly at: number;
  readonly tags: readonly string[];
  readonly source: string | undefined;
  readonly skip: Skip | undefined;
  /** The reason why the test is known to fail. */
  readonly expectFailure: string | undefined;
}

export interface Skip {
  readonly reason: string;
  readonly owner: string;
  /** A day; it is still within. */
  readonly until: string;
}

export type Test = TestHead &
  (
    | {
        readonly kind: 'case';
        readonly signaling: SignalingStatus | undefined;
        readonly signIn: SignInSpec;
        readonly expect: Expectation;
      }
    | {
        readonly kind: 'matrix';
        readonly signaling: SignalingStatus | undefined;
        readonly signIn: SignInSpec;
        readonly dimensions: readonly Dimension[];
        readonly rows: readonly MatrixRow[];
      }
    | {
        readonly kind: 'invariant';
        readonly signIn: SignInSpec;
        readonly range: InvariantRange;
        readonly never: Expectation | undefined;
        readonly always: Expectation | undefined;
      }
    | ({ readonly kind: 'change' } & ChangeTest)
    | ({ readonly kind: 'all' } & AllTest)
    | {
        readonly kind: 'dependencies';
        readonly of: string;
        readonly equal: readonly string[] | undefined;
        readonly contains: readonly string[] | undefined;
        readonly excludes: readonly string[] | undefined;
      }
    | { readonly kind: 'command'; readonly command: readonly string[]; readonly expect: CommandExpectation }
  );

export type TestOf<Kind extends Test['kind']> = Extract<Test, { readonly kind: Kind }>;

/** One member that a matrix varies: its name, the words of the file, and what each means for the sign-in. */
export interface Dimension {
  readonly name: string;
  readonly values: readonly DimensionValue[];
}

export interface DimensionValue {
  readonly text: string;
  readonly signaling?: SignalingStatus | undefined;
  readonly signIn: Partial<SignInSpec>;
}

export interface MatrixRow {
  /** Words of each dimension that the row is for; a dimension that is left out: any. */
  readonly when: Readonly<Record<string, readonly string[]>>;
  readonly expect: Expectation;
}

export type Choice = 'any' | readonly string[];

export interface InvariantRange {
  readonly users: Choice | { readonly group: string } | { readonly role: string } | undefined;
  readonly apps: Choice | undefined;
  readonly addresses: Choice | undefined;
  readonly paths: Choice | undefined;
  readonly signaling: 'any' | readonly SignalingStatus[] | undefined;
}

/** How the tenant is to be changed. */
export interface TenantChange {
  readonly signaling?: SignalingStatus | undefined;
  /** New states of policies by name; `deleted` takes one away. */
  readonly policies?: Readonly<Record<string, string>> | undefined;
  /** Another tenant file or export folder, relative to the test file. */
  readonly tenant?: string | undefined;
}

/** A change and what it may do to every sign-in there could be. */
export interface AllTest {
  readonly change: TenantChange;
  /** A file or folder of an export whose objects are put into the tenant, relative to the test file. */
  readonly with: string | undefined;
  /** Classes of change, or `stopped`, `stricter`, `looser`, `changed`, of which there may be none. */
  readonly never: readonly string[];
  /** The changes that are intended; where given, everything else that changes is a finding. */
  readonly intended: readonly IntendedChange[] | undefined;
}

export interface IntendedChange {
  /** Name or id of the policy that decides; left out: any. */
  readonly policy: string | undefined;
  /** Classes; left out: any. */
  readonly changes: readonly string[] | undefined;
}

export interface ChangeTest {
  readonly change: TenantChange;
  readonly signIns: readonly string[];
  readonly where: {
    readonly group?: string | undefined;
    readonly user?: string | undefined;
    readonly app?: string | undefined;
  };
  /** Assumed for the addresses of Global Secure Access where no record tells their country. */
  readonly proxyCountry: string | undefined;
  /** The number of sign-ins that there may be of each class. */
  readonly expect: Readonly<Record<string, CountRange>>;
}

export interface CountRange {
  readonly least: number;
  readonly most: number;
}

export interface CommandExpectation {
  readonly exit: number;
  readonly tenant?: 'unchanged' | 'changed' | undefined;
  readonly stdout?: readonly string[] | undefined;
  readonly stderr?: readonly string[] | undefined;
}

export interface Expectation {
  /** Several: any of them. */
  readonly outcome?: readonly string[] | undefined;
  /** A fixture's name or an address. */
  readonly ipAddress?: string | undefined;
  readonly countryOrRegion?: string | null | undefined;
  readonly locations?: readonly string[] | undefined;
  readonly policies?: Readonly<Record<string, string>> | undefined;
  readonly because?: readonly string[] | undefined;
  readonly decidedBy?: readonly string[] | undefined;
  readonly controls?: readonly string[] | undefined;
  readonly sessionControls?: readonly string[] | undefined;
  readonly errorCode?: number | undefined;
  readonly conditionalAccessStatus?: string | undefined;
  readonly authenticationRequirement?: string | undefined;
  readonly isThroughGlobalSecureAccess?: boolean | undefined;
  readonly globalSecureAccessIpAddress?: string | undefined;
  readonly compliantNetwork?: boolean | undefined;
  readonly missing?: readonly string[] | undefined;
}

/** A path into the file: `['tests', 3, 'signIn', 'user']`. */
export type FilePath = readonly (string | number)[];

/** Something in the file that the tenant, or the file itself, does not bear out. */
export interface SuiteProblem {
  readonly path: FilePath;
  readonly message: string;
  /** What to write instead. */
  readonly hint: string | undefined;
}
