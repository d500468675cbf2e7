/** One built-in grant control: a row of {@link GRANT_CONTROLS}. */
interface GrantControlRow {
  /** Short name in the sign-in log. */
  readonly logName: string;
  readonly errorCode: number;
  /** Whether a user can satisfy it by answering a prompt (D-RO). */
  readonly interactive: boolean;
  /** What a sign-in proves it by: how the user authenticated, the device, or a statement of its own. */
  readonly provenBy: 'methods' | 'device' | 'session';
  /** A phrase that completes "it would be otherwise …". */
  readonly otherwise: string;
}

/**
 * Built-in grant controls that ask for something, in the order in which Entra asks for them (D-POL), with their error codes
 * (D-ERR, D-TRB). Log names of the first four are observed (L-REAL), the others are ours by analogy. `riskRemediation` is newer
 * than Graph's published declarations.
 */
export const GRANT_CONTROLS = {
  mfa: {
    logName: 'Mfa',
    errorCode: 50076,
    interactive: true,
    provenBy: 'methods',
    otherwise: 'with multifactor authentication',
  },
  compliantDevice: {
    logName: 'RequireCompliantDevice',
    errorCode: 53000,
    interactive: false,
    provenBy: 'device',
    otherwise: 'on a compliant device',
  },
  domainJoinedDevice: {
    logName: 'RequireDomainJoinedDevice',
    errorCode: 53001,
    interactive: false,
    provenBy: 'device',
    otherwise: 'on a hybrid joined device',
  },
  approvedApplication: {
    logName: 'RequireApprovedApp',
    errorCode: 53002,
    interactive: false,
    provenBy: 'session',
    otherwise: 'from an approved app',
  },
  compliantApplication: {
    logName: 'RequireCompliantApp',
    errorCode: 53009,
    interactive: false,
    provenBy: 'session',
    otherwise: 'from an app with app protection',
  },
  passwordChange: {
    logName: 'RequirePasswordChange',
    errorCode: 50135,
    interactive: true,
    provenBy: 'session',
    otherwise: 'with a new password',
  },
  riskRemediation: {
    logName: 'RequireRiskRemediation',
    errorCode: 50131,
    interactive: true,
    provenBy: 'session',
    otherwise: 'with the risk remediated',
  },
} as const satisfies Readonly<Record<string, GrantControlRow>>;

/** A control that a session satisfies or does not. */
export type GrantControl = keyof typeof GRANT_CONTROLS;

/** The grant controls, in the order in which Entra asks for them. */
export const GRANT_CONTROL_NAMES = Object.keys(GRANT_CONTROLS) as readonly GrantControl[] as readonly [
  GrantControl,
  ...GrantControl[],
];

/** Controls of which a sign-in says by itself whether they are satisfied. */
export const SESSION_CONTROLS = GRANT_CONTROL_NAMES.filter((name) => GRANT_CONTROLS[name].provenBy === 'session');

/** What `builtInControls` may hold: every control, and the one that lets nobody in. */
export const BUILT_IN_CONTROLS = ['block', ...GRANT_CONTROL_NAMES] as const;

/** Whether a missing fact, or a word of a policy, is the name of a control. */
export function isGrantControl(name: string): name is GrantControl {
  return Object.hasOwn(GRANT_CONTROLS, name);
}
