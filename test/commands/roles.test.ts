import { cpSync, existsSync, readFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PROGRAM } from '../../src/program.ts';
import type { CommandRun, Workplace } from '../support/in-process.ts';
import { workplace } from '../support/in-process.ts';
import { rolePlace } from '../support/role-place.ts';
import type { Tried } from '../support/role-table.ts';
import { ACTORS, addActors, isForbidden, roleTable, TRIED, upnOf } from '../support/role-table.ts';
import { PROJECT } from '../support/terminal.ts';

const place = workplace(afterAll);
let typed: (words: string) => readonly string[];

beforeAll(async () => {
  typed = await rolePlace(place);
});

test('docs/roles.md says what the rules say', () => {
  expect(readFileSync(join(PROJECT, 'docs/roles.md'), 'utf8')).toBe(roleTable());
});

test('the table has every command of the tree', () => {
  const commands = PROGRAM.flatMap(({ commands }) => commands)
    .filter(({ hidden }) => hidden !== true)
    .map(({ words }) => words);
  const missing = commands.filter((words) => !TRIED.some((tried) => `${tried.words} `.startsWith(`${words} `)));
  expect(missing).toEqual([]);
});

describe.each(TRIED)('gsa $words', (tried) => {
  test.each(ACTORS)('by %s', async (actor) => {
    if (isForbidden(actor, tried)) return await expectForbidden(tried, actor);
    // What changes nothing is tried in one place, which is quicker.
    const there = tried.writes === true ? copy(place) : place;
    const { exitCode, stderr } = await run(there, tried, actor);
    expect([0, 1, 3], stderr).toContain(exitCode);
    if (tried.writes !== true) expect(there.bytes()).toBe(place.bytes());
  });
});

async function expectForbidden(tried: Tried, actor: string): Promise<void> {
  const before = traces();
  const { exitCode, stdout, stderr } = await run(place, tried, actor);
  expect([exitCode, stdout], stderr).toEqual([5, '']);
  expect(stderr).toMatch(actor === 'disabled' ? /is disabled/ : /has no role that may/);
  expect(traces()).toEqual(before);
  const { value } = (await place.gsa('audit --limit 1 -o json')).json() as { value: Record<string, unknown>[] };
  expect(value[0]).toMatchObject({
    result: 'failure',
    initiatedBy: { user: { userPrincipalName: upnOf(actor) } },
    targetResources: [{ displayName: expect.stringContaining(`gsa ${tried.words.split(' ')[0]}`), type: 'Command' }],
  });
}

function run(there: Workplace, { words, goesOn }: Tried, actor: string): Promise<CommandRun> {
  const [own, program] = [typed(words), typed(words).indexOf('--')];
  const who = ['--no-input', '--as', upnOf(actor)];
  const line = program < 0 ? [...own, ...who] : own.toSpliced(program, 0, ...who);
  if (goesOn !== true) return there.gsa(line);
  const interrupted = new AbortController();
  const onWrite = (piece: string) => {
    if (piece.includes('Ctrl-C ends it')) interrupted.abort('SIGINT');
  };
  return there.gsa(line, { interrupted: interrupted.signal, onWrite });
}

/** Tenant file, journal and log as they are; what is not there is empty. */
function traces(): readonly string[] {
  const log = place.tenant.replace(/\.json$/, '.signins.db');
  return [place.tenant, `${place.tenant}.audit.ndjson`, log].map((path) =>
    existsSync(path) ? readFileSync(path).toString('base64') : '',
  );
}

function copy(from: Workplace): Workplace {
  const there = workplace();
  cpSync(from.folder, there.folder, { recursive: true });
  return there;
}

describe('pressing Tab offers the names of policies', () => {
  test.each(ACTORS)('to %s', async (actor) => {
    const { exitCode, stdout } = await place.gsa(['complete', 'policy', 'show', ''], { env: { GSA_AS: upnOf(actor) } });
    const isTold = !isForbidden(actor, { words: '', needs: ['policy.read'] });
    expect([exitCode, stdout.includes('CA001')]).toEqual([0, isTold]);
  });
});

