import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { workplace } from '../support/in-process.ts';
import { PROJECT, runOnTerminal } from '../support/terminal.ts';
import { exchangesOf } from '../support/transcript.ts';

const README = readFileSync(join(PROJECT, 'README.md'), 'utf8');

/** The lines that the front page gives to those who have an export of their own. */
function ownLines(): string {
  const [, lines] = /## With your own export\n\n```\n([\s\S]*?)```/.exec(README) ?? [];
  if (lines === undefined) throw new Error('README.md has no lines for an export of your own');
  return lines.replaceAll('signins.json', 'signins.ndjson');
}

/** A folder with the files that the lines name, and a home without a tenant. */
function folders(): { readonly cwd: string; readonly home: string } {
  const home = mkdtempSync(join(tmpdir(), 'gsa-own-lines-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const cwd = join(home, 'work');
  cpSync(join(PROJECT, 'examples'), join(cwd, 'examples'), { recursive: true });
  cpSync(join(PROJECT, 'examples/know-before-you-switch/export'), cwd, { recursive: true });
  cpSync(join(PROJECT, 'examples/know-before-you-switch/signins.ndjson'), join(cwd, 'signins.ndjson'));
  return { cwd, home };
}

test('the lines for an export of your own work after the first lines of the page, and leave the sample tenant alone', async () => {
  const places = folders();
  const sample = join(places.home, '.config/gsa/tenant.json');
  for (const { command } of exchangesOf(README)) await runOnTerminal(command, places);
  const before = readFileSync(sample, 'utf8');
  const { output, exitCode } = await runOnTerminal(`set -e\n${ownLines()}`, places);
  expect(output).toMatch(/\d of \d files taken into Fabrikam/);
  expect(output).toContain('What if signaling were disabled in Fabrikam?');
  expect(output).toContain('Dry run');
  expect(exitCode).toBe(3);
  expect(readFileSync(sample, 'utf8')).toBe(before);
  expect(existsSync(join(places.cwd, 'fabrikam.json'))).toBe(true);
});

test('a tenant that is there is named where another is to be made, with the line that makes it beside', async () => {
  const place = workplace();
  await place.gsa('init');
  const { exitCode, stderr } = await place.gsa(['init', '--empty', '--name', 'North & South']);
  expect(exitCode).toBe(3);
  expect(stderr).toContain('`Contoso` with 14 policies');
  const [, line = ''] = /`gsa (init [^`]*)`/.exec(stderr) ?? [];
  expect(line).toBe("init --empty --name 'North & South' --tenant north-south.json");
  await place.gsa(['init', '--empty', '--name', 'North & South', '--tenant', 'north-south.json']);
  expect(existsSync(join(place.folder, 'north-south.json'))).toBe(true);
});

test.each<[string, string, string | RegExp, boolean]>([
  ['the sample tenant', 'init', 'taken into Contoso', true],
  ['a tenant of its own', 'init --empty --name Fabrikam', 'taken into Fabrikam', false],
])('an import says that it goes into %s', async (_what, init, said, isWarned) => {
  const place = workplace();
  await place.gsa(init);
  const file = join(PROJECT, 'examples/own-export/export/users.json');
  const run = await place.gsa(['import', file]);
  expect(run.stdout).toContain(said);
  expect(run.stderr.includes('is the sample tenant')).toBe(isWarned);
  const again = await place.gsa(['import', file]);
  expect(again.stderr).not.toContain('is the sample tenant');
});
