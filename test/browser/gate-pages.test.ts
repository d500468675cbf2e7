import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { workplace } from '../support/in-process.ts';
import { PROJECT } from '../support/terminal.ts';
import { chromiumOfFile, hasChromium } from './chromium.ts';
import { LOW_CONTRAST } from './contrast.ts';

const SIGN_INS = join(PROJECT, 'examples/contoso/signins.ndjson');
const FAILING = `suite: finance
tests:
  - name: Finance is let in from everywhere
    signIn: { user: joni.sherman@contoso.com, app: Office 365 Exchange Online, via: direct, from: 192.0.2.9, country: NL }
    expect: { outcome: granted }
`;

/** The page of a command, run three days in a row. */
async function pageOf(command: 'check' | 'test'): Promise<string> {
  const place = workplace();
  await place.gsa('init');
  mkdirSync(join(place.folder, 'tests'));
  await place.gsa(['test', 'generate', SIGN_INS, '--to', 'tests/today.gsatest.yaml']);
  writeFileSync(join(place.folder, 'tests/finance.gsatest.yaml'), FAILING);
  const words = command === 'check' ? ['check', '--fail-on', 'warning'] : ['test', 'tests'];
  for (const day of ['15', '16', '17']) {
    await place.gsa([...words, '--history', 'runs', '-o', 'html:page.html'], { now: `2026-01-${day}T09:00:00Z` });
  }
  return pathToFileURL(join(place.folder, 'page.html')).href;
}

const VIEWS = [
  { name: 'light', width: 1280, colorScheme: 'light' },
  { name: 'dark', width: 1280, colorScheme: 'dark' },
  { name: 'on a phone', width: 390, colorScheme: 'light' },
] as const;

const inChromium = chromiumOfFile();

describe.skipIf(!hasChromium)('the pages of gates, in a real browser', () => {
  test.each(['check', 'test'] as const)(
    'gsa %s says how it came out, by what, and how it came out before',
    async (command) => {
      const url = await pageOf(command);
      for (const { name, ...view } of VIEWS) {
        await inChromium(url, view, async ({ page, said, asked }) => {
          expect(await page.title()).toBe(`What gsa ${command} found`);
          // The word of the gate stands on top, before anything has to be read.
          const lead = (await page.textContent('p')) ?? '';
          expect(lead).toMatch(
            command === 'check'
              ? /^Gate --fail-on warning: FAILED, by 1 warning/
              : /^gsa test: FAILED, 9 passed, 1 failed/,
          );
          const rows = await page.$$eval(
            'section',
            (sections) =>
              sections
                .filter((each) => each.querySelector('h2')?.textContent === 'Runs so far')
                .flatMap((each) => [...each.querySelectorAll('tbody tr')]).length,
          );
          expect([name, rows]).toEqual([name, 3]);
          expect([name, await page.evaluate('document.documentElement.scrollWidth - innerWidth')]).toEqual([name, 0]);
          expect([name, await page.evaluate(LOW_CONTRAST)]).toEqual([name, []]);
          expect([said, asked]).toEqual([[], []]);
          if (process.env['SHOTS'] !== undefined)
            await page.screenshot({ path: join(process.env['SHOTS'], `${command}-${name}.png`), fullPage: true });
        });
      }
    },
  );
});