describe('what changes nothing wants the right all the same', () => {
  const OF_POLICIES = 'policies.json';
  const ALL = 'policies.json namedLocations.json users.json';
  test.each([
    ['Security Reader', `import ${OF_POLICIES}`, 5],
    ['no role', `import ${OF_POLICIES} --dry-run`, 5],
    ['Global Secure Access Administrator', `import ${OF_POLICIES}`, 5],
    ['Conditional Access Administrator', `import ${OF_POLICIES}`, 0],
    ['Conditional Access Administrator', 'import users.json', 5],
    ['Conditional Access Administrator', `import ${ALL}`, 0],
    ['no role', `import ${ALL}`, 5],
    ['Security Reader', 'signaling enable', 5],
    ['Security Reader', 'policy set-state CA001 enabled', 5],
    ['no role', 'location trust Headquarters', 5],
    ['Security Administrator', 'tenant set --entra-id-plan P1', 5],
  ])('%s: gsa %s', async (actor, words, exitCode) => {
    const there = workplace();
    await there.gsa('init');
    addActors(there);
    await there.gsa('export held');
    const typed = words.replaceAll(/(\w+\.json)/g, `${join(there.folder, 'held')}/$1`);
    const before = there.bytes();
    const run = await there.gsa([...typed.split(' '), '--as', upnOf(actor)]);
    expect([run.exitCode, there.bytes()], run.stderr).toEqual([exitCode, before]);
    if (exitCode === 5) expect(run.stderr).toContain('has no role that may');
  });
});

test('a tenant that is replaced keeps who did it', async () => {
  const there = copy(place);
  await there.gsa(['init', '--force', '--as', upnOf('Global Administrator')]);
  const { value } = (await there.gsa('audit --limit 10000 -o json')).json() as { value: Record<string, unknown>[] };
  expect(value.find(({ result }) => result === 'success')).toMatchObject({
    initiatedBy: { user: { userPrincipalName: upnOf('Global Administrator') } },
  });
});

test('a request that the simulation denies is kept too, by the name of who sent it', async () => {
  const reader = upnOf('Global Reader');
  const interrupted = new AbortController();
  let said = '';
  const onWrite = (piece: string) => {
    said += piece;
    const [, url] = /Graph on (\S+);/.exec(said) ?? [];
    const [, certificate] = /client: (\S+)\n/.exec(said) ?? [];
    if (url === undefined || certificate === undefined || interrupted.signal.aborted) return;
    said = '';
    void deletePolicy(url, readFileSync(certificate, 'utf8')).then((status) => interrupted.abort(String(status)));
  };
  const { stderr } = await place.gsa(['serve', '--as', reader], { interrupted: interrupted.signal, onWrite });
  expect([interrupted.signal.reason, stderr]).toEqual(['403', stderr]);
  const { value } = (await place.gsa('audit --limit 1 -o json')).json() as { value: Record<string, unknown>[] };
  expect(value[0]).toMatchObject({
    initiatedBy: { user: { userPrincipalName: reader } },
    targetResources: [{ displayName: 'DELETE /v1.0/identity/conditionalAccess/policies/1' }],
  });
});

async function deletePolicy(url: string, ca: string): Promise<number | undefined> {
  const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: 'x' }).toString();
  const login = await sent('POST', `${url}/t/oauth2/v2.0/token`, ca, {}, form);
  const authorization = `Bearer ${JSON.parse(login.text).access_token}`;
  return (await sent('DELETE', `${url}/v1.0/identity/conditionalAccess/policies/1`, ca, { authorization })).status;
}

function sent(method: string, url: string, ca: string, headers: Record<string, string>, body = '') {
  return new Promise<{ readonly status: number | undefined; readonly text: string }>((resolve, reject) => {
    const asked = request(url, { method, ca, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece) => {
        text += piece;
      });
      response.on('end', () => resolve({ status: response.statusCode, text }));
    });
    asked.on('error', reject).end(body);
  });
}
