import fc from 'fast-check';

/** A record as Graph writes it, member by member: long enough that the next one is known by its beginning. */
export const RECORD: readonly (readonly [name: string, value: string])[] = [
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
  ['authenticationContextClassReferences', '[{"id":"c1","detail":"required"}]'],
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

/** Such records as lines, each with a change or two. */
export const alikeLines = fc
  .tuple(edits, fc.boolean(), fc.constantFrom('', ' ', '\r', '\ufeff', '}', ']'), fc.nat({ max: 3 }))
  .map(([each, isShifted, behind, user]) => {
    const members = RECORD.map(([name, value]) => `"${name}":${value.replace(/0001"/, `000${user}"`)}`);
    for (const { member, edit, at } of each) members[member] = EDITS[edit]?.(members[member] ?? '', at) ?? '';
    if (isShifted) members.push(...members.splice(2, 3));
    return `{${members.filter((member) => member !== '').join(',')}}${behind}`;
  });
