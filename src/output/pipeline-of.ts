import packageJson from '../../package.json' with { type: 'json' };
import type { PipelineReport } from './pipeline.ts';
import { QueryError } from './query-error.ts';
import type { Report } from './report.ts';
import { pipelineOfCheck } from './reports/check/pipeline.ts';
import { pipelineOfTest } from './reports/gsatest/pipeline.ts';
import { pipelineOfImpact } from './reports/impact/pipeline.ts';
import { pipelineOfGaps } from './reports/proof/gaps.ts';
import { pipelineOfProof } from './reports/proof/pipeline.ts';

/** What the formats of pipelines show: each report that has them says here what that is. */
export function pipelineOf(report: Report): PipelineReport {
  switch (report.kind) {
    case 'check':
      return pipelineOfCheck(report.data, packageJson.version);
    case 'test':
      return pipelineOfTest(report.data, packageJson.version);
    case 'impact':
      return pipelineOfImpact(report.data, packageJson.version);
    case 'proof':
      return pipelineOfProof(report.data, packageJson.version);
    case 'gaps':
      return pipelineOfGaps(report.data, packageJson.version);
    default:
      throw new QueryError('what was asked is neither a test nor a finding', 'take -o table or -o json');
  }
}
