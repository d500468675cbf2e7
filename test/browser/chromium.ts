import { existsSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { afterAll } from 'vitest';

const EXECUTABLE = '/usr/bin/chromium';
export const hasChromium = existsSync(EXECUTABLE);

/** Milliseconds for each step: they only end hangs. */
const PATIENCE = 120_000;

export interface View {
  readonly width: number;
  readonly colorScheme: 'light' | 'dark';
}

/** A page of a real browser with a profile of its own, and everything it said or asked for. */
export interface Opened {
  readonly page: Page;
  /** Console lines, errors of the script, and refusals of the page's own policy. */
  readonly said: readonly string[];
  /** Addresses of everything but the page itself. */
  readonly asked: readonly string[];
}

export type Look = (url: string, view: View, look: (opened: Opened) => Promise<void>) => Promise<void>;

/** A browser for the tests of a file, begun with the first of them: opens a file, and lets `look` look. */
export function chromiumOfFile(): Look {
  let begun: Promise<Browser> | undefined;
  afterAll(async () => (await begun)?.close());
  return async (url, view, look) => {
    begun ??= chromium.launch({
      executablePath: EXECUTABLE,
      headless: true,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
      timeout: PATIENCE,
    });
    const browser = await begun;
    const { width, colorScheme } = view;
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
    context.setDefaultTimeout(PATIENCE);
    try {
      await look(await opened(context, url));
    } finally {
      await context.close();
    }
  };
}

async function opened(context: BrowserContext, url: string): Promise<Opened> {
  const page = await context.newPage();
  const said: string[] = [];
  const asked: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(error.message));
  page.on('request', (request) => {
    if (request.url() !== url) asked.push(request.url());
  });
  await page.goto(url);
  return { page, said, asked };
}
