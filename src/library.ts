/**
 * The two answers that checks of one's own are built on, as functions. They go the way of the command line: an answer is what
 * `-o json` shows, kept by the same promise (docs/json.md), and an option is called as it is there, in camel case.
 */
import { parseCommandLine } from './command-line.ts';
import { describeProgram } from './command-tree.ts';
import { main } from './main.ts';
import type { ImpactReport } from './output/reports/impact/report.ts';
import type { WhatIfReport } from './output/reports/what-if.ts';
import { openSession } from './shell/open-session.ts';
import { processContext } from './shell/process.ts';
import { GsaError } from './trouble/error.ts';

export type { ErrorKind, ErrorProblem } from './trouble/error.ts';
export { GsaError };

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
  readonly via?: 'direct' | 'gsa' | 'remote-network';
  readonly tunnel?: 'own' | 'foreign' | 'none';
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
  readonly signaling?: 'current' | 'enabled' | 'disabled';
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
  readonly groupBy?: 'policy' | 'user' | 'application' | 'location';
  /** Classes that make `failed` and `notProven` tell something. */
  readonly failOn?: readonly string[];
  readonly proxyCountry?: string;
  readonly countries?: string;
  readonly gsaTraffic?: string | readonly string[];
}

export type OptionValue = string | number | boolean | readonly string[] | Readonly<Record<string, string | boolean>>;

/** Evaluates one supposed sign-in: every policy, every condition, and why. Throws {@link GsaError}. */
export async function evaluate(signIn: SupposedSignIn, where: Where = {}): Promise<Evaluation> {
  const report = await reportOf(['whatif', ...wordsOf(signIn), ...wordsOf({ ...where })]);
  if (report.kind === 'whatIf') return report.data;
  throw new TypeError(`whatif answered with a report of the kind ${report.kind}`);
}

/** Evaluates recorded sign-ins before and after a change, and tells which outcomes differ. Throws {@link GsaError}. */
export async function impact(question: ImpactQuestion, where: Where = {}): Promise<Impact> {
  const { signIns = [], ...options } = question;
  const report = await reportOf(['impact', ...wordsOf(options), ...wordsOf({ ...where }), '--', ...signIns]);
  // Examples are worked out when somebody looks at them; whoever copies or compares the answer is to have all of their members.
  if (report.kind === 'impact') return JSON.parse(JSON.stringify(report.data)) as Impact;
  throw new TypeError(`impact answered with a report of the kind ${report.kind}`);
}

/** Runs a command that changes nothing in this process: nobody is asked, nothing is printed, no exit code is set. */
async function reportOf(words: readonly string[]) {
  const silent = { isTTY: false, columns: undefined, write: async () => undefined };
  const talking = {
    progress: () => undefined,
    advance: () => undefined,
    clear: async () => undefined,
    counted: () => undefined,
  };
  const context = { ...processContext(), stdout: silent, stderr: silent, ...talking };
  const invocation = await parseCommandLine(words, context);
  if (invocation === undefined) throw new GsaError('usage', `\`gsa ${words.join(' ')}\` asks for help`);
  const session = openSession(context, invocation, ['gsa', ...words].join(' '), describeProgram, main);
  try {
    return (await invocation.module.run(session, invocation.args, invocation.options)).report;
  } finally {
    session.close();
  }
}

function wordsOf(options: Readonly<Record<string, OptionValue | undefined>>): readonly string[] {
  return Object.entries(options).flatMap(([name, value]) => {
    const option = `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    if (value === undefined || value === false) return [];
    if (value === true) return [option];
    return valuesOf(value).map((each) => `${option}=${each}`);
  });
}

function valuesOf(value: Exclude<OptionValue, boolean>): readonly string[] {
  if (typeof value !== 'object') return [String(value)];
  return isList(value) ? value : Object.entries(value).map(([name, each]) => `${name}=${each}`);
}

const isList = (value: object): value is readonly string[] => Array.isArray(value);
