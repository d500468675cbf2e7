import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { GrantControls } from '../../src/core/tenant/policy.ts';
import type { CertificateReport } from '../../src/output/reports/proof/certificate.ts';
import type { ProofReport } from '../../src/output/reports/proof/report.ts';
import type { Workplace } from '../support/in-process.ts';
import { workplace } from '../support/in-process.ts';

const METADATA = 'https://graph.microsoft.com/v1.0/$metadata#identity/conditionalAccess';

/** An export of one policy for everybody and everything. */
function exported({ folder }: Workplace, name: string, grantControls: GrantControls): void {
  mkdirSync(join(folder, name), { recursive: true });
  const policy = {
    ...{ id: '90000000-0000-4000-8000-000000000001', displayName: 'Sign in well', state: 'enabled' },
    conditions: {
      users: { includeUsers: ['All'] },
      applications: { includeApplications: ['All'] },
      clientAppTypes: ['all'],
    },
    ...{ grantControls, sessionControls: null },
  };
  for (const [list, value] of [
    ['policies', [policy]],
    ['namedLocations', []],
  ] as const) {
    const text = JSON.stringify({ '@odata.context': `${METADATA}/${list}`, value });
    writeFileSync(join(folder, name, `${list}.json`), text);
  }
}

const MFA: GrantControls = { operator: 'OR', builtInControls: ['mfa'] };
const strength = (authenticationStrength: object, ...builtInControls: string[]): GrantControls => ({
  ...{ operator: 'OR', builtInControls },
  authenticationStrength,
});
const builtIn = (digit: number, displayName: string) => ({
  id: `00000000-0000-0000-0000-00000000000${digit}`,
  displayName,
});
const MULTIFACTOR = strength(builtIn(2, 'Multifactor authentication'));
const PASSWORDLESS = strength(builtIn(3, 'Passwordless MFA'));
const RESISTANT = strength(builtIn(4, 'Phishing-resistant MFA'));
/** As Graph gives it where no key or certificate is restricted. */
const ANY_KEYS = { combinationConfigurations: [] };
const ours = (...allowedCombinations: string[]) =>
  strength({ id: 'ours', displayName: 'Ours', allowedCombinations, ...ANY_KEYS });
const keysOf = (allowedAAGUIDs: string[]) => ({
  combinationConfigurations: [{ appliesToCombinations: ['fido2'], allowedAAGUIDs }],
});
const KEYS = strength({ id: 'keys', displayName: 'Keys', allowedCombinations: ['fido2'], ...keysOf(['a']) });
const LOST = strength({ id: 'lost', displayName: 'Lost' });

function between(before: GrantControls, after: GrantControls): Workplace {
  const place = workplace();
  exported(place, 'before', before);
  exported(place, 'after', after);
  return place;
}

