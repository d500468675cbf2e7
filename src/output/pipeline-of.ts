import packageJson from '../../package.json' with { type: 'json' };
import type { PipelineReport } from './pipeline.ts';
import type { Report } from './report.ts';
import { pipelineOfCheck } from './reports/check/pipeline.ts';
import { pipelineOfTest } from './reports/gsatest/pipeline.ts';

/** What the formats of pipelines show: each report that has them says here what that is. */
export function pipelineOf(report: Report): PipelineReport {
  switch (report.kind) {
    case 'check':
      return pipelineOfCheck(report.data, packageJson.version);
    case 'test':
      return pipelineOfTest(report.data, packageJson.version);
    default:
      throw new Error(`${report.kind} tells pipelines nothing`);
  }
}
