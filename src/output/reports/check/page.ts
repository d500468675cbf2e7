import type { Block, View } from '../../view.ts';
import { code, withCode } from '../../view.ts';
import { historyBlocks } from '../run-history.ts';
import type { CheckReport } from './check.ts';
import { severitySpan, viewCheck } from './check.ts';

/** The findings as a page for somebody who has never typed a command: how many first, then each, then what it means. */
export function viewCheckPage(report: CheckReport): View {
  const [findings, counts, ...others] = viewCheck(report);
  const { error, warning, note } = report.counts;
  return [
    { block: 'heading', text: 'What gsa check found' },
    ...(counts === undefined ? [] : [counts]),
    {
      block: 'bars',
      bars: [
        { label: severitySpan('error'), count: error },
        { label: severitySpan('warning'), count: warning },
        { label: severitySpan('note'), count: note },
      ],
      empty: '',
    },
    { block: 'heading', text: 'Findings' },
    ...(findings === undefined ? [] : [findings]),
    ...headed('What the rules mean', meaningBlocks(report)),
    ...headed('Not decided, or in the baseline', others),
    ...headed('Rules that were not asked, for want of facts', skippedBlocks(report)),
    ...historyBlocks(report.history ?? []),
  ];
}

function meaningBlocks({ value, rules }: CheckReport): Block[] {
  const ids = new Set(value.map(({ ruleId }) => ruleId));
  const found = rules.filter(({ id }) => ids.has(id));
  if (found.length === 0) return [];
  return [
    {
      block: 'list',
      items: found.map(({ id, summary }) => [`${id}: `, ...withCode(summary), '. ', code(`gsa explain ${id}`)]),
    },
  ];
}

function skippedBlocks({ skippedRules }: CheckReport): Block[] {
  if (skippedRules.length === 0) return [];
  return [{ block: 'list', items: skippedRules.map(({ ruleId, notKnown }) => `${ruleId}: ${notKnown.join(', ')}`) }];
}

function headed(heading: string, blocks: readonly Block[]): Block[] {
  return blocks.length === 0 ? [] : [{ block: 'heading', text: heading }, ...blocks];
}
