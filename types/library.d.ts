declare const EFFECTS: readonly [
	"granted",
	"interrupted",
	"denied",
	"blocked"
];
type Effect = (typeof EFFECTS)[number];
type Outcome = Effect | "unknown";
type RecordedOutcome = "blocked" | "stopped" | "letIn";
declare const DISAGREEMENT_CAUSES: readonly [
	"unknownPolicy",
	"changedSince",
	"missingFact",
	"unexplained"
];
type DisagreementCause = (typeof DISAGREEMENT_CAUSES)[number];
interface Disagreement {
	readonly cause: DisagreementCause;
	readonly policyId: string;
	readonly displayName: string;
	/** `result` in the record. */
	readonly recorded: string;
	/** What gsa makes of it; `null` where the tenant lacks the policy. */
	readonly evaluated: string | null;
	readonly count: number;
	/** The first sign-in of the kind; `missing`: what its evaluation lacks. */
	readonly example: {
		readonly signInId: string;
		readonly createdDateTime: string;
		readonly missing: readonly string[];
	};
}
interface OutcomeDisagreement {
	/** `changedSince`: a policy that may be the reason changed after the record. */
	readonly cause: Extract<DisagreementCause, "changedSince" | "unexplained">;
	readonly recorded: RecordedOutcome;
	readonly evaluated: Outcome;
	readonly count: number;
	/** The first sign-in of the kind; `decidedBy`: the policies that decide here, by id. */
	readonly example: {
		readonly signInId: string;
		readonly createdDateTime: string;
		readonly decidedBy: readonly string[];
	};
}
interface OutcomeCounts {
	readonly compared: number;
	readonly agreed: number;
	/** Those that do not agree, and of which a policy that may be the reason changed since. */
	readonly changedSince: number;
}
interface OutcomeAgreement {
	readonly letIn: OutcomeCounts;
	/** By Conditional Access. */
	readonly stopped: OutcomeCounts;
	/** Sign-ins of which the outcome is not known here. */
	readonly open: number;
	/** Most frequent first. */
	readonly disagreements: readonly OutcomeDisagreement[];
}
interface Agreement {
	readonly signIns: {
		/** List at least one policy whose result can be compared. */
		readonly compared: number;
		/** Sign-ins of which every policy agrees. */
		readonly agreed: number;
		/** List none. */
		readonly silent: number;
	};
	readonly policies: {
		readonly compared: number;
		readonly agreed: number;
		/** Results that say nothing, such as `unknown`. */
		readonly incomparable: number;
	};
	/** Agreeing policies of those compared, 0 to 1; `null`: nothing to compare. */
	readonly share: number | null;
	readonly causes: {
		readonly [cause in DisagreementCause]: number;
	};
	/** Policies that the records speak of. */
	readonly policiesOfRecords: number;
	/** The policies among those that the tenant does not have, by name. */
	readonly unknownPolicies: readonly {
		readonly id: string;
		readonly displayName: string;
		readonly signIns: number;
	}[];
	/** Most frequent first. */
	readonly disagreements: readonly Disagreement[];
	/** What came of the sign-ins: also of those that list no policies, or none that explains it. */
	readonly outcomes: OutcomeAgreement;
}
declare const CHANGE_CLASSES: readonly [
	"newlyBlocked",
	"newlyDenied",
	"newlyPrompted",
	"newlyAllowed",
	"lessProtected",
	"unknown",
	"unchanged"
];
type ChangeClass = (typeof CHANGE_CLASSES)[number];
declare const DIMENSIONS: readonly [
	"policy",
	"user",
	"application",
	"location"
];
type Dimension = (typeof DIMENSIONS)[number];
interface Example {
	readonly signInId: string;
	readonly createdDateTime: string;
	readonly user: string;
	readonly application: string;
	readonly seenBefore: SeenByEntra;
	readonly seenAfter: SeenByEntra;
	readonly outcomeBefore: string;
	readonly outcomeAfter: string;
	readonly policies: readonly ExamplePolicy[];
	/** Unknown, and yet certain: was let in or only asked, and is stopped whatever the missing facts are; by the first policies. */
	readonly certainlyStopped: boolean;
	/** Facts that are missing; empty unless unknown. */
	readonly missing: readonly string[];
}
interface SeenByEntra {
	/** `null`: not known. A stand-in is never shown here. */
	readonly ipAddress: string | null;
	readonly whose: "source" | "proxy" | null;
	readonly countryOrRegion: string | null;
	/** Located by a stand-in for an address that is not known. */
	readonly isLocatedByStandIn: boolean;
}
interface ExamplePolicy {
	readonly id: string;
	readonly displayName: string;
	readonly resultBefore: string | null;
	readonly resultAfter: string | null;
	readonly whyBefore: string | null;
	readonly whyAfter: string | null;
}
interface Counts {
	readonly interactive: number;
	readonly nonInteractive: number;
	readonly workload: number;
	/** Distinct users, service principals and managed identities, of those that records name. */
	readonly users: number;
}
interface ClassCounts extends Counts {
	readonly class: ChangeClass;
}
interface GroupCounts extends ClassCounts {
	readonly by: Dimension;
	readonly id: string;
	readonly displayName: string;
	/** Sign-ins of class unknown of which so much is certain: let in before, and stopped; of a policy, those that it stops. */
	readonly certainlyStopped: number;
	/** The first; where some are certainly stopped, the first of those. */
	readonly example: Example;
}
interface ImpactCounts {
	readonly judged: Counts;
	/** A record stands for more people than it names: there are at least as many users as are counted, here and below. */
	readonly arePeopleUnnamed: boolean;
	/** Entra sees the same of them on both sides. */
	readonly untouched: number;
	readonly classes: readonly ClassCounts[];
	/** Unknown sign-ins that were let in before, or only asked, and are stopped whatever the missing facts are. */
	readonly certainlyStopped: Counts;
	/** The number of unknown sign-ins that could be of each class. */
	readonly couldBe: readonly {
		readonly class: ChangeClass;
		readonly signIns: number;
	}[];
	/** The outcomes before and after; where nothing changes, without hearing what the record says of policies. */
	readonly outcomes: readonly {
		readonly before: string;
		readonly after: string;
		readonly signIns: number;
	}[];
	readonly missing: readonly {
		readonly fact: string;
		readonly signIns: number;
	}[];
	readonly groups: readonly GroupCounts[];
}
interface SkippedRow {
	readonly reason: string;
	readonly count: number;
	readonly examples: readonly string[];
}
interface UnreachedRow {
	readonly reason: string;
	readonly why: string;
	readonly count: number;
}
type ImpactReport = Omit<ImpactCounts, "groups"> & {
	/** The time of the question. */
	readonly createdDateTime: string;
	readonly before: ImpactSide;
	readonly after: ImpactSide;
	readonly source: {
		readonly files: readonly string[];
	} | {
		readonly replayedUnder: string;
	} | {
		readonly engine: string;
		readonly files?: readonly string[];
		readonly table?: string;
		readonly keys: number;
	};
	/** Assumed for every proxy whose country nothing tells; `null`: no assumption. */
	readonly proxyCountry: string | null;
	/** Whether any egress address may stand for a proxy's that is not known (all lie in the same named locations). */
	readonly standIn: "used" | "notPossible" | "notNeeded";
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
	readonly explained: readonly (Example & {
		readonly class: string;
		readonly allPolicies: readonly ExamplePolicy[];
	})[];
	readonly value: readonly ImpactRow[];
};
interface ImpactSide {
	readonly tenant: string;
	/** `null`: the tenant that was asked; else the file of the other one. */
	readonly file: string | null;
	readonly signalingStatus: string;
}
interface ImpactRow extends GroupCounts {
	/** Of a policy of this tenant: where it stands in the tenant file. */
	readonly place?: {
		readonly file: string;
		readonly line: number | null;
		readonly column: number | null;
	};
	readonly command: string;
}
type StoryReport = {
	readonly user: string;
	readonly target: string;
	/** Time of a recorded sign-in; `null` for a supposed one. */
	readonly createdDateTime: string | null;
	readonly signalingStatus: string;
	readonly seen: {
		readonly ipAddress: string | null;
		/**
		 * Whether an address of Global Secure Access that is not known is located all the same: all of them lie in the same named locations.
		 */
		readonly isLocatedByStandIn: boolean;
		readonly countryOrRegion: string | null;
		readonly sourceIpAddress: string | null;
		readonly globalSecureAccessIpAddress: string | null;
		readonly isThroughGlobalSecureAccess: boolean | null;
		readonly compliantNetwork: boolean | null;
		readonly resourceIpAddress: string | null;
		readonly restored: boolean;
	};
	readonly locations: readonly {
		readonly displayName: string;
		readonly isTrusted: boolean;
		readonly by: readonly string[];
	}[];
	/** Lists of places that the tenant lacks or has a part of: `mfaTrustedIps`, `namedLocations`. */
	readonly locationsNotKnown: readonly string[];
	readonly outcome: string;
	readonly errorCode: number | null;
	readonly failureReason: string;
	readonly decidedBy: readonly string[];
	readonly missing: readonly string[];
	readonly policies: readonly StoryPolicy[];
	readonly nearestChanges: readonly {
		readonly text: string;
		readonly outcome: string;
	}[];
	/** What a reader has to know about where the answer comes from. */
	readonly notes: readonly string[];
};
interface StoryPolicy {
	readonly id: string;
	readonly displayName: string;
	readonly state: string;
	readonly result: string;
	/** `yes`, `no` or `unknown`. */
	readonly applies: string;
	/** The conditions that are not met or not known. */
	readonly unmet: readonly string[];
	readonly met: readonly string[];
	readonly controls: readonly {
		readonly displayName: string;
		readonly satisfied: string;
	}[];
}
type WhatIfReport = StoryReport & {
	/** Graph's `whatIfAnalysisResult`: each policy whole, with `policyApplies` and `analysisReasons`. */
	readonly graph: readonly object[];
};
/**
 * "The user or the world is wrong": the one error class of the project, thrown outside core only. Everything else that is
 * thrown is a bug. The kind decides the exit code (exit-codes.ts); the message is one lower-case line without a period,
 * with user input in backticks; the hint says what to type.
 */
