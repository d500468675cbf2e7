import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { chromium } from 'playwright-core';

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

/** Opens the file, lets `look` look, and closes the browser whatever happens. */
export async function inChromium(url: string, view: View, look: (opened: Opened) => Promise<void>): Promise<void> {
  const profile = await mkdtemp(join(tmpdir(), 'gsa-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: EXECUTABLE,
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    viewport: { width: view.width, height: 900 },
    colorScheme: view.colorScheme,
    timeout: PATIENCE,
  });
  context.setDefaultTimeout(PATIENCE);
  try {
    const page = await context.newPage();
    const said: string[] = [];
    const asked: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(error.message));
    page.on('request', (request) => {
      if (request.url() !== url) asked.push(request.url());
    });
    await page.goto(url);
    await look({ page, said, asked });
  } finally {
    await context.close();
    // Its last processes may still be writing there.
    await rm(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}
