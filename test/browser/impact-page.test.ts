import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { workplace } from '../support/in-process.ts';
import { chromiumOfFile, hasChromium } from './chromium.ts';
import { LOW_CONTRAST } from './contrast.ts';

if (!hasChromium) console.warn('skipped: /usr/bin/chromium is not here, so no page was looked at in a real browser');

const STORY = join(process.cwd(), 'examples', 'know-before-you-switch');
/** A name that would run and ask if any string of data were markup. */
const EVIL = `WB110 <img src=https://evil.example/x onerror=document.title='pwned'>"'</script><script>document.title='pwned'</script>`;

/** The forecast of the example's bank as a page; one policy has a hostile name. */
async function page(): Promise<string> {
  const place = workplace();
  await place.gsa(['init', '--empty', '--name', 'Woodgrove Bank', '--created', '2025-09-01']);
  await place.gsa(['import', join(STORY, 'export')]);
  const file = JSON.parse(place.bytes());
  for (const policy of file.tenant.policies) {
    if (policy.displayName.startsWith('WB110')) policy.displayName = EVIL;
  }
  writeFileSync(place.tenant, JSON.stringify(file));
  const run = await place.gsa([
    'impact',
    join(STORY, 'signins.ndjson'),
    '--proxy-country',
    'CH',
    '-o',
    'html:impact.html',
  ]);
  expect([run.exitCode, run.stderr]).toEqual([0, 'written to `impact.html`\n']);
  return pathToFileURL(join(place.folder, 'impact.html')).href;
}

/** Runs inside the page, where the types of this project do not reach. */
const styleOf = (opened: Page, selector: string, property: string) =>
  opened.evaluate<string>(`getComputedStyle(document.querySelector('${selector}')).${property}`);

const columnOf = (opened: Page, section: string, column: number) =>
  opened.$$eval(
    'section',
    (sections, [heading, at]) =>
      sections
        .filter((each) => each.querySelector('h2')?.textContent === heading)
        .flatMap((each) => [...each.querySelectorAll('tbody tr')])
        .map((row) => row.children[Number(at)]?.textContent ?? ''),
    [section, String(column)],
  );

const inChromium = chromiumOfFile();

describe.skipIf(!hasChromium)('the page of a forecast, in a real browser', () => {
  test('is drawn whole, says nothing on the console and asks for nothing', async () => {
    await inChromium(await page(), { width: 1280, colorScheme: 'light' }, async ({ page: opened, said, asked }) => {
      expect(await opened.title()).toBe('What if signaling were disabled in Woodgrove Bank?');
      expect(await opened.textContent('p.lead')).toContain('16 newly blocked (5 users)');
      expect(await opened.$$eval('svg.chart rect.bar', (bars) => bars.length)).toBe(5);
      expect(await opened.$$eval('h2', (headings) => headings.map((each) => each.textContent))).toEqual([
        'Which policies decide',
        'Who is affected',
        'At which applications',
        'From where',
        'Worked examples',
        'What is not known',
        'How far to trust this',
        'What was asked',
      ]);
      // Closed by the hash of its own script: the page works, and nothing that data brings does.
      expect(await opened.title()).not.toContain('pwned');
      expect(await opened.textContent('main')).toContain(EVIL);
      expect(await opened.$$eval('img, iframe, link', (elements) => elements.length)).toBe(0);
      expect([said, asked]).toEqual([[], []]);
    });
  });

  test('sorts a table by a click on a header, and the other way by a second one', async () => {
    await inChromium(await page(), { width: 1280, colorScheme: 'light' }, async ({ page: opened, said }) => {
      const users = 'Who is affected';
      const written = await columnOf(opened, users, 0);
      const click = (name: string) =>
        opened
          .locator('section', { has: opened.locator('h2', { hasText: users }) })
          .getByRole('button', { name })
          .click();
      await click('User');
      expect(await columnOf(opened, users, 0)).toEqual([...written].sort());
      await click('User');
      expect(await columnOf(opened, users, 0)).toEqual([...written].sort().reverse());
      await click('Sign-ins');
      const numbers = (await columnOf(opened, users, 2)).map(Number);
      expect(numbers).toEqual([...numbers].sort((a, b) => b - a));
      await click('Sign-ins');
      expect((await columnOf(opened, users, 2)).map(Number)).toEqual([...numbers].reverse());
      const sorted = await opened.$$eval('th[aria-sort]', (headers) =>
        headers.map((each) => each.getAttribute('aria-sort')),
      );
      expect([sorted, said]).toEqual([['ascending'], []]);
    });
  });

  test('can be sorted without a mouse', async () => {
    await inChromium(await page(), { width: 1280, colorScheme: 'light' }, async ({ page: opened }) => {
      await opened.keyboard.press('Tab');
      await opened.keyboard.press('Enter');
      expect(await opened.getAttribute('th[aria-sort]', 'aria-sort')).toBe('ascending');
    });
  });

  test.each([
    [1280, 'light'],
    [1280, 'dark'],
    [400, 'light'],
    [400, 'dark'],
  ] as const)(
    'is readable at %i pixels, %s: nothing sticks out, and text stands out from its ground',
    async (width, colorScheme) => {
      const url = await page();
      await inChromium(url, { width, colorScheme }, async ({ page: opened, said }) => {
        const { SCREENSHOTS: folder } = process.env;
        if (folder !== undefined)
          await opened.screenshot({ path: join(folder, `impact-${width}-${colorScheme}.png`), fullPage: true });
        expect(await opened.evaluate('document.documentElement.scrollWidth')).toBe(width);
        expect(Number.parseFloat(await styleOf(opened, 'body', 'fontSize'))).toBeGreaterThanOrEqual(16);
        const low = await opened.evaluate<readonly string[]>(LOW_CONTRAST);
        // WCAG 2.2 AA asks for 4.5 to 1.
        expect([...new Set(low)]).toEqual([]);
        expect(said).toEqual([]);
      });
    },
  );

  test('dark is dark, and paper is white', async () => {
    await inChromium(await page(), { width: 1280, colorScheme: 'dark' }, async ({ page: opened }) => {
      const ground = () => styleOf(opened, 'body', 'backgroundColor');
      expect(await ground()).toBe('rgb(18, 21, 26)');
      await opened.emulateMedia({ media: 'print' });
      expect(await ground()).toBe('rgb(255, 255, 255)');
      expect(await styleOf(opened, 'p.lead', 'color')).toBe('rgb(0, 0, 0)');
      expect(await opened.evaluate(LOW_CONTRAST)).toEqual([]);
      // The check of contrast sees what it is there for.
      await opened.evaluate("document.querySelector('p.lead').style.color = '#aaa'");
      expect(await opened.evaluate(LOW_CONTRAST)).toContain('P lead 2.32');
    });
  });
});
