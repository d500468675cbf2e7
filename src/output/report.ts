import { viewAudit } from './reports/audit/audit.ts';
import { viewHistory } from './reports/audit/history.ts';
import { viewCheck } from './reports/check/check.ts';
import { viewCheckPage } from './reports/check/page.ts';
import { viewRulePage, viewRuleRow } from './reports/check/rule-page.ts';
import { viewConfig, viewSetting } from './reports/config.ts';
import { viewDeleted } from './reports/deleted.ts';
import { viewDemo } from './reports/demo.ts';
import { viewDetails } from './reports/details.ts';
import { viewDirectory } from './reports/directory.ts';
import { viewDoctor } from './reports/doctor.ts';
import { viewGeneratedTests } from './reports/gsatest/generated-tests.ts';
import { viewTestPage } from './reports/gsatest/page.ts';
import { viewTest } from './reports/gsatest/result.ts';
import { viewImpact } from './reports/impact/impact.ts';
import { viewImpactPage } from './reports/impact/page.ts';
import { viewImpactRows } from './reports/impact/rows.ts';
import { viewLocation, viewLocationList, viewLocationMatch } from './reports/locations.ts';
import { viewLogCounts, viewLogs } from './reports/log/logs.ts';
import { viewLogStory } from './reports/log/story.ts';
import { viewPolicy, viewPolicyList } from './reports/policies.ts';
import { viewCertificate } from './reports/proof/certificate.ts';
import { viewGaps } from './reports/proof/gaps.ts';
import { viewPolicyReach } from './reports/proof/policy-reach.ts';
import { viewSuggestion } from './reports/proof/suggestion.ts';
import { viewProof, viewProofPage, viewProofRows } from './reports/proof/view.ts';
import { viewRehearsal } from './reports/rehearsal.ts';
import { viewReplay } from './reports/replay.ts';
import { viewScript } from './reports/script.ts';
import { viewDependencies } from './reports/signaling/dependencies.ts';
import { viewLimitations } from './reports/signaling/limitations.ts';
import { viewMatrix } from './reports/signaling/matrix.ts';
import { viewSignalingStatus, viewSignalingSwitch, viewSwitchWarning } from './reports/signaling/signaling.ts';
import { viewStory } from './reports/story.ts';
import { viewChange, viewPlan } from './reports/tenant/change.ts';
import { viewExport } from './reports/tenant/export.ts';
import { viewImport } from './reports/tenant/import.ts';
import { viewRestoration } from './reports/tenant/restoration.ts';
import { viewTenant, viewValidation } from './reports/tenant/tenant.ts';
import { viewTopic } from './reports/topic.ts';
import { viewWhatIf } from './reports/what-if.ts';
import { viewWhatIfAnswers } from './reports/what-if-answers.ts';
import type { View } from './view.ts';

/**
 * Every kind of report and the one view that a person gets of it. A report's data, and the layout that a user may choose
 * for its view alone, are what the view takes.
 */
const VIEWS = {
  audit: viewAudit,
  certificate: viewCertificate,
  change: viewChange,
  check: viewCheck,
  config: viewConfig,
  deleted: viewDeleted,
  demo: viewDemo,
  dependencies: viewDependencies,
  details: viewDetails,
  directory: viewDirectory,
  doctor: viewDoctor,
  export: viewExport,
  gaps: viewGaps,
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
  limitations: viewLimitations,
  matrix: viewMatrix,
  plan: viewPlan,
  policy: viewPolicy,
  policyList: viewPolicyList,
  policyReach: viewPolicyReach,
  proof: viewProof,
  rehearsal: viewRehearsal,
  replay: viewReplay,
  restoration: viewRestoration,
  rulePage: viewRulePage,
  script: viewScript,
  setting: viewSetting,
  signalingStatus: viewSignalingStatus,
  signalingSwitch: viewSignalingSwitch,
  story: viewStory,
  suggestion: viewSuggestion,
  switchWarning: viewSwitchWarning,
  tenant: viewTenant,
  test: viewTest,
  topic: viewTopic,
  validation: viewValidation,
  whatIf: viewWhatIf,
  whatIfAnswers: viewWhatIfAnswers,
} satisfies { readonly [kind: string]: (data: never, layout?: never) => View };

type Views = typeof VIEWS;
type Data = { readonly [K in keyof Views]: Parameters<Views[K]>[0] };
type Layout = { readonly [K in keyof Views]: Parameters<Views[K]>[1] };
type ReportOf<K extends keyof Views> = { readonly kind: K; readonly data: Data[K]; readonly layout?: Layout[K] };
export type Report = { [K in keyof Views]: ReportOf<K> }[keyof Views];

/** The same table, said so that a report and its view are seen to belong together. */
const VIEW_OF: { readonly [K in keyof Views]: (data: Data[K], layout?: Layout[K]) => View } = VIEWS;

export function viewOf<K extends keyof Views>(report: ReportOf<K>): View {
  return VIEW_OF[report.kind](report.data, report.layout);
}

/** What the page of `-o html` shows: the view, or one made for a page where the report has one. */
export function pageOf(report: Report): View {
  switch (report.kind) {
    case 'impact':
      return viewImpactPage(report.data);
    case 'proof':
      return viewProofPage(report.data);
    case 'check':
      return viewCheckPage(report.data);
    case 'test':
      return viewTestPage(report.data);
    default:
      return viewOf(report);
  }
}

/** What CSV shows: the view's tables, or one table made for spreadsheets where the report has one. */
export function rowsOf(report: Report): View {
  if (report.kind === 'impact') return viewImpactRows(report.data);
  if (report.kind === 'rulePage') return viewRuleRow(report.data);
  return report.kind === 'proof' ? viewProofRows(report.data) : viewOf(report);
}
