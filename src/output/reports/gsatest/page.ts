import { plural } from '../../../core/values/plural.ts';
import type { View } from '../../view.ts';
import { bad, good, warning } from '../../view.ts';
import { historyBlocks } from '../run-history.ts';
import type { TestReport } from './result.ts';
import { viewTest } from './result.ts';

/** A test run as a page: how it came out first, then each test that did not hold, then the files. */
export function viewTestPage(report: TestReport): View {
  const { passed, failed, unknown, skipped, error, files, tests } = report.summary;
  const details = viewTest(report);
  const firstTable = details.findIndex(({ block }) => block === 'table');
  return [
    { block: 'heading', text: 'What gsa test found' },
    { block: 'text', text: `${plural(tests, 'test')} in ${plural(files, 'file')}.` },
    {
      block: 'bars',
      bars: [
        { label: good('passed'), count: passed },
        { label: bad('failed'), count: failed },
        { label: warning('unknown'), count: unknown },
        { label: warning('skipped'), count: skipped },
        { label: bad('error'), count: error },
      ],
      empty: '',
    },
    ...details.slice(0, firstTable),
    { block: 'heading', text: 'By file' },
    ...details.slice(firstTable),
    ...historyBlocks(report.history ?? []),
  ];
}
