import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { scannerCode } from '../../tools/scanner-code.mjs';

test('the compiled scanner is what its sources compile to: npm run scanner', async () => {
  expect(await scannerCode()).toBe(readFileSync('src/intake/sign-ins/scan/scanner-code.ts', 'utf8'));
});
