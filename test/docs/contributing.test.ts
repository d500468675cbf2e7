import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const codeOf = (file: string): readonly string[] =>
  [...readFileSync(file, 'utf8').matchAll(/`([^`\n]+)`/g)].map(([, text = '']) => text);

test('the recipes of CONTRIBUTING name files and folders that exist', () => {
  const named = codeOf('CONTRIBUTING.md').filter((text) =>
    /^(core|commands|output|intake|program)[\w/.-]*$/.test(text),
  );
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((text) => !existsSync(`src/${text}`))).toEqual([]);
});

test('every test that SECURITY cites exists', () => {
  const cited = codeOf('SECURITY.md').filter((text) => text.startsWith('test/'));
  expect(cited.length).toBeGreaterThan(8);
  expect(cited.filter((text) => !existsSync(text))).toEqual([]);
});
