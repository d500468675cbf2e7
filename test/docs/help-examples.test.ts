import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NOUNS, PROGRAM } from '../../src/program.ts';
import { gitPlace } from '../support/git.ts';
import type { CommandRun, Workplace } from '../support/in-process.ts';
import { workplace } from '../support/in-process.ts';
import { PROJECT } from '../support/terminal.ts';

/** Lines that need something which a test has not: a server, a program of others, a person, or no end. */
const NOT_HERE = [
  /^az /,
  /pwsh/,
  /^gsa serve/,
  /^gsa engine clickhouse create (?!.*--print)/,
  /--engine clickhouse/,
  /^gsa impact keys\.json/,
  /^gsa logs .*(-f|--interactive)\b/,
  /^source /,
];

const SIGN_INS = readFileSync(join(PROJECT, 'examples/contoso/signins.ndjson'), 'utf8');
const ENTRA = join(PROJECT, 'examples/ci/entra');

const QUESTION = {
  signInIdentity: { '@odata.type': '#microsoft.graph.userSignIn', userId: 'a0000000-0000-4000-8000-000000000011' },
  signInContext: {
    '@odata.type': '#microsoft.graph.applicationContext',
    includeApplications: ['00000002-0000-0ff1-ce00-000000000000'],
  },
  signInConditions: { ipAddress: '203.0.113.25', country: 'NL', clientAppType: 'browser' },
};

const CSV = 'user,app,source-ip,country,via\njoni,Office 365 Exchange Online,203.0.113.25,NL,gsa\n';

/** The help of a command or a noun, as lines to type; a line that ends in a backslash goes on with the next. */
async function examplesOf(words: string): Promise<readonly string[]> {
  const { stdout } = await workplace().gsa([...words.split(' '), '--help'], { env: { COLUMNS: '120' } });
  const [, text = ''] = /\nExamples?:\n([\s\S]*?)(?:\n\n|\n*$)/.exec(stdout) ?? [];
  return text
    .replaceAll(/\\\n +/g, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** The sample tenant after a day of use, and the files that people who read the help have in their folder. */
async function fillDesk(): Promise<Workplace> {
  const place = workplace(afterAll);
  const { folder, gsa } = place;
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  for (const words of ['init', 'location add Branch 198.51.100.0/27', 'location remove Branch --yes']) await gsa(words);
  const list = SIGN_INS.trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
  for (const name of ['signins', 'policies', 'runs', 'tests']) mkdirSync(join(folder, name));
  for (const name of ['signins.ndjson', 'signins/day.ndjson']) write(name, SIGN_INS);
  write('signins.json', JSON.stringify({ value: list }));
  await gsa('replay signins.ndjson');
  for (const name of ['export', 'entra']) cpSync(ENTRA, join(folder, name), { recursive: true });
  for (const name of ['policies.json', 'namedLocations.json']) cpSync(join(ENTRA, name), join(folder, name));
  for (const name of ['changed', 'before', 'after', 'production']) write(`${name}.json`, place.bytes());
  await gsa('policy set-state CA003 disabled --tenant after.json --yes');
  write('body.json', JSON.stringify(QUESTION));
  write('questions.csv', CSV);
  cpSync(join(PROJECT, 'docs/known-findings/known.yaml'), join(folder, 'known.yaml'));
  writeFileSync(join(folder, 'change.sh'), '#!/bin/sh\ntrue\n', { mode: 0o755 });
  await gsa('test generate --from-logs --to policies/critical.gsatest.yaml');
  const tests = join(folder, 'policies/critical.gsatest.yaml');
  writeFileSync(tests, readFileSync(tests, 'utf8').replaceAll(/^( *)- name: /gm, '$1- tags: [critical]\n$1  name: '));
  await gsa('signaling disable --dry-run --report-only-policies --save plan.json');
  const repository = gitPlace(folder);
  writeFileSync(join(folder, 'entra/tenantStatus.json'), '{"onboardingStatus": "offboarded"}\n');
  repository.commit({ 'entra/users.json': '{"value": []}\n' });
  repository.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  cpSync(ENTRA, join(folder, 'entra'), { recursive: true });
  repository.commit({});
  return place;
}

let full: Workplace | undefined;

beforeAll(async () => {
  full = await fillDesk();
});

/** A copy for one help. */
function desk(): Workplace {
  const place = workplace();
  if (full !== undefined) cpSync(full.folder, place.folder, { recursive: true });
  return place;
}

/** The words of a line as a shell reads them, without where its output goes, and what comes in by a pipe. */
function read(line: string, folder: string): { readonly words: readonly string[]; readonly stdin?: string } {
  const [, file, piped] = /^cat (\S+) \| (.*)$/.exec(line) ?? [];
  const { stdout } = spawnSync('sh', ['-c', `printf '%s\\n' ${(piped ?? line).replace(/ > \S+$/, '')}`], {
    cwd: folder,
    encoding: 'utf8',
  });
  const words = stdout.trimEnd().split('\n').slice(1);
  return file === undefined ? { words } : { words, stdin: readFileSync(join(folder, file), 'utf8') };
}

async function typed(place: Workplace, line: string): Promise<CommandRun> {
  const { words, stdin } = read(line, place.folder);
  return place.gsa(words, { env: { PATH: process.env['PATH'] ?? '' }, ...(stdin === undefined ? {} : { stdin }) });
}

/** Done, a gate that says no, and the guard of a switch: every other code is a line that does not work. */
const WORKS: readonly number[] = [0, 1, 3];
const MAY_REFUSE = /signaling disable/;

const COMMANDS = PROGRAM.flatMap(({ commands }) => commands)
  .filter(({ hidden }) => hidden !== true)
  .map(({ words }) => words);

describe('the examples of every help work on the sample tenant as they are typed', () => {
  test.each([...COMMANDS, ...Object.keys(NOUNS)])('gsa %s', async (words) => {
    const lines = await examplesOf(words);
    expect(lines.length).toBeGreaterThan(0);
    const place = desk();
    if (words === 'init') rmSync(place.tenant);
    for (const line of lines.filter((each) => !NOT_HERE.some((pattern) => pattern.test(each)))) {
      if (words === 'init') rmSync(place.tenant, { force: true });
      const { exitCode, stderr } = await typed(place, line);
      const allowed = WORKS.filter((code) => code !== 3 || MAY_REFUSE.test(line));
      expect([line, allowed.includes(exitCode), stderr]).toEqual([line, true, stderr]);
    }
  });
});

test.each([...COMMANDS, ...Object.keys(NOUNS)])(
  'the help of %s is in words: no JSON, one way to write a title',
  async (words) => {
    const { stdout } = await workplace().gsa([...words.split(' '), '--help']);
    expect(stdout).not.toMatch(/default: [[{]/);
    expect(
      [...stdout.matchAll(/^([A-Z][A-Za-z ]*):$/gm)]
        .map(([, title = '']) => title)
        .filter((title) => / [A-Z]/.test(title)),
    ).toEqual([]);
  },
);
