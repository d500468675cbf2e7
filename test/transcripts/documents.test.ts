import { globSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PROJECT } from '../support/terminal.ts';
import { exchangesOf, runTranscript, withOutputs } from '../support/transcript.ts';

/**
 * Every `console` block of the documents is run against the real binary on a terminal of 80 columns and must print what
 * the document says. `UPDATE_TRANSCRIPTS=1 npx vitest run test/transcripts` writes what they print into the documents.
 */
const documents = globSync(['README.md', 'docs/**/*.md', 'examples/**/*.md'], { cwd: PROJECT })
  .sort()
  .map((document) => {
    const markdown = readFileSync(join(PROJECT, document), 'utf8');
    return { document, markdown, exchanges: exchangesOf(markdown) };
  })
  .filter(({ exchanges }) => exchanges.length > 0);

test('documents that show commands are found, the front page among them', () => {
  expect(documents.map(({ document }) => document)).toContain('README.md');
  expect(documents.flatMap(({ exchanges }) => exchanges).length).toBeGreaterThan(50);
});

describe.concurrent('what the documents show is what the binary prints', () => {
  for (const { document, markdown, exchanges } of documents) {
    test(document, async () => {
      const home = await mkdtemp(join(tmpdir(), 'gsa-transcript-'));
      const cwd = join(home, 'work');
      try {
        // README.md is followed from the project's own folder, every other document from its own.
        const [from, to] = document === 'README.md' ? ['examples', join(cwd, 'examples')] : [dirname(document), cwd];
        await cp(join(PROJECT, from), to, { recursive: true });
        const outputs = await runTranscript(exchanges, { cwd, home });
        const actual = withOutputs(markdown, outputs);
        if (process.env['UPDATE_TRANSCRIPTS'] !== undefined) await writeFile(join(PROJECT, document), actual);
        else expect(actual).toBe(markdown);
      } finally {
        await rm(home, { recursive: true, force: true });
      }
    });
  }
});
