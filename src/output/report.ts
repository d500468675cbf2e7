import type { AuditReport } from './reports/audit/audit.ts';
import { viewAudit } from './reports/audit/audit.ts';
import type { HistoryReport } from './reports/audit/history.ts';
import { viewHistory } from './reports/audit/history.ts';
import type { CheckReport } from './reports/check/check.ts';
import { viewCheck } from './reports/check/check.ts';
import type { RulePageReport } from './reports/check/rule-page.ts';
import { viewRulePage } from './reports/check/rule-page.ts';
import type { DeletedReport } from './reports/deleted.ts';
import { viewDeleted } from './reports/deleted.ts';
import type { DemoReport } from './reports/demo.ts';
import { viewDemo } from './reports/demo.ts';
import type { DetailsReport } from './reports/details.ts';
import { viewDetails } from './reports/details.ts';
import type { DirectoryReport } from './reports/directory.ts';
import { viewDirectory } from './reports/directory.ts';
import type { GeneratedTestsReport } from './reports/gsatest/generated-tests.ts';
import { viewGeneratedTests } from './reports/gsatest/generated-tests.ts';
import type { TestReport } from './reports/gsatest/result.ts';
import { viewTest } from './reports/gsatest/result.ts';
import { viewImpact } from './reports/impact/impact.ts';
import { viewImpactPage } from './reports/impact/page.ts';
import type { ImpactReport } from './reports/impact/report.ts';
import { viewImpactRows } from './reports/impact/rows.ts';
import type { LocationListReport, LocationMatchReport, LocationReport } from './reports/locations.ts';
import { viewLocation, viewLocationList, viewLocationMatch } from './reports/locations.ts';
import type { LogCountsLayout, LogCountsReport, LogsLayout, LogsReport } from './reports/log/logs.ts';
import { viewLogCounts, viewLogs } from './reports/log/logs.ts';
import type { LogStoryReport } from './reports/log/story.ts';
import { viewLogStory } from './reports/log/story.ts';
import type { PolicyListReport, PolicyReport } from './reports/policies.ts';
import { viewPolicy, viewPolicyList } from './reports/policies.ts';
import type { ReplayReport } from './reports/replay.ts';
import { viewReplay } from './reports/replay.ts';
import type { ScriptReport } from './reports/script.ts';
import { viewScript } from './reports/script.ts';
import type { DependenciesReport } from './reports/signaling/dependencies.ts';
import { viewDependencies } from './reports/signaling/dependencies.ts';
import type { MatrixReport } from './reports/signaling/matrix.ts';
import { viewMatrix } from './reports/signaling/matrix.ts';
import type {
  SignalingStatusReport,
  SignalingSwitchReport,
  SwitchWarningReport,
} from './reports/signaling/signaling.ts';
import { viewSignalingStatus, viewSignalingSwitch, viewSwitchWarning } from './reports/signaling/signaling.ts';
import type { StoryReport } from './reports/story.ts';
import { viewStory } from './reports/story.ts';
import type { ChangeReport, PlanReport } from './reports/tenant/change.ts';
import { viewChange, viewPlan } from './reports/tenant/change.ts';
import type { ExportReport } from './reports/tenant/export.ts';
import { viewExport } from './reports/tenant/export.ts';
import type { ImportReport } from './reports/tenant/import.ts';
import { viewImport } from './reports/tenant/import.ts';
import type { RestorationReport } from './reports/tenant/restoration.ts';
import { viewRestoration } from './reports/tenant/restoration.ts';
import type { TenantReport, ValidationReport } from './reports/tenant/tenant.ts';
import { viewTenant, viewValidation } from './reports/tenant/tenant.ts';
import type { TopicReport } from './reports/topic.ts';
import { viewTopic } from './reports/topic.ts';
import type { WhatIfReport } from './reports/what-if.ts';
import { viewWhatIf } from './reports/what-if.ts';
import type { View } from './view.ts';

