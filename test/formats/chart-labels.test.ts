import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { writeTerminal } from '../../src/output/formats/terminal.ts';

/** The chart on a terminal of so many columns, as lines. */
function chart(labels: readonly string[], width: number): readonly string[] {
  const bars = labels.map((label, at) => ({ label, count: at + 1 }));
  return [...writeTerminal([{ block: 'bars', bars, empty: '' }], { width, color: 0 })].join('').trimEnd().split('\n');
}

/** The labels that somebody reads there: a line without a bar goes on with the label above. */
function read(lines: readonly string[]): readonly string[] {
  const labels: string[] = [];
  for (const line of lines) {
    const [, label] = /^(.*?) +\d+ +█+$/.exec(line) ?? [];
    if (label !== undefined) labels.push(label);
    else labels.push(`${labels.pop()} ${line}`);
  }
  return labels;
}

const POLICIES = [
  'CA004 Require MFA outside trusted locations',
  'CA004 Require MFA outside trusted countries',
  'CA009 Limit browser sessions outside trusted locations',
  'granted',
];

describe('the labels of a chart', () => {
  test.each([30, 40, 60, 80, 120])('are whole at %i columns, and fit', (width) => {
    const lines = chart(POLICIES, width);
    expect(read(lines)).toEqual(POLICIES);
    for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(width);
  });

  test('at 40 columns stand on as many lines as they need, with the count beside the first', () => {
    expect(chart(POLICIES.slice(0, 2), 40)).toEqual([
      expect.stringMatching(/^CA004 Require MFA +1 {2}█+$/),
      'outside trusted',
      'locations',
      expect.stringMatching(/^CA004 Require MFA +2 {2}█+$/),
      'outside trusted',
      'countries',
    ]);
  });

  test('that differ read differently, at any width', () => {
    const words = fc.array(fc.constantFrom('CA001', 'block', 'outside', 'trusted', 'locations'), {
      minLength: 1,
      maxLength: 9,
    });
    const labels = fc.uniqueArray(
      words.map((each) => each.join(' ')),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(labels, fc.integer({ min: 24, max: 140 }), (all, width) => {
        expect(read(chart(all, width))).toEqual(all);
      }),
    );
  });
});
