import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { writeHtml } from '../../src/output/formats/html.ts';
import type { View } from '../../src/output/view.ts';
import { bad, code } from '../../src/output/view.ts';

const EVIL = `<img src=x onerror="alert('1')">&\`\u202e\u0000`;
const VIEW: View = [
  { block: 'heading', text: EVIL },
  { block: 'text', text: [bad(EVIL), EVIL] },
  { block: 'bars', bars: [{ label: bad(EVIL), count: 2 }], empty: EVIL },
  { block: 'table', columns: [{ header: EVIL }, { header: 'n', align: 'right' }], rows: [[EVIL, '1']], empty: EVIL },
  { block: 'table', columns: [], rows: [], empty: EVIL },
  { block: 'list', items: [code(EVIL)] },
  { block: 'fields', fields: [[EVIL, EVIL]] },
];
const page = [...writeHtml(VIEW)].join('');

test('no string of data is markup, and nothing of it is hidden', () => {
  expect(page).not.toContain('<img');
  expect(page).not.toMatch(/onerror="/);
  expect(page).not.toContain('\u202e');
  expect(page).not.toContain('\u0000');
  expect(page.split('&#60;img src=x onerror=').length - 1).toBe(12);
});

test('the policy of the page names the hashes of its style and its script, and allows nothing else', () => {
  const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(page)?.[1] ?? '';
  const hashOf = (tag: string) => {
    const text = new RegExp(`<${tag}>([^]*?)</${tag}>`).exec(page)?.[1] ?? '';
    return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  };
  expect(policy).toBe(
    `default-src 'none'; style-src ${hashOf('style')}; script-src ${hashOf('script')}; base-uri 'none'; form-action 'none'`,
  );
});

test('nothing of the page asks for anything: no link, no source, no attribute that the policy would refuse', () => {
  expect(page).not.toMatch(/\s(src|href|style|on\w+)=["'][^&]/);
  expect(page).not.toMatch(/url\(|@import|https?:/);
});
