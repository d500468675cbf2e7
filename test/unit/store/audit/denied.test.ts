import { appendFileSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { appendDenied, readDenied } from '../../../../src/store/audit/denied.ts';
import { inFolder } from '../../../support/store-samples.ts';

const attempt = (command: string) => ({
  ...{ activityDateTime: '2026-01-01T00:00:00Z', userPrincipalName: 'ada@contoso.com' },
  ...{ command, resultReason: 'no role that may' },
});

describe('attempts that were denied', () => {
  test('are read as they were written, oldest first, and for their owner only', () =>
    inFolder((folder) => {
      const path = join(folder, 'denied');
      appendDenied(path, attempt('first'));
      appendDenied(path, attempt('second'));
      expect(readDenied(path)).toEqual([attempt('first'), attempt('second')]);
      expect(statSync(path).mode & 0o777).toBe(0o600);
    }));

  test('are none where there is no file', () =>
    inFolder((folder) => {
      expect(readDenied(join(folder, 'denied'))).toEqual([]);
    }));

  test.each([
    ['what a crash cut', '{"activityDateTime":"2026'],
    ['no object', '7'],
    ['a list', '[]'],
    ['an object that lacks a member', '{"activityDateTime":"x","userPrincipalName":"y","command":"z"}'],
    ['a member that is no text', JSON.stringify({ ...attempt('x'), command: 7 })],
  ])('are read past %s', (_, line) =>
    inFolder((folder) => {
      const path = join(folder, 'denied');
      appendDenied(path, attempt('first'));
      appendFileSync(path, `${line}\n`);
      appendDenied(path, attempt('second'));
      expect(readDenied(path)).toEqual([attempt('first'), attempt('second')]);
    }),
  );

  test('make room after a mebibyte, and those before are kept', () =>
    inFolder((folder) => {
      const path = join(folder, 'denied');
      const line = `${JSON.stringify(attempt('long ago'))}\n`;
      writeFileSync(path, line.padEnd(1024 * 1024, '\n'));
      appendDenied(path, attempt('at the limit'));
      expect(existsSync(`${path}.1`)).toBe(false);
      appendDenied(path, attempt('beyond it'));
      expect(readFileSync(path, 'utf8')).toBe(`${JSON.stringify(attempt('beyond it'))}\n`);
      expect(readDenied(path).map(({ command }) => command)).toEqual(['long ago', 'at the limit', 'beyond it']);
    }));

  test('are not written into what is no file', () =>
    inFolder((folder) => {
      const [path, link, target] = ['folder', 'link', 'target'].map((name) => join(folder, name)) as [
        string,
        string,
        string,
      ];
      mkdirSync(path);
      writeFileSync(target, '');
      symlinkSync(target, link);
      for (const each of [path, link]) {
        appendDenied(each, attempt('first'));
        expect(readDenied(each)).toEqual([]);
      }
      expect(readFileSync(target, 'utf8')).toBe('');
    }));
});