describe('gsa policy diff', () => {
  const looser = (place: Workplace, from: string, to: string) =>
    place.gsa(`policy diff ${from} ${to} --signaling enabled --fail-on looser -o json`);

  test.each<[string, GrantControls, GrantControls]>([
    ['from MFA to the built-in strength of MFA', MFA, MULTIFACTOR],
    ['from MFA to passwordless', MFA, PASSWORDLESS],
    ['from MFA to phishing-resistant', MFA, RESISTANT],
    ['from passwordless to phishing-resistant', PASSWORDLESS, RESISTANT],
    ['to a narrower strength of the same name', ours('fido2', 'password,sms'), ours('fido2')],
  ])('%s is stricter and nothing else, and the way back is looser', async (_, less, more) => {
    const place = between(less, more);
    const [there, back] = [await looser(place, 'before', 'after'), await looser(place, 'after', 'before')];
    expect([there.exitCode, (there.json() as unknown as ProofReport).verdict]).toEqual([0, 'stricter']);
    expect([back.exitCode, (back.json() as unknown as ProofReport).verdict]).toEqual([1, 'looser']);
  });

  test.each<[string, GrantControls, GrantControls, string]>([
    ['to a strength that also takes a password', MFA, ours('fido2', 'password'), 'both'],
    ['to a strength of other combinations', ours('password,sms'), ours('password,voice'), 'both'],
    ['from a combination that nobody knows', ours('handshake'), ours('password,voice'), 'both'],
    ['from certain keys to any', KEYS, ours('fido2'), 'looser'],
    ['to a combination that nobody knows', MFA, ours('handshake'), 'stricter'],
  ])('%s is no gate’s green', async (_, before, after, verdict) => {
    const run = await looser(between(before, after), 'before', 'after');
    expect([run.exitCode, (run.json() as unknown as ProofReport).verdict]).toEqual([1, verdict]);
  });

  test('a strength whose combinations an export lost leaves it unknown, by name', async () => {
    const run = await looser(between(MFA, LOST), 'before', 'after');
    const { verdict, value } = run.json() as unknown as ProofReport;
    expect([run.exitCode, verdict]).toEqual([1, 'unknown']);
    expect(value.map(({ hangsOn }) => hangsOn)).toEqual([['combinations that Lost allows']]);
  });

  test('the same strength by another name and id changes nothing', async () => {
    const other = strength({ id: 'b', displayName: 'B', allowedCombinations: ['fido2', 'sms,password'], ...ANY_KEYS });
    const run = await looser(between(ours('password,sms', 'fido2'), other), 'before', 'after');
    expect((run.json() as unknown as ProofReport).verdict).toBe('equivalent');
  });
});

/** A tenant of the export before, and one of that after. */
async function tenants(before: GrantControls, after: GrantControls): Promise<Workplace> {
  const place = between(before, after);
  for (const name of ['after', 'before']) {
    await place.gsa('init --empty --force --created 2026-01-01');
    expect((await place.gsa(`import ${name}/policies.json ${name}/namedLocations.json`)).exitCode).toBe(0);
    writeFileSync(join(place.folder, `${name}.json`), place.bytes());
  }
  return place;
}

test('gsa impact --all certifies it, and the certificate holds', async () => {
  const place = await tenants(MFA, RESISTANT);
  const run = await place.gsa('impact --all --with after --certificate proof.json --fail-on looser -o json');
  expect([run.exitCode, (run.json() as unknown as ProofReport).verdict]).toEqual([0, 'stricter']);
  const checked = (await place.gsa('check certificate proof.json -o json')).json() as unknown as CertificateReport;
  expect(checked).toMatchObject({ holds: true, value: [] });
});

describe('gsa impact', () => {
  /** Somebody who is asked for MFA and has not done it. */
  const prompted = {
    ...{ id: 'one', createdDateTime: '2026-11-01T09:00:00Z', isInteractive: true, clientAppUsed: 'Browser' },
    ...{ userId: 'a0000000-0000-4000-8000-000000000001', userPrincipalName: 'ann@contoso.com' },
    ...{ resourceId: '00000002-0000-0ff1-ce00-000000000000', resourceDisplayName: 'Office 365 Exchange Online' },
    ...{ ipAddress: '198.51.100.7', location: { countryOrRegion: 'NL' }, riskLevelDuringSignIn: 'none' },
    ...{ status: { errorCode: 50074 }, deviceDetail: { deviceId: '', operatingSystem: 'Windows' } },
  };

  const gate = async (before: GrantControls, after: GrantControls) => {
    const place = await tenants(before, after);
    writeFileSync(join(place.folder, 'signins.ndjson'), `${JSON.stringify(prompted)}\n`);
    const run = await place.gsa('impact signins.ndjson --against after.json --fail-on lessProtected');
    return run.exitCode;
  };

  test('who is asked for MFA and then for a strength that is MFA is no less protected, and the other way is', async () => {
    expect([await gate(MFA, RESISTANT), await gate(MFA, MULTIFACTOR), await gate(RESISTANT, MFA)]).toEqual([0, 0, 1]);
  });

  test('a strength whose combinations are not known fails the gate', async () => {
    expect(await gate(MFA, LOST)).toBe(1);
  });
});
