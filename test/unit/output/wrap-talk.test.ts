import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { widthOf } from '../../../src/output/formats/cell-text.ts';
import { wrapTalk } from '../../../src/output/wrap-talk.ts';

describe('talk on a terminal', () => {
  test('is broken between words and never inside of a command', () => {
    expect(wrapTalk('hint: say it with `gsa impact signins.json --all`, or without, as you like', 30)).toBe(
      'hint: say it with\n`gsa impact signins.json --all`,\nor without, as you like',
    );
  });

  test.each([
    ['fits', 'short enough', 'short enough'],
    ['has lines of its own', 'one\ntwo', 'one\ntwo'],
    ['is far in', `  ${'word '.repeat(8).trim()}`, '  word word word\n  word word word\n  word word'],
    ['is one long word', 'x'.repeat(40), 'x'.repeat(40)],
    ['is no sentence but a request', `PATCH /${'x'.repeat(30)} 204`, `PATCH /${'x'.repeat(30)} 204`],
    ['has a backtick alone', 'a ` b', 'a ` b'],
  ])('that %s', (_what, text, lines) => {
    expect(wrapTalk(text, 20)).toBe(lines);
  });

  test('is as it was where no width is known', () => {
    expect(wrapTalk('x '.repeat(100), undefined)).toBe('x '.repeat(100));
  });

  test('loses no word, and no line of several words is too wide', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 }),
        fc.integer({ min: 24, max: 90 }),
        (words, width) => {
          const wrapped = wrapTalk(words.join(' '), width);
          expect(wrapped.split(/\s/)).toEqual(words);
          for (const line of wrapped.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(width);
        },
      ),
    );
  });
});
