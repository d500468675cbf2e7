import type { View } from '../view.ts';
import type { StoryReport } from './story.ts';
import { viewStory } from './story.ts';

/** The story of a supposed sign-in, and the response of Graph's evaluate for it (`-o graph`). */
export type WhatIfReport = StoryReport & {
  /** Graph's `whatIfAnalysisResult`: each policy whole, with `policyApplies` and `analysisReasons`. */
  readonly graph: readonly object[];
};

export function viewWhatIf(report: WhatIfReport): View {
  return viewStory(report);
}
