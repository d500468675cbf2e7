import type { Block, View } from '../../view.ts';
import { code, dim } from '../../view.ts';

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
};

export function viewRulePage(page: RulePageReport): View {
  const paragraphs = (heading: string, texts: readonly string[]): Block[] => [
    { block: 'heading', text: heading },
    ...texts.map((text): Block => ({ block: 'text', text })),
  ];
  return [
    { block: 'heading', text: `${page.id} ${page.name}` },
    { block: 'text', text: `${page.summary} (${page.severity})` },
    ...paragraphs('What it finds', page.finds),
    ...paragraphs('Why it matters', page.matters),
    { block: 'heading', text: 'What to do' },
    {
      block: 'list',
      items: page.fix.map(({ text, command }) => (command === undefined ? text : [text, ' ', code(command)])),
    },
    { block: 'text', text: dim(`Sources: ${page.sources.join(', ')}`) },
  ];
}
