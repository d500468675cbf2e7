import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contradictedMember } from '../../../../src/intake/sign-ins/json/contradicted-member.ts';
import { readAll, source } from '../../../support/read-all-sign-ins.ts';

const HEAD = '"id":"1","createdDateTime":"2026-01-15T08:00:00Z","userPrincipalName":"a@contoso.com"';
const record = (more: string) => `{${HEAD},${more}}`;

describe('a record that says two things of one member', () => {
  const RECORDS: readonly (readonly [string, string, string])[] = [
    ['its address', record('"ipAddress":"203.0.113.1","ipAddress":"198.51.100.1"'), 'ipAddress'],
    ['its person', record('"userPrincipalName":"b@contoso.com"'), 'userPrincipalName'],
    ['its id', record('"ipAddress":"203.0.113.1","id":"2"'), 'id'],
    ['its place', record('"location":{"countryOrRegion":"NL"},"location":null'), 'location'],
    ['one with an escaped name', record('"ipAddress":"203.0.113.1","ipAddres\\u0073":"198.51.100.1"'), 'ipAddress'],
    ['one with spaces between', record('"ipAddress" : "203.0.113.1" , "ipAddress" : 5'), 'ipAddress'],
    [
      'one in the properties of a diagnostic record',
      `{"category":"SignInLogs","time":"2026-01-15T08:00:00Z","properties":${record('"appId":"x","appId":"y"')}}`,
      'appId',
    ],
    [
      'a column of Log Analytics',
      '{"TimeGenerated":"2026-01-15T08:00:00Z","UserId":"a","IPAddress":"203.0.113.1","IPAddress":"198.51.100.1"}',
      'IPAddress',
    ],
  ];

  test.each(RECORDS)(
    '%s is left out and counted with the name of the member, in every form of file',
    async (_, text, name) => {
      for (const file of [text, `[${text}]`, `{"value":[${text}]}`, `${text}\n${record('"appId":"z"')}\n`]) {
        const { signIns, skipped } = await readAll([source(file, 's.json')]);
        expect(skipped.map(({ reason, message }) => [reason, message])).toEqual([
          ['contradictedMember', `the member \`${name}\` stands there a second time, with another value`],
        ]);
        expect(signIns.length).toBe(file.includes('"z"') ? 1 : 0);
      }
    },
  );

  test.each([
    ['the same value twice', record('"ipAddress":"203.0.113.1","ipAddress":"203.0.113.1"')],
    ['a member that nobody reads', record('"appId":"x","nobodyReads":1,"nobodyReads":2')],
    ['the same name in two objects', record('"appId":"x","location":{"id":"2"}')],
  ])('is none with %s', async (_, text) => {
    const { signIns, skipped } = await readAll([source(text, 's.json')]);
    expect([signIns.length, skipped]).toEqual([1, []]);
  });
});

test('exactly what reads otherwise from the front than from the end is contradicted', () => {
  const members = fc.array(
    fc.tuple(fc.constantFrom('id', 'ipAddress', 'appId', 'userId'), fc.jsonValue({ maxDepth: 2 })),
    {
      maxLength: 6,
    },
  );
  fc.assert(
    fc.property(members, (entries) => {
      const text = `{${entries.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`;
      const differs = entries.some(([name, value]) =>
        entries.some(([other, otherwise]) => name === other && JSON.stringify(value) !== JSON.stringify(otherwise)),
      );
      expect(contradictedMember(Buffer.from(text)) !== undefined).toBe(differs);
    }),
  );
});
