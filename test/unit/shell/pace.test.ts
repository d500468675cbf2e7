import process from 'node:process';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { Pace } from '../../../src/shell/pace.ts';
import { withProgress } from '../../../src/shell/progress.ts';

const read = (count: number, share: number | undefined) => ({ count, what: 'sign-ins read', share });

/** Work that goes evenly: so many sign-ins a second of so many, after a start that took so long. */
function evenly({ start, rate, all }: { start: number; rate: number; all: number }, seconds: number): string {
  const pace = new Pace();
  const stepAt = (second: number) => read(Math.round(rate * second), Math.min((rate * second) / all, 1));
  pace.take(stepAt(0.1), start + 100);
  pace.take(stepAt(seconds), start + seconds * 1000);
  return pace.text(stepAt(seconds), start + seconds * 1000);
}

describe('long work says how much is done, how fast, and how much time is left', () => {
  test('where that is known', () => {
    const texts = [0.25, 0.999, undefined, 0].map((share) => {
      const pace = new Pace();
      pace.take(read(0, share === undefined ? undefined : 0), 0);
      return pace.text(read(60_000, share), 3_000);
    });
    expect(texts).toEqual([
      '60000 sign-ins read, 25 %, 20000 a second, 9 s left',
      '60000 sign-ins read, 99 %, 20000 a second, 1 s left',
      '60000 sign-ins read, 20000 a second',
      '60000 sign-ins read, 20000 a second',
    ]);
  });

  test.each([
    [0.01, '4 min 57 s left'],
    [0.0002, '4 h 9 min left'],
  ])('in minutes and hours where %d of it is done', (share, left) => {
    const pace = new Pace();
    pace.take(read(0, 0), 0);
    expect(pace.text(read(60_000, share), 3_000)).toContain(left);
  });

  test('from its first step on, whatever lay before: a start, a tenant of 390,000 ranges, a question', () => {
    const start = fc.integer({ min: 0, max: 100_000 });
    const rate = fc.integer({ min: 1_000, max: 500_000 });
    const whole = fc.integer({ min: 5, max: 3_000 });
    fc.assert(
      fc.property(
        start,
        rate,
        whole,
        fc.double({ min: 0.2, max: 0.9, noNaN: true }),
        (began, perSecond, lasts, part) => {
          const seconds = lasts * part;
          const told = evenly({ start: began, rate: perSecond, all: perSecond * lasts }, seconds);
          expect(Number(/, (\d+) a second/.exec(told)?.[1])).toBeGreaterThan(perSecond * 0.99 - 2);
          expect(Number(/, (\d+) a second/.exec(told)?.[1])).toBeLessThan(perSecond * 1.01 + 2);
          expect(Math.abs(secondsIn(told) - (lasts - seconds))).toBeLessThan(lasts > 3_500 ? 61 : 1.1);
        },
      ),
    );
  });

  test.each([0, 100, 499])(
    'and neither before there is something to tell it from: %i ms after the first step',
    (later) => {
      const pace = new Pace();
      pace.take(read(1_000, 0.003), 7_000);
      expect(pace.text(read(2_000, 0.006), 7_000 + later)).toBe('2000 sign-ins read, 0 %');
    },
  );

  test.each([
    [80, '60000 sign-ins read, 25 %, 20000 a second, 9 s left'],
    [51, '60000 sign-ins read, 25 %, 20000 a second, 9 s left'],
    [50, '60000 sign-ins read, 25 %, 9 s left'],
    [34, '60000 sign-ins read, 25 %'],
    [20, '60000 sign-ins read'],
    [10, '60000 sign'],
  ])('as far as %i columns have room for it', (width, expected) => {
    const pace = new Pace();
    pace.take(read(0, 0), 0);
    expect(pace.text(read(60_000, 0.25), 3_000, width)).toBe(expected);
  });

  test('of other work anew', () => {
    const pace = new Pace();
    pace.take(read(1_000, 0.1), 0);
    pace.take({ count: 0, what: 'objects read', share: 0 }, 9_000);
    expect(pace.text({ count: 500, what: 'objects read', share: 0.5 }, 10_000)).toBe(
      '500 objects read, 50 %, 500 a second, 1 s left',
    );
  });
});

function secondsIn(text: string): number {
  const [, hours, minutes, seconds] = /, (?:(\d+) h )?(?:(\d+) min )?(?:(\d+) s )?left$/.exec(text) ?? [];
  return Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
}

test('a terminal shows no time left that comes of the start', async () => {
  let now = 0;
  const clock = vi.spyOn(process, 'uptime').mockImplementation(() => now);
  onTestFinished(() => clock.mockRestore());
  const lines: string[] = [];
  const output = { isTTY: true, columns: 80, write: async (text: string) => void lines.push(text) };
  const context = withProgress({ stdout: output, stderr: output } as never);
  // Ten thousand a second of fifty thousand, after six seconds in which nothing was read.
  for (now = 6; now < 11; now += 0.1) {
    const count = Math.round((now - 6) * 10_000) + 1_000;
    context.advance(read(count, count / 51_000));
  }
  const estimates = lines.filter((line) => line.includes(' left')).map((line) => /(\d+) s left/.exec(line)?.[1]);
  expect(lines[0]).toContain('1000 sign-ins read, 1 %');
  expect(lines[0]).not.toContain('a second');
  expect(estimates).toEqual(expect.arrayContaining(['5', '4', '3', '2', '1']));
  expect(Math.max(...estimates.map(Number))).toBe(5);
  expect(lines.join('')).not.toContain('min');
  expect(new Set(lines.flatMap((line) => /, (\d+) a second/.exec(line)?.[1] ?? []))).toEqual(new Set(['10000']));
});

test.each([undefined, 40, 24])('a line of progress stands on one row of a terminal of %s columns', async (columns) => {
  let now = 6;
  const clock = vi.spyOn(process, 'uptime').mockImplementation(() => now);
  onTestFinished(() => clock.mockRestore());
  const lines: string[] = [];
  const output = { isTTY: true, columns, write: async (text: string) => void lines.push(text) };
  const context = withProgress({ stdout: output, stderr: output } as never);
  for (; now < 9; now += 0.1) context.advance(read(Math.round(now * 100_000), now / 10));
  now += 1;
  context.progress('asking for a list of a tenant with a name that is longer than the screen '.repeat(2));
  const widths = lines.map((line) => line.replace('\r\u001b[K', '').length);
  expect(lines.length).toBeGreaterThan(5);
  expect(Math.max(...widths)).toBe((columns ?? 80) - 1);
});
