import type { ChangeClass } from '../conditional-access/outcome/change.ts';
import { CHANGE_CLASSES } from '../conditional-access/outcome/change.ts';
import type { Satisfied, SignInAttempt } from '../signaling/attempt.ts';
import type { SignalingStatus } from '../tenant/tenant.ts';

/**
 * What a proof claims, in a form that can be checked without the prover: all sign-ins, as classes of each part of a sign-in and
 * disjoint boxes of these classes, each with what becomes of it.
 */
export interface Certificate {
  readonly schemaVersion: 1;
  readonly kind: 'certificate';
  readonly createdDateTime: string;
  readonly question: CertifiedQuestion;
  /** What sessions may have proven: one for each way in which the grants react. */
  readonly columns: readonly Satisfied[];
  readonly levels: readonly CertifiedLevel[];
  readonly boxes: readonly CertifiedBox[];
}

/** The classes that the boxes claim, in the order of the classes. */
export function claimedClasses({ boxes }: Certificate): readonly ChangeClass[] {
  const claimed = new Set(boxes.flatMap(({ claims }) => claims));
  return CHANGE_CLASSES.filter((each) => claimed.has(each));
}

/** The change that was asked about, as options of `gsa impact --all` say it. */
export interface CertifiedQuestion {
  readonly of: readonly string[];
  readonly with: string | null;
  readonly signalingStatusBefore: SignalingStatus;
  readonly signalingStatusAfter: SignalingStatus;
}

/** One part of a sign-in, with an example of each class that policies tell apart. */
export interface CertifiedLevel {
  readonly name: CertifiedLevelName;
  readonly classes: readonly { readonly text: string; readonly part: Partial<SignInAttempt> }[];
}

export const CERTIFIED_LEVELS = [
  'who',
  'what',
  'client',
  'platform',
  'flow',
  'signInRisk',
  'userRisk',
  'servicePrincipalRisk',
  'insiderRisk',
  'device',
  'where',
] as const;
export type CertifiedLevelName = (typeof CERTIFIED_LEVELS)[number];

/** A box: the positions of its classes at each level, and the class of change for each column. */
export interface CertifiedBox {
  readonly sets: readonly (readonly number[])[];
  readonly claims: readonly ChangeClass[];
}
