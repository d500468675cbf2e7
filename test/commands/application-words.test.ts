import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CONDITIONS } from '../../src/core/graph/policy-members.ts';
import type { Workplace } from '../support/in-process.ts';
import { workplace } from '../support/in-process.ts';

async function contoso(): Promise<Workplace> {
  const place = workplace();
  await place.gsa('init');
  return place;
}

const WHATIF = 'whatif --user joni.sherman@contoso.com --source-ip 203.0.113.25 --country NL --app'.split(' ');
const OFFICE_365 = [
  '`Office365` is a suite of applications that policies name, and none that a sign-in asks for',
  'name one of its applications, such as `Office 365 Exchange Online`, `Office 365 SharePoint Online`, `Skype for Business Online`',
] as const;

describe('a word by which policies name applications is none that somebody signs in to', () => {
  test.each([...CONDITIONS.applications.members.includeApplications.words])('%s', async (word) => {
    const place = await contoso();
    for (const typed of [word, word.toLowerCase()]) {
      const { exitCode, stdout, stderr } = await place.gsa([...WHATIF, typed]);
      expect([exitCode, stdout]).toEqual([4, '']);
      expect(stderr).toContain(`gsa: \`${word}\` is a `);
    }
  });

  test('a suite is told with some of its applications, and each of them can be asked for', async () => {
    const place = await contoso();
    const { stderr } = await place.gsa([...WHATIF, 'Office365', '-o', 'json']);
    const [message, hint] = OFFICE_365;
    expect(JSON.parse(stderr).error).toMatchObject({ kind: 'invalid', message, hint });
    const portals = await place.gsa([...WHATIF, 'MicrosoftAdminPortals']);
    const named = [hint, portals.stderr.slice(portals.stderr.indexOf('hint:'))].map((each) =>
      [...each.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
    );
    expect(named.map(({ length }) => length)).toEqual([3, 2]);
    for (const name of named.flat()) expect((await place.gsa([...WHATIF, name])).exitCode).toBe(0);
  });

  test.each(['Office 365', 'Microsoft Admin Portals'])('%s, as the portal writes it', async (name) => {
    const place = await contoso();
    const { exitCode, stderr } = await place.gsa([...WHATIF, name]);
    expect([exitCode, stderr]).toEqual([4, expect.stringContaining('is a suite of applications that policies name')]);
  });

  test('a tenant that says what its suite holds has its own in the hint', async () => {
    const place = await contoso();
    const file = JSON.parse(place.bytes());
    const [own] = file.tenant.servicePrincipals.filter(({ appId }: { appId?: string }) => appId !== undefined);
    const tenant = { ...file.tenant, applicationGroups: { Office365: [own.appId.toUpperCase()] } };
    writeFileSync(place.tenant, JSON.stringify({ ...file, tenant }));
    const { stderr } = await place.gsa([...WHATIF, 'Office365']);
    expect(stderr).toContain(`hint: name one of its applications, such as \`${own.displayName}\`\n`);
  });

  test('an application of the tenant that is called like one is asked for by its name', async () => {
    const place = await contoso();
    const file = JSON.parse(place.bytes());
    const [own] = file.tenant.servicePrincipals;
    const servicePrincipals = [{ ...own, displayName: 'Office365' }];
    writeFileSync(place.tenant, JSON.stringify({ ...file, tenant: { ...file.tenant, servicePrincipals } }));
    expect((await place.gsa([...WHATIF, 'office365'])).exitCode).toBe(0);
  });

  test('in a file of questions, with its line', async () => {
    const place = await contoso();
    writeFileSync(join(place.folder, 'q.csv'), 'user,app\njoni.sherman@contoso.com,Office365\n');
    const { exitCode, stderr } = await place.gsa('whatif --from q.csv');
    expect([exitCode, stderr]).toEqual([4, expect.stringContaining(`q.csv:2: ${OFFICE_365[0]}`)]);
  });

  test.each([
    'impact --all --of signaling=disabled --app Office365',
    'policy diff tenant.json tenant.json --app Office365',
  ])('gsa %s', async (line) => {
    const place = await contoso();
    const { exitCode, stderr } = await place.gsa(line);
    const [message, hint] = OFFICE_365;
    expect([exitCode, stderr]).toEqual([4, `gsa: ${message}\nhint: ${hint}\n`]);
  });

  test.each([
    [
      'a case',
      'signIn: { user: joni.sherman@contoso.com, app: Office365, path: direct }, expect: { outcome: granted }',
    ],
    ['an invariant', 'invariant: { for: { users: any, apps: [Office365], paths: any }, never: { outcome: blocked } }'],
  ])('in %s of a test file', async (_, said) => {
    const place = await contoso();
    writeFileSync(join(place.folder, 'a.gsatest.yaml'), `suite: s\ntests:\n  - { name: one, ${said} }\n`);
    const { exitCode, stdout, stderr } = await place.gsa('test a.gsatest.yaml');
    const told = `${stdout}${stderr}`;
    expect([exitCode, told]).toEqual([4, expect.stringContaining(OFFICE_365[0])]);
    expect(told).toContain(OFFICE_365[1]);
  });
});
