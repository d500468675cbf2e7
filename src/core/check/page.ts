import { sourceLine } from '../sources/sources.ts';
import { compareTexts } from '../values/compare-texts.ts';
import type { Rule } from './rule.ts';

/** The pages of the rules as markdown: `gsa explain` and docs/rules come from the same text. */

export interface PageFile {
  /** Name inside docs/rules. */
  readonly name: string;
  readonly text: string;
}

/** The files of docs/rules, as they must be. */
export function rulePages(rules: readonly Rule[]): PageFile[] {
  return [
    { name: 'README.md', text: renderRuleIndex(rules) },
    ...rules.map((rule) => ({ name: `${rule.id}.md`, text: renderRulePage(rule) })),
  ];
}

/** Other rules that a text names, as links to their pages beside it. */
function withLinks(text: string): string {
  return text.replace(/\bGSA\d{3}\b/g, '[$&]($&.md)');
}

function renderRulePage(rule: Rule): string {
  const { finds, matters, fix, sources } = rule.page;
  const blocks = [
    `# ${rule.id} ${rule.name}`,
    `**${rule.severity}** · ${rule.summary}`,
    '## What it finds',
    ...finds.map(withLinks),
    '## Why it matters',
    ...matters.map(withLinks),
    '## How to fix it',
    ...fix.map(({ text, command }, at) =>
      command === undefined ? `${at + 1}. ${text}` : `${at + 1}. ${text}\n\n   \`\`\`\n   ${command}\n   \`\`\``,
    ),
    '## Sources',
    [...sources]
      .sort(compareTexts)
      .map((key) => `- ${key}: ${sourceLine(key)}`)
      .join('\n'),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function renderRuleIndex(rules: readonly Rule[]): string {
  const rows = rules.map(
    ({ id, name, severity, summary }) => `| [${id}](${id}.md) | ${name} | ${severity} | ${summary} |`,
  );
  return [
    '# Rules of `gsa check`',
    'Severity is the worst a rule gives; its page says when a finding is milder. These pages are generated: the text lives',
    'beside each rule in `src/core/check/rules`, and `node tools/write-rule-pages.mjs` writes it here.',
    '',
    '| rule | name | severity | finds |',
    '|---|---|---|---|',
    ...rows,
    '',
  ]
    .join('\n')
    .replace('\n', '\n\n');
}
