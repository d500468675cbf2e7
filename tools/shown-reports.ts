import type { Report } from '../src/output/report.ts';

// The data of a report as `-o json` shows them: without what is for people only, what is walked through as lists.
type Shown<Data> = {
  readonly [Member in keyof Data as Exclude<Member, 'view'>]: Data[Member] extends string | readonly unknown[]
    ? Data[Member]
    : Data[Member] extends Iterable<infer Item>
      ? readonly Item[]
      : Data[Member];
};

/** What tools/write-report-schemas.mjs writes down: a member for every kind of report. */
export type ShownReports = { readonly [Kind in Report['kind']]: Shown<ReportData[Kind]> };

/** The same as views get them, of which the schemas have their descriptions. */
export type ReportData = {
  readonly [Kind in Report['kind']]: Extract<Report, { readonly kind: Kind }>['data'];
};
