import { filter as otherParser } from 'odata-v4-parser';
import { describe, expect, test } from 'vitest';
import { holds } from '../../../../src/core/sign-in-log/holds.ts';
import { splitFilter } from '../../../../src/intake/odata/column-condition.ts';
import { matches } from '../../../../src/intake/odata/filter-matches.ts';
import { parseFilter } from '../../../../src/intake/odata/parse-filter.ts';
import { signIns } from '../../../support/generate-sign-ins.ts';
import { loggedSignIn } from '../../../support/store-samples.ts';

/** Filters from Graph's documentation of auditLogs/signIns and their kin. */
const ACCEPTED = [
  'createdDateTime ge 2026-01-01T00:00:00Z and createdDateTime lt 2026-01-02T00:00:00Z',
  "userPrincipalName eq 'ann@contoso.com'",
  "startsWith(appDisplayName,'Azure')",
  "startswith(userPrincipalName, 'o''brien')",
  'status/errorCode eq 0',
  'status/errorCode ne 0 and not (status/errorCode eq 50126)',
  "location/countryOrRegion eq 'IE' or location/city eq 'Lyon'",
  "signInEventTypes/any(t: t eq 'nonInteractiveUser')",
  "appliedConditionalAccessPolicies/any(p:p/result eq 'failure' and p/id eq '11111111-0000-4000-8000-000000000001')",
  'isThroughGlobalSecureAccess eq true',
  'correlationId eq 5d295068-919b-4017-85d8-44be2f5f5483',
  'servicePrincipalId eq null',
  "contains(tolower(userAgent),'chrome')",
  "(appId eq 'x') and (userId eq 'y' or userId eq 'z')",
];

describe('a filter is accepted', () => {
  test.each(ACCEPTED)('%s', (text) => {
    expect(() => parseFilter(text)).not.toThrow();
    // odata-v4-parser stands for the grammar; it knows neither `startsWith` with a capital nor a space behind the colon.
    expect(() => otherParser(text.replace('startsWith', 'startswith').replace(': ', ':'))).not.toThrow();
  });

  test('with in, which no other parser has', () => {
    expect(parseFilter("appDisplayName in ('a', 'b')")).toEqual({
      kind: 'in',
      operand: { kind: 'path', members: ['appDisplayName'], variable: false },
      values: [
        { kind: 'literal', value: 'a', type: 'text' },
        { kind: 'literal', value: 'b', type: 'text' },
      ],
    });
  });

  test('and binds tighter than or, not tighter than and', () => {
    const shape = (text: string) =>
      JSON.stringify(parseFilter(text), (name, value) =>
        name === 'value' || (typeof value === 'string' && name !== 'kind') ? undefined : value,
      );
    expect(shape('isInteractive or isTenantRestricted and not flaggedForReview')).toBe(
      shape('isInteractive or (isTenantRestricted and (not (flaggedForReview)))'),
    );
  });
});

describe('a filter is refused with its place', () => {
  test.each([
    ['', 1, 'here a member or a value is due', undefined],
    ["userPrincipalname eq 'x'", 1, 'no sign-in has a member `userPrincipalname`', 'did you mean `userPrincipalName`'],
    ['status/errorcode eq 0', 8, 'no sign-in has a member `errorcode`', 'did you mean `errorCode`?'],
    ["appId eq 'x", 10, 'this text has no closing quote', undefined],
    ["appId == 'x'", 7, 'this begins neither a name nor a value', undefined],
    ["appId equals 'x'", 7, 'there is no operator `equals`', undefined],
    ["appId eq 'x' adn userId eq 'y'", 14, 'here `and`, `or` or the end is due', undefined],
    ["begins(appId,'x')", 1, 'there is no function `begins`', undefined],
    ["(appId eq 'x'", 14, 'here `)` is due', undefined],
    ['createdDateTime ge 2026-02-30T00:00:00Z', 20, 'there is no time `2026-02-30T00:00:00Z`', undefined],
    ['status/errorCode in (1,', 24, 'here a value is due; texts stand in single quotes', undefined],
    [`${'('.repeat(60)}1`, 52, 'it is nested more than 50 levels deep', undefined],
  ])('%s', (text, column, what, hint) => {
    const refuse = () => parseFilter(text);
    expect(refuse).toThrow(`the filter cannot be read: ${what}`);
    const rest = text.slice(column - 1, column + 39);
    const problems = [{ line: 1, column, message: rest === '' ? 'its end' : `\`${rest}\`` }];
    expect(refuse).toThrow(expect.objectContaining({ kind: 'usage', problems }));
    if (hint !== undefined) expect(refuse).toThrow(expect.objectContaining({ hint: expect.stringContaining(hint) }));
  });
});