/** Every report: the JSON it is, and (by its kind) the one view a person gets. */
interface Reports {
  readonly audit: AuditReport;
  readonly change: ChangeReport;
  readonly check: CheckReport;
  readonly deleted: DeletedReport;
  readonly demo: DemoReport;
  readonly dependencies: DependenciesReport;
  readonly details: DetailsReport;
  readonly directory: DirectoryReport;
  readonly export: ExportReport;
  readonly generatedTests: GeneratedTestsReport;
  readonly history: HistoryReport;
  readonly impact: ImpactReport;
  readonly import: ImportReport;
  readonly location: LocationReport;
  readonly locationList: LocationListReport;
  readonly locationMatch: LocationMatchReport;
  readonly logCounts: LogCountsReport;
  readonly logStory: LogStoryReport;
  readonly logs: LogsReport;
  readonly matrix: MatrixReport;
  readonly plan: PlanReport;
  readonly policy: PolicyReport;
  readonly policyList: PolicyListReport;
  readonly replay: ReplayReport;
  readonly restoration: RestorationReport;
  readonly rulePage: RulePageReport;
  readonly script: ScriptReport;
  readonly signalingStatus: SignalingStatusReport;
  readonly signalingSwitch: SignalingSwitchReport;
  readonly story: StoryReport;
  readonly switchWarning: SwitchWarningReport;
  readonly tenant: TenantReport;
  readonly test: TestReport;
  readonly topic: TopicReport;
  readonly validation: ValidationReport;
  readonly whatIf: WhatIfReport;
}

/** What the user chose of how a report is shown: for its view only, no part of the JSON. */
interface Layouts {
  readonly logCounts: LogCountsLayout;
  readonly logs: LogsLayout;
}

type LayoutOf<K> = K extends keyof Layouts ? Layouts[K] : never;
type ReportOf<K extends keyof Reports> = {
  readonly kind: K;
  readonly data: Reports[K];
  readonly layout?: LayoutOf<K>;
};
export type Report = { [K in keyof Reports]: ReportOf<K> }[keyof Reports];

const VIEWS: { readonly [K in keyof Reports]: (data: Reports[K], layout?: LayoutOf<K>) => View } = {
  audit: viewAudit,
  change: viewChange,
  check: viewCheck,
  deleted: viewDeleted,
  demo: viewDemo,
  dependencies: viewDependencies,
  details: viewDetails,
  directory: viewDirectory,
  export: viewExport,
  generatedTests: viewGeneratedTests,
  history: viewHistory,
  impact: viewImpact,
  import: viewImport,
  location: viewLocation,
  locationList: viewLocationList,
  locationMatch: viewLocationMatch,
  logCounts: viewLogCounts,
  logStory: viewLogStory,
  logs: viewLogs,
  matrix: viewMatrix,
  plan: viewPlan,
  policy: viewPolicy,
  policyList: viewPolicyList,
  replay: viewReplay,
  restoration: viewRestoration,
  rulePage: viewRulePage,
  script: viewScript,
  signalingStatus: viewSignalingStatus,
  signalingSwitch: viewSignalingSwitch,
  story: viewStory,
  switchWarning: viewSwitchWarning,
  tenant: viewTenant,
  test: viewTest,
  topic: viewTopic,
  validation: viewValidation,
  whatIf: viewWhatIf,
};

export function viewOf<K extends keyof Reports>(report: ReportOf<K>): View {
  return VIEWS[report.kind](report.data, report.layout);
}

/** What the page of `-o html` shows: the view, or one made for a page where the report has one. */
export function pageOf(report: Report): View {
  return report.kind === 'impact' ? viewImpactPage(report.data) : viewOf(report);
}

/** What CSV shows: the view's tables, or one table made for spreadsheets where the report has one. */
export function rowsOf(report: Report): View {
  return report.kind === 'impact' ? viewImpactRows(report.data) : viewOf(report);
}
