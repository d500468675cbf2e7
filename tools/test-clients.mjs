// The real clients against `gsa serve --proxy`: Debian's azure-cli, CLI for Microsoft 365, Azure's identity library with Graph's
// own client, and curl. Each signs in as it always does, reads, is refused the switch, changes a policy, and runs what
// `gsa import --requests` prints for it, which must import whole. `npm run test:clients`; az is installed with apt where this runs as root
// on Debian, the npm ones into node_modules/.cache/clients. What is not to be had is skipped by its name. A failure makes the
// exit code 1, and so does a run in which nothing could be tried.
import { spawn, spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const GSA = join(ROOT, 'bin/gsa.js');
/** The Node of the repository: an older one would only hand over to it. */
const NODE = join(ROOT, 'node_modules/.bin/node');
const CACHE = join(ROOT, 'node_modules/.cache/clients');
const TENANT_ID = 'c0000000-0000-4000-8000-000000000001';
const APPLICATION = 'd0000000-0000-4000-8000-0000000000ff';
const POLICY = '20000000-0000-4000-8000-000000000001';
const GRAPH = 'https://graph.microsoft.com';
const SETTINGS = '/networkAccess/settings/conditionalAccess';
const PACKAGES = ['@pnp/cli-microsoft365@11.11.0', '@azure/identity@4.14.1', '@microsoft/microsoft-graph-client@3.0.7'];

const folder = mkdtempSync(join(tmpdir(), 'gsa-clients-'));
const home = join(folder, 'home');
mkdirSync(home);

/** @type {NodeJS.ProcessEnv} */
const own = {
  ...process.env,
  PATH: [join(ROOT, 'node_modules/.bin'), join(CACHE, 'node_modules/.bin'), process.env['PATH']].join(delimiter),
  HOME: home,
  XDG_CONFIG_HOME: home,
  GSA_TENANT: join(folder, 'tenant.json'),
  AZURE_CONFIG_DIR: join(home, 'azure'),
  AZURE_CORE_COLLECT_TELEMETRY: 'false',
  AZURE_CORE_NO_COLOR: 'true',
  CLIMICROSOFT365_NOUPDATE: '1',
};

/**
 * @param {readonly string[]} words
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string, input?: string }} [how]
 */
function run([program = '', ...words], { env = own, cwd = folder, input } = {}) {
  const { status, stdout, stderr, error } = spawnSync(program, words, {
    env,
    cwd,
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    timeout: 900_000,
  });
  return { status, stdout: stdout ?? '', stderr: stderr ?? '', ran: error === undefined };
}

/** @param {readonly string[]} words */
function gsa(words, env = own, cwd = folder) {
  const result = run([NODE, GSA, ...words], { env, cwd });
  if (result.status !== 0) throw new Error(`gsa ${words.join(' ')}: ${result.status} ${result.stdout}${result.stderr}`);
  return result.stdout;
}

let failed = 0;
let passed = 0;

/**
 * @param {string} what
 * @param {() => unknown} work says by a text what is wrong
 */
function step(what, work) {
  const started = performance.now();
  let wrong;
  try {
    wrong = work();
  } catch (error) {
    wrong = error instanceof Error ? error.message : String(error);
  }
  const isWrong = typeof wrong === 'string';
  if (isWrong) failed += 1;
  else passed += 1;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(`${isWrong ? 'FAILED' : 'ok    '} ${what} (${seconds} s)${isWrong ? `: ${wrong}` : ''}\n`);
}

/**
 * @param {ReturnType<typeof run>} result
 * @param {number} status
 * @param {string} words that must stand in what it says
 */
function says(result, status, words) {
  const text = result.stdout + result.stderr;
  return result.status === status && text.includes(words) ? undefined : `${result.status} ${text.slice(0, 600)}`;
}

/** Debian's azure-cli, installed where that can be done. */
function haveAz() {
  if (run(['az', 'version']).status === 0) return undefined;
  if (process.getuid?.() !== 0) return 'az is not here, and only root may install it';
  if (!run(['apt-cache', 'policy', 'azure-cli']).stdout.includes('Candidate: 2')) return 'apt has no azure-cli';
  const installed = run(['apt-get', 'install', '-y', '--no-install-recommends', 'azure-cli']);
  return installed.status === 0 ? undefined : `apt-get install azure-cli: ${installed.stderr.slice(-300)}`;
}

/** The clients that are npm packages, beside the project and not in it. */
function havePackages() {
  mkdirSync(CACHE, { recursive: true });
  const names = PACKAGES.map((each) => each.replace(/(.)@.*/, '$1'));
  const present = names.every((name) => readdirSync(CACHE).length > 0 && isThere(join(CACHE, 'node_modules', name)));
  if (present) return undefined;
  const installed = run(['npm', 'install', '--prefix', CACHE, '--no-audit', '--no-fund', ...PACKAGES], {
    env: process.env,
  });
  return installed.status === 0 ? undefined : `npm install: ${installed.stderr.slice(-300)}`;
}

/** @param {string} path */
function isThere(path) {
  try {
    return readdirSync(path).length > 0;
  } catch {
    return false;
  }
}

/** Starts the server; its lines go into a file, because this program waits for its clients and reads no pipe meanwhile. */
async function startServer() {
  const file = join(folder, 'server.log');
  const output = openSync(file, 'w');
  const child = spawn(NODE, [GSA, 'serve', '--proxy'], { env: own, stdio: ['ignore', 'ignore', output] });
  const log = () => readFileSync(file, 'utf8');
  while (!log().includes('CURL_CA_BUNDLE')) {
    if (child.exitCode !== null) throw new Error(`gsa serve ended: ${log()}`);
    await setTimeout(100);
  }
  const lines = [...log().matchAll(/^ {2}export (\w+)=(.*)$/gm)];
  return { child, log, variables: Object.fromEntries(lines.map(([, name, value = '']) => [name, unquoted(value)])) };
}

/** @param {string} word of a shell */
function unquoted(word) {
  return word.replace(/^'(.*)'$/, '$1');
}

/**
 * Runs what `gsa import --requests TOOL` prints until it has nothing more to ask for, and imports it into an empty tenant: it must
 * hold then what the server's has.
 * @param {string} tool
 * @param {NodeJS.ProcessEnv} env of the client
 */
function exportsWhole(tool, env) {
  const place = join(folder, `export-${tool}`);
  mkdirSync(place);
  const mine = { ...own, GSA_TENANT: join(place, '.tenant.json') };
  gsa(['init', '--empty', '--quiet'], mine);
  // The first script brings the policies; the second asks for the members of the groups that they name.
  for (const round of ['first', 'second']) {
    const script = gsa(['import', '--requests', tool], mine).replaceAll('SINCE', '2026-01-01T00:00:00Z');
    const into = join(place, round);
    mkdirSync(into);
    const ran = run(['sh', '-s'], { env, cwd: into, input: script });
    if (ran.status !== 0) return `the script ended with ${ran.status}: ${ran.stderr.slice(-400)}`;
    for (const file of readdirSync(into))
      if (file.startsWith('signIns')) renameSync(join(into, file), join(place, file));
    if (readdirSync(into).length > 0) gsa(['import', '.', '--quiet'], mine, into);
  }
  const signIns = readdirSync(place).filter((file) => file.startsWith('signIns'));
  if (signIns.length === 0) return 'no sign-ins came';
  const impact = run([NODE, GSA, 'impact', ...signIns], { env: mine, cwd: place });
  if (impact.status !== 0) return `gsa impact: ${impact.stderr}`;
  return differences(own, mine);
}

/**
 * @param {NodeJS.ProcessEnv} server
 * @param {NodeJS.ProcessEnv} imported
 */
function differences(server, imported) {
  for (const list of ['policies', 'namedLocations', 'users', 'roleAssignments', 'servicePrincipals']) {
    const there = idsOf(server, list);
    const here = idsOf(imported, list);
    if (there.length === 0 || there.join() !== here.join())
      return `${list}: ${there.length} there, ${here.length} imported`;
  }
  const status = (/** @type {NodeJS.ProcessEnv} */ env) =>
    tenantOf(env).globalSecureAccess.conditionalAccess.signalingStatus;
  return status(server) === status(imported) ? undefined : 'the signaling status is another one';
}

/** @param {NodeJS.ProcessEnv} env */
function tenantOf(env) {
  return JSON.parse(readFileSync(env['GSA_TENANT'] ?? '', 'utf8')).tenant;
}

/**
 * Those that are eligible for a role are no part of what is asked for.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} list
 * @returns {string[]}
 */
function idsOf(env, list) {
  return (tenantOf(env)[list] ?? [])
    .filter((/** @type {{ status?: string }} */ { status }) => status !== 'eligible')
    .map((/** @type {{ id?: string, principalId?: string, roleDefinitionId?: string }} */ each) =>
      each.principalId === undefined ? `${each.id}` : `${each.principalId} ${each.roleDefinitionId}`,
    )
    .toSorted();
}

/** What a policy is called in the file. */
function stateOfPolicy() {
  return tenantOf(own).policies.find((/** @type {{ id: string }} */ { id }) => id === POLICY).state;
}

/** @param {NodeJS.ProcessEnv} env */
function tryAz(env) {
  const rest = (/** @type {readonly string[]} */ ...words) => run(['az', 'rest', ...words], { env });
  step('az: without the certificate no login comes through', () => {
    const { REQUESTS_CA_BUNDLE: _, CURL_CA_BUNDLE: __, ...untrusting } = env;
    return says(azLogin(untrusting), 1, 'CERTIFICATE_VERIFY_FAILED');
  });
  step('az login --service-principal', () => says(azLogin(env), 0, TENANT_ID));
  step('az rest GET reads every policy', () => {
    const read = rest('--method', 'get', '--url', `${GRAPH}/v1.0/identity/conditionalAccess/policies`);
    if (read.status !== 0) return read.stderr;
    return JSON.parse(read.stdout).value.length === tenantOf(own).policies.length ? undefined : read.stdout;
  });
  step('az rest PATCH of the switch is refused with the policies by name', () =>
    says(rest('--method', 'patch', '--url', `${GRAPH}/beta${SETTINGS}`, '--body', OFF), 1, 'CA003 Block Finance'),
  );
  step('az rest PATCH changes a policy', () => {
    const url = `${GRAPH}/v1.0/identity/conditionalAccess/policies/${POLICY}`;
    const sent = rest('--method', 'patch', '--url', url, '--body', '{"state":"disabled"}');
    return sent.status === 0 && stateOfPolicy() === 'disabled' ? undefined : sent.stderr;
  });
  step('az: what import --requests azrest prints comes back whole', () => exportsWhole('azrest', env));
  step('az: the script of examples/rehearse is refused, and mended it is green', rehearsesExample);
}

function rehearsesExample() {
  const place = join(folder, 'example');
  cpSync(join(ROOT, 'examples/rehearse'), place, { recursive: true });
  const mine = { ...own, GSA_TENANT: join(place, 'tenant.json') };
  gsa(['init', '--quiet'], mine);
  const before = readFileSync(mine.GSA_TENANT, 'utf8');
  for (const [script = '', status] of /** @type {const} */ ([
    ['./change.sh', 3],
    ['./mended.sh', 0],
  ])) {
    const ran = run([NODE, GSA, 'rehearse', '--', script], { env: mine, cwd: place });
    if (ran.status !== status) return `${script} ended with ${ran.status}: ${ran.stderr.slice(-400)}`;
  }
  return readFileSync(mine.GSA_TENANT, 'utf8') === before ? undefined : 'the tenant file was changed';
}

const OFF = JSON.stringify({ signalingStatus: 'disabled' });

/** @param {NodeJS.ProcessEnv} env */
function azLogin(env) {
  const words = ['-u', APPLICATION, '-p', 'not-a-secret', '--tenant', TENANT_ID, '--allow-no-subscriptions'];
  return run(['az', 'login', '--service-principal', ...words], { env });
}

/** @param {NodeJS.ProcessEnv} env */
function tryM365(env) {
  const m365 = (/** @type {readonly string[]} */ ...words) => run(['m365', ...words], { env });
  const login = ['login', '--authType', 'secret', '--appId', APPLICATION, '--tenant', TENANT_ID, '--secret', 'none'];
  step('m365 login --authType secret', () => says(m365(...login), 0, ''));
  step('m365: without the certificate nothing is read', () => {
    const { NODE_EXTRA_CA_CERTS: _, SSL_CERT_FILE: __, ...untrusting } = env;
    return says(run(['m365', 'request', '--url', `@graphbeta${SETTINGS}`], { env: untrusting }), 1, 'certificate');
  });
  step('m365 request reads the signaling settings', () =>
    says(m365('request', '--url', `@graphbeta${SETTINGS}`), 0, '"signalingStatus": "enabled"'),
  );
  step('m365 entra policy list --type conditionalAccess', () => {
    const read = m365('entra', 'policy', 'list', '--type', 'conditionalAccess', '--output', 'json');
    if (read.status !== 0) return read.stderr;
    return JSON.parse(read.stdout).length === tenantOf(own).policies.length ? undefined : read.stdout;
  });
  const patch = ['request', '--method', 'patch', '--content-type', 'application/json'];
  step('m365 request --method patch of the switch is refused', () =>
    says(m365(...patch, '--url', `@graphbeta${SETTINGS}`, '--body', OFF), 1, '409'),
  );
  step('m365 request --method patch changes a policy', () => {
    const url = `@graph/identity/conditionalAccess/policies/${POLICY}`;
    const sent = m365(...patch, '--url', url, '--body', '{"state":"enabledForReportingButNotEnforced"}');
    return sent.status === 0 && stateOfPolicy() === 'enabledForReportingButNotEnforced' ? undefined : sent.stderr;
  });
  step('m365: what import --requests m365 prints comes back whole', () => exportsWhole('m365', env));
}

/** @param {NodeJS.ProcessEnv} env */
function tryIdentity(env) {
  const program = join(CACHE, 'identity.mjs');
  writeFileSync(
    program,
    `import { ClientSecretCredential } from '@azure/identity';
import { Client } from '@microsoft/microsoft-graph-client';
import { TokenCredentialAuthenticationProvider } from '@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials/index.js';
const credential = new ClientSecretCredential('${TENANT_ID}', '${APPLICATION}', 'none');
const authProvider = new TokenCredentialAuthenticationProvider(credential, { scopes: ['${GRAPH}/.default'] });
const graph = Client.initWithMiddleware({ authProvider });
const policy = '/identity/conditionalAccess/policies/${POLICY}';
await graph.api(policy).patch({ state: 'enabled' });
console.log((await graph.api(policy).select('state').get()).state);
await graph.api('${SETTINGS}').version('beta').patch({ signalingStatus: 'disabled' }).catch((error) => console.log(error.statusCode));
`,
  );
  step('@azure/identity and the Graph client: sign in, change a policy, are refused the switch', () => {
    const ran = run([NODE, program], { env });
    return ran.stdout === 'enabled\n409\n' && stateOfPolicy() === 'enabled' ? undefined : ran.stdout + ran.stderr;
  });
}

/** @param {NodeJS.ProcessEnv} env */
function tryCurl(env) {
  step('curl: what import --requests curl prints comes back whole', () => {
    const form = `grant_type=client_credentials&client_id=${APPLICATION}&client_secret=none`;
    const url = `https://login.microsoftonline.com/${TENANT_ID}/oauth2/v2.0/token`;
    const signIn = run(['curl', '--fail', '--silent', '--show-error', '--data', form, url], { env });
    if (signIn.status !== 0) return signIn.stderr;
    return exportsWhole('curl', { ...env, TOKEN: JSON.parse(signIn.stdout).access_token });
  });
}

/**
 * @param {string} name
 * @param {string | undefined} missing
 * @param {() => void} work
 */
function tryOrSkip(name, missing, work) {
  if (missing === undefined) work();
  else process.stdout.write(`skipped ${name}: ${missing}\n`);
}

gsa(['init', '--quiet']);
gsa(['replay', join(ROOT, 'examples/contoso/signins.ndjson'), '--quiet']);
const server = await startServer();
try {
  const env = { ...own, ...server.variables };
  step('the certificate is of one server: no CA, for server authentication alone, valid for two days', () => {
    const certificate = new X509Certificate(readFileSync(env['NODE_EXTRA_CA_CERTS'] ?? ''));
    const days = (Date.parse(certificate.validTo) - Date.parse(certificate.validFrom)) / 86_400_000;
    const isNarrow = !certificate.ca && certificate.keyUsage?.join() === '1.3.6.1.5.5.7.3.1' && days <= 2;
    return isNarrow ? undefined : certificate.toString();
  });
  const noJq = run(['jq', '--version']).ran ? undefined : 'jq is not here, and the scripts need it';
  const noPackages = havePackages();
  tryOrSkip('curl', run(['curl', '--version']).ran ? noJq : 'curl is not here', () => tryCurl(env));
  tryOrSkip('@azure/identity', noPackages, () => tryIdentity(env));
  tryOrSkip('m365', noPackages ?? noJq, () => tryM365(env));
  tryOrSkip('az', noJq ?? haveAz(), () => tryAz(env));
  const pwsh = run(['pwsh', '-NoProfile', '-Command', 'Get-Module -ListAvailable Microsoft.Graph.Authentication']);
  const noPwsh = pwsh.ran && pwsh.stdout.includes('Graph') ? 'it signs in through a browser alone' : 'not here';
  tryOrSkip('graph-powershell', noPwsh, () => undefined);
  step('no secret stands in the log of the server', () =>
    /not-a-secret|secret=/.test(server.log()) ? 'one does' : undefined,
  );
} finally {
  server.child.kill('SIGINT');
  rmSync(folder, { recursive: true, force: true });
}
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 && passed > 2 ? 0 : 1;
