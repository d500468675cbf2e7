import type { Block, View } from '../../view.ts';
import { code, dim, withCode } from '../../view.ts';

/** The page of a rule, as `gsa explain` shows it and docs/rules has it. */
export type RulePageReport = {
  readonly id: string;
  readonly name: string;
  readonly severity: string;
  readonly summary: string;
  readonly finds: readonly string[];
  readonly matters: readonly string[];
  readonly fix: readonly { readonly text: string; readonly command?: string }[];
  readonly sources: readonly string[];
  /** What each key of the sources stands for. */
  readonly references: readonly { readonly key: string; readonly title: string; readonly address: string }[];
};

/** The row that spreadsheets take of a page, as the list of all rules has it. */
export function viewRuleRow({ id, severity, summary, name }: RulePageReport): View {
  return [
    {
      block: 'table',
      columns: RULE_COLUMNS.map((header) => ({ header })),
      rows: [[id, severity, summary, name]],
      empty: '',
    },
  ];
}

const RULE_COLUMNS = ['Rule', 'Severity', 'What is wrong where it fires', 'Name'];

export function viewRulePage(page: RulePageReport): View {
  const paragraphs = (heading: string, texts: readonly string[]): Block[] => [
    { block: 'heading', text: heading },
    ...texts.map((text): Block => ({ block: 'text', text: withCode(text) })),
  ];
  return [
    { block: 'heading', text: `${page.id} ${page.name}` },
    { block: 'text', text: [...withCode(page.summary), ` (${page.severity})`] },
    ...paragraphs('What it finds', page.finds),
    ...paragraphs('Why it matters', page.matters),
    { block: 'heading', text: 'What to do' },
    {
      block: 'list',
      items: page.fix.map(({ text, command }) => [
        ...withCode(text),
        ...(command === undefined ? [] : [' ', code(command)]),
      ]),
    },
    { block: 'heading', text: 'Sources' },
    { block: 'list', items: page.references.map(({ key, title, address }) => [`${key}: ${title}, `, dim(address)]) },
  ];
}