describe('a sign-in fits a filter', () => {
  const record = {
    id: 's1',
    createdDateTime: '2026-01-01T10:00:00.5Z',
    userPrincipalName: 'Ann@contoso.com',
    ipAddress: '2001:db8:0:0::1',
    status: { errorCode: 53003 },
    signInEventTypes: ['nonInteractiveUser'],
    isInteractive: false,
    appliedConditionalAccessPolicies: [
      { id: 'a', result: 'failure' },
      { id: 'b', result: 'success' },
    ],
  };
  const replay = {
    signalingStatus: 'disabled',
    outcome: 'blocked',
    decidedBy: ['a'],
    missing: [],
    tenantSerial: 1,
  } as const;

  test.each([
    ["userPrincipalName eq 'ann@CONTOSO.com'", true],
    ["userPrincipalName ne 'bob@contoso.com'", true],
    ["ipAddress eq '2001:db8::1'", true],
    ['createdDateTime ge 2026-01-01T10:00:00Z', true],
    ['createdDateTime gt 2026-01-01T10:00:00.5000Z', false],
    ['createdDateTime lt 2026-01-01T12:00:01+02:00', true],
    ['createdDateTime ge 2026-01-02', false],
    ['status/errorCode in (0, 53003)', true],
    ['status/errorCode gt 53002 and status/errorCode le 53003', true],
    ['isInteractive', false],
    ['not isInteractive', true],
    ['isInteractive eq false', true],
    ["startsWith(userPrincipalName,'ann') eq true", true],
    ["endsWith(userPrincipalName,'.COM')", true],
    ["contains(userPrincipalName,'x')", false],
    ["signInEventTypes/any(t: t eq 'nonInteractiveUser')", true],
    ["signInEventTypes/any(t:t eq 'interactiveUser')", false],
    ["appliedConditionalAccessPolicies/any(p:p/id eq 'a' and p/result eq 'success')", false],
    ["appliedConditionalAccessPolicies/any(p:p/id eq 'b' and p/result eq 'success')", true],
    ["appliedConditionalAccessPolicies/all(p:p/result ne 'notApplied')", true],
    ['riskEventTypes_v2/any()', false],
    ['servicePrincipalId eq null', true],
    ['servicePrincipalId ne null', false],
    ["servicePrincipalId ne 'x'", true],
    ["not (servicePrincipalId eq 'x')", true],
    ['autonomousSystemNumber lt 5', false],
    ["outcome eq 'blocked' and signalingStatus eq 'disabled' and contains(decidedBy,'a')", true],
    ["toUpper(userPrincipalName) eq 'ANN@CONTOSO.COM'", true],
  ])('%s: %s', (text, expected) => {
    expect(matches(parseFilter(text), { record, replay })).toBe(expected);
  });
});

describe('what columns can answer is asked of them', () => {
  test('and the rest of the record', () => {
    const { conditions, rest } = splitFilter(
      parseFilter(
        "status/errorCode ne 0 and contains(userAgent,'x') and ('IE' eq location/countryOrRegion or isThroughGlobalSecureAccess)",
      ),
    );
    expect(conditions).toEqual([
      { column: 'errorCode', operator: 'ne', value: 0 },
      {
        or: [
          { column: 'countryOrRegion', operator: 'eq', value: 'IE' },
          { column: 'isThroughGlobalSecureAccess', operator: 'eq', value: true },
        ],
      },
    ]);
    expect(rest).toMatchObject({ kind: 'call', function: 'contains' });
  });

  test('an event type is asked of the column that joins them', () => {
    expect(splitFilter(parseFilter("signInEventTypes/any(t:t eq 'interactiveUser')"))).toEqual({
      conditions: [
        {
          or: [
            { column: 'signInEventType', operator: 'eq', value: 'interactiveUser' },
            { column: 'signInEventType', operator: 'startsWith', value: 'interactiveUser,' },
            { column: 'signInEventType', operator: 'contains', value: ',interactiveUser' },
          ],
        },
      ],
      rest: undefined,
    });
  });

  test.each(ACCEPTED)('%s selects something reasonable among generated sign-ins', (text) => {
    const filter = parseFilter(text);
    const found = signIns(200).filter((record) => matches(filter, loggedSignIn(record)));
    expect(
      signIns(200).filter((record) => matches({ kind: 'not', operand: filter }, loggedSignIn(record))),
    ).toHaveLength(200 - found.length);
  });

  const mixed = [
    ...ACCEPTED,
    "contains(userAgent,'chrome') or ipAddress eq '2001:0db8::1' or not (status/errorCode ne 0 or isInteractive)",
    "not (createdDateTime lt 2026-01-10T00:00:00+02:00 and endsWith(userPrincipalName,'com'))",
  ];

  test.each(mixed)('%s finds the same by columns and rest as by the record alone', (text) => {
    const filter = parseFilter(text);
    const { conditions, rest } = splitFilter(filter);
    for (const record of signIns(200)) {
      const signIn = loggedSignIn(record);
      const isFound =
        conditions.every((condition) => holds(condition, signIn)) && (rest === undefined || matches(rest, signIn));
      expect(isFound).toBe(matches(filter, signIn));
    }
  });
});
