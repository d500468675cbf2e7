import { QueryError } from './query-error.ts';
import type { Report } from './report.ts';

/** The response as Graph would give it: a collection, without members of ours. */
export function graphBody(report: Report): Record<string, unknown> {
  if (report.kind === 'whatIfAnswers') {
    throw new QueryError(
      'Graph answers one sign-in at a time',
      'take -o json, csv, table …, or ask one with --request',
    );
  }
  return {
    '@odata.context': 'https://graph.microsoft.com/beta/$metadata#Collection(microsoft.graph.whatIfAnalysisResult)',
    value: 'graph' in report.data ? report.data.graph : [],
  };
}
