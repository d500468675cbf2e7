/** An object that is no sign-in. `wholeFile`: the first record of a file shows that the others are none either. */
export interface Foreign {
  readonly reason: string;
  /** What it is, to follow "holds" for a file. */
  readonly message: string;
  readonly wholeFile: boolean;
}

export const FROM_THE_LOG = 'export the sign-in log instead';

/** What two kinds of files hold, whether they come as objects of Graph or as a table. */
export const AUDIT_LOG = `an audit log, not a sign-in log: ${FROM_THE_LOG}`;
export const RISK_DETECTIONS = `risk detections, not sign-ins: ${FROM_THE_LOG}`;
