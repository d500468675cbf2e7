import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { rulePages } from '../../../../src/core/check/page.ts';
import { RULES } from '../../../../src/core/check/rules.ts';

describe('docs/rules', () => {
  const pages = rulePages(RULES);

  test('holds the pages of the rules that there are and nothing else', () => {
    expect(readdirSync('docs/rules').sort()).toEqual(pages.map(({ name }) => name).sort());
  });

  test.each(pages)('$name is what the rule says (else: node tools/write-rule-pages.mjs)', ({ name, text }) => {
    expect(readFileSync(`docs/rules/${name}`, 'utf8')).toBe(text);
  });

  test('pages link only to pages that exist', () => {
    const names = pages.map(({ name }) => name);
    for (const { text } of pages) {
      for (const [, target] of text.matchAll(/\]\(([^)]+)\)/g)) expect(names).toContain(target);
    }
  });
});
