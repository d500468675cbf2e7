import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { MID, writeSignIns } from '../../bench/company.ts';
import { performancePage } from '../../bench/performance-page.ts';

const page = readFileSync('docs/performance.md', 'utf8');
const made = performancePage({ figures: [], growth: [] }, '2026-01-01', 'npm run bench');

/** What the page says before its first table, but for when and where it was taken. */
const introduction = (text: string) => text.slice(text.indexOf('Times are'), text.indexOf('\n## '));

describe('docs/performance.md', () => {
  test('says of its figures what the bench writes of them', () => {
    expect(introduction(page).trim()).toBe(introduction(made).trim());
    expect(page.slice(page.indexOf('## Measuring it yourself'))).toBe(
      made.slice(made.indexOf('## Measuring it yourself')),
    );
  });

  test('names the size of a record as the bench makes it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gsa-performance-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 's.ndjson');
    await writeSignIns(file, 500, MID);
    const kilobytes = statSync(file).size / 500 / 1000;
    const [, told = '', gigabytes = ''] =
      /record of a sign-in has about ([\d.]+) kB, so 200,000 of them\s+are about ([\d.]+) GB/.exec(page) ?? [];
    expect(Number(told)).toBeCloseTo(kilobytes, 1);
    expect(Number(gigabytes)).toBeCloseTo((kilobytes * 200_000) / 1e6, 1);
  });

  test('has in its rows what the areas of the bench call them', () => {
    const areas = ['ranges', 'proof', 'companies', 'tables'].map((name) =>
      readFileSync(`bench/areas/${name}.ts`, 'utf8'),
    );
    const names = [
      ...page.matchAll(
        /^\| ((?:the switch|one policy|address as text|reading 390|index of)[^|]*?)(?:, peak memory)? \|/gm,
      ),
    ];
    expect(names.length).toBeGreaterThan(8);
    for (const [, name = ''] of names) expect(areas.join('')).toContain(`'${name}'`);
  });

  test('says of a row that is not by processor time that it is by the clock', () => {
    const rates = page.split('\n').filter((line) => /\d a second \|/.test(line));
    expect(rates.length).toBeGreaterThan(1);
    for (const row of rates) expect(row).toContain('by the clock');
  });
});
