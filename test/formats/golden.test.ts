import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Format } from '../../src/output/format.ts';
import { EVERYTHING, written } from './reports.ts';

const GOLDEN = new URL('../golden/test-report/', import.meta.url);

/** `UPDATE_TRANSCRIPTS=1` writes the files; then they are read by a person. */
describe('what a test run looks like in every format', () => {
  test.each<[string, Format, object]>([
    ['terminal.txt', 'table', { terminal: true }],
    ['plain.txt', 'table', {}],
    ['report.json', 'json', {}],
    ['report.ndjson', 'ndjson', {}],
    ['report.md', 'markdown', {}],
    ['junit.xml', 'junit', {}],
    ['report.sarif', 'sarif', {}],
    ['github.txt', 'github', {}],
    ['azuredevops.txt', 'azuredevops', {}],
    ['report.tap', 'tap', {}],
  ])('%s', async (name, format, settings) => {
    const file = new URL(name, GOLDEN);
    const text = await written(EVERYTHING, format, settings);
    if (process.env['UPDATE_TRANSCRIPTS'] !== undefined) writeFileSync(file, text);
    expect(text).toBe(readFileSync(file, 'utf8'));
  });
});
