import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { evaluate, GsaError, impact } from '../../src/library.ts';
import { workplace } from '../support/in-process.ts';
import { exchangesOf } from '../support/transcript.ts';

const signIns = join(import.meta.dirname, '../../examples/contoso/signins.ndjson');
const now = '2026-01-15T09:00:00Z';

/** A sign-in that ended before any policy was asked. */
const WRONG_PASSWORD = {
  id: 'bbbbbbbb-0000-4000-8000-000000000001',
  createdDateTime: '2026-01-10T08:00:00Z',
  userPrincipalName: 'joni.sherman@contoso.com',
  ipAddress: '203.0.113.10',
  status: { errorCode: 50126 },
  appliedConditionalAccessPolicies: [],
};

async function contoso() {
  const place = workplace();
  await place.gsa('init');
  return place;
}

test('evaluate answers as `gsa whatif -o json`', async () => {
  const place = await contoso();
  const run = await place.gsa(
    'whatif --user joni.sherman@contoso.com --app SharePoint --source-ip 203.0.113.25 --via gsa --platform windows ' +
      '--satisfied mfa --satisfied compliantDevice --device isCompliant=true --signaling disabled -o json',
  );
  const answer = await evaluate(
    {
      user: 'joni.sherman@contoso.com',
      app: 'SharePoint',
      sourceIp: '203.0.113.25',
      via: 'gsa',
      platform: 'windows',
      satisfied: ['mfa', 'compliantDevice'],
      device: { isCompliant: true },
      signaling: 'disabled',
    },
    { tenant: place.tenant, now },
  );
  expect({ schemaVersion: 1, ...answer }).toEqual(run.json());
  expect(answer.outcome).not.toBe('');
});

test('impact answers as `gsa impact -o json`', async () => {
  const place = await contoso();
  const words = ['impact', '--tenant', place.tenant, signIns, '--group-by', 'policy', '--fail-on', 'newlyBlocked'];
  const run = await place.gsa([...words, '-o', 'json'], { env: { GSA_TENANT: '' } });
  const answer = await impact(
    { signIns: [signIns], groupBy: 'policy', failOn: ['newlyBlocked'] },
    { tenant: place.tenant, now },
  );
  // Places are told from the folder that one stands in.
  const told = run.stdout.replaceAll('"file": "tenant.json"', `"file": ${JSON.stringify(place.tenant)}`);
  expect({ schemaVersion: 1, ...answer }).toEqual(JSON.parse(told));
  expect(answer.failed).toEqual(['newlyBlocked']);
});

describe('what is wrong is thrown, with its kind and what to do', () => {
  test.each([
    ['a tenant that is not there', { user: 'a' }, { tenant: '/nowhere/tenant.json' }, 'invalid'],
    ['a person whom the tenant does not have', { user: 'nobody@contoso.com', app: 'SharePoint' }, {}, 'invalid'],
    ['an option that there is not', { nonsense: 'x' }, {}, 'usage'],
    ['a value that there is not', { via: 'pigeon' as 'gsa' }, {}, 'usage'],
    ['a right that somebody lacks', { user: 'a', app: 'SharePoint' }, { as: 'joni.sherman@contoso.com' }, 'forbidden'],
  ])('%s', async (_what, signIn, where, kind) => {
    const place = await contoso();
    const asked = evaluate(signIn, { tenant: place.tenant, ...where });
    await expect(asked).rejects.toMatchObject({ name: 'GsaError', kind });
    await expect(asked).rejects.toBeInstanceOf(GsaError);
  });

  test('asking for help is no question', async () => {
    await expect(evaluate({ help: true })).rejects.toMatchObject({ kind: 'usage' });
  });
});

test('it prints nothing, and sets no exit code', async () => {
  const place = await contoso();
  const file = join(place.folder, 'unreached.json');
  writeFileSync(file, JSON.stringify([WRONG_PASSWORD]));
  const before = process.exitCode;
  const outlets = [
    vi.spyOn(process.stdout, 'write'),
    vi.spyOn(process.stderr, 'write'),
    ...(['log', 'info', 'warn', 'error'] as const).map((word) => vi.spyOn(console, word)),
  ];
  await evaluate({ user: 'joni.sherman@contoso.com', app: 'SharePoint' }, { tenant: place.tenant });
  await impact({ signIns: [file] }, { tenant: place.tenant });
  for (const outlet of outlets) expect(outlet).not.toHaveBeenCalled();
  expect(process.exitCode).toBe(before);
  vi.restoreAllMocks();
});

test('says of a gate over nothing that it is not green', async () => {
  const place = await contoso();
  const file = join(place.folder, 'unreached.json');
  writeFileSync(file, JSON.stringify([WRONG_PASSWORD]));
  const answer = await impact({ signIns: [file], failOn: ['newlyBlocked'] }, { tenant: place.tenant });
  expect(answer).toMatchObject({ failed: [], notProven: [], lacksPolicies: false, judgesNothing: true });
});

test('docs/library.md names every function, and shows no command that nobody runs', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/library.md'), 'utf8');
  for (const name of ['evaluate', 'impact', 'GsaError']) expect(page).toContain(`\`${name}`);
  expect(exchangesOf(page)).toEqual([]);
});