export type ErrorKind = "usage" | "refused" | "invalid" | "forbidden" | "busy" | "interrupted" | "terminated";
export interface ErrorProblem {
	readonly file?: string;
	readonly line?: number;
	readonly column?: number;
	/** JSON Pointer. */
	readonly path?: string;
	readonly message: string;
}
export declare class GsaError extends Error {
	readonly kind: ErrorKind;
	readonly hint: string | undefined;
	readonly problems: readonly ErrorProblem[];
	constructor(kind: ErrorKind, message: string, options?: {
		hint?: string;
		problems?: readonly ErrorProblem[];
		cause?: unknown;
	});
}
/** The answer of `gsa whatif -o json`, without its `schemaVersion`. */
export type Evaluation = WhatIfReport;
/** The answer of `gsa impact -o json`, without its `schemaVersion`. */
export type Impact = ImpactReport;
/** Which tenant is asked, by whom and when; what is left out counts as on the command line. */
export interface Where {
	/** A tenant file, or a name that `gsa config` gives one. */
	readonly tenant?: string;
	/** User principal name of the administrator who acts. */
	readonly as?: string;
	/** A fixed clock: RFC 3339 with a zone. */
	readonly now?: string;
}
/** A sign-in that is supposed, in the words of `gsa whatif`; what is left out is what its help says. */
export interface SupposedSignIn {
	/** User principal name, display name or object id. */
	readonly user?: string;
	/** A workload identity instead of a user. */
	readonly servicePrincipal?: string;
	/** Names or application ids of what is asked for. */
	readonly app?: string | readonly string[];
	readonly userAction?: string;
	readonly authContext?: string;
	/** The user's own public address. */
	readonly sourceIp?: string;
	/** Country of that address: two letters, or `none`. */
	readonly country?: string;
	readonly via?: "direct" | "gsa" | "remote-network";
	readonly tunnel?: "own" | "foreign" | "none";
	readonly proxyIp?: string;
	readonly proxyCountry?: string;
	/** Country of the position that Microsoft Authenticator shares. */
	readonly gpsCountry?: string;
	/** The claim of a federation server that the sign-in comes from inside the corporate network. */
	readonly intranetClaim?: boolean;
	/** Grant controls that the session satisfies already, in Graph's words. */
	readonly satisfied?: readonly string[];
	readonly methods?: string;
	/** Attributes of a registered device. */
	readonly device?: Readonly<Record<string, string | boolean>>;
	/** Signaling status that is supposed; `current` where it is left out. */
	readonly signaling?: "current" | "enabled" | "disabled";
	/** Every other option of `gsa whatif`, such as `platform` or `signInRisk`. */
	readonly [option: string]: OptionValue | undefined;
}
/** What is asked of recorded sign-ins, in the words of `gsa impact`. */
export interface ImpactQuestion {
	/** Files or folders of sign-ins; none with `fromLogs`. */
	readonly signIns?: readonly string[];
	readonly fromLogs?: boolean;
	/** `signaling=<status>` or `policy:<name>=<state>`; the opposite signaling status where it is left out. */
	readonly of?: string | readonly string[];
	/** Another tenant file to compare with. */
	readonly against?: string;
	readonly groupBy?: "policy" | "user" | "application" | "location";
	/** Classes that make `failed` and `notProven` tell something. */
	readonly failOn?: readonly string[];
	readonly proxyCountry?: string;
	readonly countries?: string;
	readonly gsaTraffic?: string | readonly string[];
}
export type OptionValue = string | number | boolean | readonly string[] | Readonly<Record<string, string | boolean>>;
/** Evaluates one supposed sign-in: every policy, every condition, and why. Throws {@link GsaError}. */
export declare function evaluate(signIn: SupposedSignIn, where?: Where): Promise<Evaluation>;
/** Evaluates recorded sign-ins before and after a change, and tells which outcomes differ. Throws {@link GsaError}. */
export declare function impact(question: ImpactQuestion, where?: Where): Promise<Impact>;

export {};
