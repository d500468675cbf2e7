import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { SignIn } from '../../../src/core/conditional-access/record/sign-in.ts';
import { workplace } from '../../support/in-process.ts';

const PAYROLL = '0f0f0f0f-0000-4000-8000-000000000001';
const TRAVEL = '0f0f0f0f-0000-4000-8000-000000000002';

/** What `gsa test generate` writes of sign-ins to these applications, and what `gsa test` then says of it. */
async function generated(...applications: readonly (readonly [id: string, name: string | undefined])[]) {
  const place = workplace();
  await place.gsa('init');
  const records = applications.map(
    ([resourceId, resourceDisplayName], at): Partial<SignIn> => ({
      id: `r${at}`,
      createdDateTime: '2026-01-14T08:00:00Z',
      userPrincipalName: 'joni.sherman@contoso.com',
      ipAddress: '203.0.113.25',
      isThroughGlobalSecureAccess: false,
      resourceId,
      ...(resourceDisplayName === undefined ? {} : { resourceDisplayName }),
    }),
  );
  writeFileSync(join(place.folder, 's.ndjson'), records.map((record) => JSON.stringify(record)).join('\n'));
  const run = await place.gsa('test generate s.ndjson --to t.gsatest.yaml');
  if (run.exitCode !== 0) throw new Error(run.stderr);
  return {
    text: readFileSync(join(place.folder, 't.gsatest.yaml'), 'utf8'),
    tested: await place.gsa('test t.gsatest.yaml'),
  };
}

test('applications are called as the records call them, and gsa test knows them by that', async () => {
  const { text, tested } = await generated([PAYROLL, 'Payroll'], [TRAVEL, 'Travel desk']);
  expect(text).toContain('joni.sherman@contoso.com on Payroll from');
  expect(text).toContain('app: Travel desk');
  expect(text).toContain(`Payroll: ${PAYROLL}`);
  expect(tested.exitCode).toBe(0);
});

test.each([
  [
    'one name of two applications names the first alone',
    [
      [PAYROLL, 'Payroll'],
      [TRAVEL, 'Payroll'],
    ],
    `app: ${TRAVEL}`,
  ],
  ['without a name the id stays', [[PAYROLL, undefined]], `app: ${PAYROLL}`],
  [
    'the name of an application that the tenant knows is not given to another',
    [[PAYROLL, 'Microsoft Graph']],
    `app: ${PAYROLL}`,
  ],
  ['`All` means something else', [[PAYROLL, 'All']], `app: ${PAYROLL}`],
  ['a name that JavaScript knows is a name', [[PAYROLL, 'constructor']], 'app: constructor'],
] as const)('%s', async (_title, applications, line) => {
  const { text, tested } = await generated(...applications);
  expect(text).toContain(line);
  expect([tested.exitCode, tested.stderr]).toEqual([0, tested.stderr]);
});

test('a name whose id is none is told with its place, and a mistyped name with the near one', async () => {
  const place = workplace();
  await place.gsa('init');
  const file = (id: string, app: string) =>
    `suite: s\nfixtures:\n  applications:\n    Payroll: ${id}\ntests:\n  - name: t\n    signIn: { user: joni.sherman@contoso.com, app: ${app}, via: direct, from: 203.0.113.25 }\n    expect: { outcome: granted }\n`;
  writeFileSync(join(place.folder, 'a.gsatest.yaml'), file('payroll', 'Payroll'));
  const wrong = await place.gsa('test a.gsatest.yaml');
  expect([wrong.exitCode, wrong.stdout + wrong.stderr]).toEqual([
    4,
    expect.stringContaining('`payroll` is not an application id'),
  ]);
  writeFileSync(join(place.folder, 'a.gsatest.yaml'), file(PAYROLL, 'Payrol'));
  const near = await place.gsa('test a.gsatest.yaml');
  expect(near.stdout + near.stderr).toContain('did you mean `Payroll`?');
});
