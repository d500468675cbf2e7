import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { evaluate, GsaError, impact } from '../../src/library.ts';
import { isFresh } from '../library-types.ts';
import { workplace } from '../support/in-process.ts';
import { exchangesOf } from '../support/transcript.ts';

const signIns = join(import.meta.dirname, '../../examples/contoso/signins.ndjson');
const now = '2026-01-15T09:00:00Z';

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
  const before = process.exitCode;
  await evaluate({ user: 'joni.sherman@contoso.com', app: 'SharePoint' }, { tenant: place.tenant });
  expect(process.exitCode).toBe(before);
});

test('the types that ship are those of the source', () => expect(isFresh).not.toContain(false));

test('docs/library.md names every function, and shows no command that nobody runs', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/library.md'), 'utf8');
  for (const name of ['evaluate', 'impact', 'GsaError']) expect(page).toContain(`\`${name}`);
  expect(exchangesOf(page)).toEqual([]);
});
