import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readSignIns } from '../../src/intake/sign-ins/read-sign-ins.ts';

/** A record as Graph writes it, member by member: long enough that the next one is known by its beginning. */
const RECORD: readonly (readonly [name: string, value: string])[] = [
  ['id', '"b5f1b2d0-0000-4000-8000-000000000001"'],
  ['createdDateTime', '"2026-01-15T09:00:00Z"'],
  ['userDisplayName', '"Zoë Łukasz"'],
  ['userPrincipalName', '"zoe@contoso.example"'],
  ['userId', '"a0000000-0000-4000-8000-000000000001"'],
  ['appId', '"00000002-0000-0ff1-ce00-000000000000"'],
  ['ipAddress', '"203.0.113.5"'],
  ['isInteractive', 'true'],
  ['autonomousSystemNumber', '8075'],
  ['riskLevelDuringSignIn', '"none"'],
  ['conditionalAccessAudiences', '["00000003-0000-0ff1-ce00-000000000000"]'],
  ['status', '{"errorCode":0,"failureReason":"Other.","additionalDetails":"MFA completed in Azure AD"}'],
  [
    'deviceDetail',
    '{"deviceId":"d0000000-0000-4000-8000-000000000001","operatingSystem":"Windows10","isCompliant":true}',
  ],
  ['location', '{"city":"Tōkyō","state":"Tokyo","countryOrRegion":"JP","geoCoordinates":{"latitude":35.68}}'],
  [
    'appliedConditionalAccessPolicies',
    '[{"id":"90000000-0000-4000-8000-000000000001","displayName":"One","result":"success","conditionsSatisfied":"users"},' +
      '{"id":"90000000-0000-4000-8000-000000000002","displayName":"Two","result":"notApplied","conditionsSatisfied":"none"}]',
  ],
  [
    'authenticationDetails',
    '[{"authenticationStepDateTime":"2026-01-15T09:00:00Z","authenticationMethod":"Password","succeeded":true,' +
      '"authenticationStepResultDetail":"Correct password","authenticationStepRequirement":"Primary authentication"}]',
  ],
];

/** What a value, or a member, is turned into in one line. */
const EDITS: Readonly<Record<string, (member: string, at: number) => string>> = {
  drop: () => '',
  twice: (member) => `${member},${member}`,
  'another value': (member) => member.replace(/:.*/s, ':"else"'),
  'no value': (member) => member.replace(/:.*/s, ':null'),
  'a longer number': (member) => member.replace(/(\d)$/, '$1.5e3'),
  'a number behind it': (member) => `${member}7`,
  'a letter behind it': (member) => `${member}x`,
  'an escaped name': (member) =>
    member.replace(/^"(.)/, (_, first: string) => `"\\u00${first.charCodeAt(0).toString(16)}`),
  'an escaped value': (member) => member.replace(/:"(.)/, (_, first: string) => `:"\\u00${hex(first)}`),
  'a blank': (member) => member.replace(':', ' :\t'),
  'a NUL': (member) => member.replace(/.$/s, '\0'),
  'a member before it': (member) => `"userAgent":"x",${member}`,
  'a dangerous member': (member) => `"__proto__":{"id":"x"},"constructor":1,${member}`,
  'a doubtful member': (member) => `"properties":{"userPrincipalName":"x"},${member}`,
  'deep nesting': (member) => `"riskState":${'['.repeat(62)}${']'.repeat(62)},${member}`,
  'deeper nesting': (member) => `"riskState":${'['.repeat(70)}${']'.repeat(70)},${member}`,
  'a large number': (member) => `"processingTimeInMilliseconds":123456789012345678901234567890e400,${member}`,
  'other digits': (member, at) => member.replace(/\d/, String(at % 10)),
  'other letters': (member, at) => member.replace(/[a-z](?=[^a-z]*$)/, 'aeiouxyz'.charAt(at % 8)),
  'cut off': (member, at) => member.slice(0, at % (member.length + 1)),
  'half a character': (member) => member.replace(/[^\x20-\x7e]/, '\ud800'),
};

function hex(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(2, '0');
}

const edits = fc.array(
  fc.record({ member: fc.nat({ max: RECORD.length - 1 }), edit: fc.constantFrom(...Object.keys(EDITS)), at: fc.nat() }),
  { maxLength: 2 },
);

const lines = fc
  .tuple(edits, fc.boolean(), fc.constantFrom('', ' ', '\r', '\ufeff', '}', ']'), fc.nat({ max: 3 }))
  .map(([each, isShifted, behind, user]) => {
    const members = RECORD.map(([name, value]) => `"${name}":${value.replace(/0001"/, `000${user}"`)}`);
    for (const { member, edit, at } of each) members[member] = EDITS[edit]?.(members[member] ?? '', at) ?? '';
    if (isShifted) members.push(...members.splice(2, 3));
    return `{${members.filter((member) => member !== '').join(',')}}${behind}`;
  });

const files = fc.record({
  list: fc.array(lines, { minLength: 2, maxLength: 8 }),
  before: fc.constantFrom('', '\ufeff', '\n', '\r\n'),
  between: fc.constantFrom('\n', '\r\n', '\n\n'),
  isList: fc.boolean(),
  damage: fc.option(fc.record({ at: fc.nat(), byte: fc.constantFrom(0, 0x22, 0x5c, 0x7d, 0x2c, 0x30, 0xc3, 0xff) }), {
    nil: undefined,
    freq: 3,
  }),
});

async function* pieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

async function itemsOf(bytes: Uint8Array, size: number, facts: object) {
  const items: unknown[] = [];
  for await (const item of readSignIns([{ name: 'it', stream: pieces(bytes, size) }], { facts })) {
    if ('skipped' in item) items.push(item);
    else {
      const { id, createdDateTime, record, attempt, marks, place } = item.signIn;
      items.push({ id, createdDateTime, record, attempt, marks, place });
    }
  }
  return items;
}

/** With a traffic log every record is read whole; this one knows nothing. */
const WHOLE = { sourceOf: () => undefined };

test('records that are nearly like the one before are each read as what they are', async () => {
  await fc.assert(
    fc.asyncProperty(
      files,
      fc.constantFrom(900, 4000, 1 << 20),
      async ({ list, before, between, isList, damage }, size) => {
        const text = isList ? `[${list.join(',')}]` : list.join(between);
        const bytes = Buffer.from(before + text);
        if (damage !== undefined) bytes[damage.at % bytes.length] = damage.byte;
        expect(await itemsOf(bytes, size, {})).toEqual(await itemsOf(bytes, size, WHOLE));
      },
    ),
    { numRuns: 500 },
  );
});

test('a line that breaks off leaves nothing of its own to the line behind it', async () => {
  const line = (device: string) =>
    `{${RECORD.map(([name, value]) => `"${name}":${value.replace('Windows10', device)}`).join(',')}}`;
  const [windows, linux] = [line('Windows10'), line('Linux')];
  const bytes = Buffer.from([windows, linux, windows, linux.slice(0, -9), windows, linux].join('\n'));
  const whole = await itemsOf(bytes, 1 << 20, WHOLE);
  expect(whole).toHaveLength(6);
  expect(await itemsOf(bytes, 1 << 20, {})).toEqual(whole);
});
