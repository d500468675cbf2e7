import type { ChangeClass } from '../../../core/conditional-access/outcome/change.ts';
import type { ClassCount, PolicyVerdict, ProofVerdict } from '../../../core/proof/answers/answer.ts';
import type { LeftOut } from '../../../core/proof/answers/left-out.ts';
import type { ToldBox, ToldRow, ToldWitness } from '../../../core/proof/answers/told.ts';

/** What changes for every sign-in there could be. `value` is a row for each policy and class that it decides. */
export type ProofReport = {
  readonly createdDateTime: string;
  /** What was asked, in words. */
  readonly question: string;
  readonly before: ProofSide;
  readonly after: ProofSide;
  readonly verdict: ProofVerdict;
  /** People of the directory; `peopleAreSupposed`: no directory is known, and these stand for groups and roles. */
  readonly people: number;
  readonly peopleAreSupposed: boolean;
  readonly narrowedTo: { readonly user: string | null; readonly app: string | null; readonly policy: string | null };
  readonly classes: readonly ClassCount[];
  readonly policies: readonly PolicyVerdict[];
  /** What "every sign-in" does not include. */
  readonly leftOut: readonly LeftOut[];
  /** Parts of sign-ins that were looked at one by one; all others were shown to be like these. */
  readonly kinds: number;
  readonly failOn: readonly string[];
  readonly failed: readonly string[];
  /** The policy of `--explain`, whose boxes a person is shown. */
  readonly explained: string | null;
  readonly certificate: string | null;
  readonly value: readonly ProofReportRow[];
};

export interface ProofSide {
  readonly tenant: string;
  readonly file: string | null;
  readonly signalingStatus: string;
}

export type ProofReportRow = Omit<ToldRow, 'example' | 'cover'> & {
  readonly class: ChangeClass;
  readonly example: Omit<ToldWitness, 'attempt'> & {
    /** Commands that show the example before and after; `null`: no option says such a sign-in. */
    readonly whatIf: readonly [before: string, after: string] | null;
  };
  /** The command that shows the boxes of this row. */
  readonly command: string;
  readonly boxes: readonly ToldBox[];
  readonly boxesAreWhole: boolean;
};
