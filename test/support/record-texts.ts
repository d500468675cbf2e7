import fc from 'fast-check';
import { READ_MEMBERS } from '../../src/intake/sign-ins/scan/read-members.ts';

/** Words that the reader knows, with others: what stands in members that are read. */
const words = fc.constantFrom(
  ...['', 'none', 'member', 'Guest', 'user@contoso.com', 'a0000000-0000-4000-8000-000000000001', 'Browser', 'IMAP4'],
  ...['00000000-0000-0000-0000-000000000000', '203.0.113.5', '151.206.0.9', '2001:db8::1', '203.0.113.5:443', 'DE'],
  ...['true', 'interactiveUser', 'nonInteractiveUser', 'servicePrincipal', 'managedIdentity', 'deviceCode', 'low'],
  ...['MFA completed in Azure AD', 'MFA requirement skipped', 'Password', 'success', 'failure', 'location,users'],
  ...[
    'Tōkyō',
    '\u2028',
    '"\\/\b',
    '\ud800',
    'Windows10',
    'Azure AD joined',
    'constructor',
    'multiFactorAuthentication',
  ],
);

const scalars = fc.oneof(
  { weight: 6, arbitrary: words },
  { weight: 1, arbitrary: fc.constantFrom(null, true, false, 0, 50076, 3, -1.5e-7, 1e300) },
);

const names = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      ...READ_MEMBERS,
      ...['id', 'result', 'displayName', 'conditionsSatisfied', 'conditionsNotSatisfied', 'errorCode', 'succeeded'],
      ...[
        'additionalDetails',
        'authenticationMethod',
        'authenticationStepResultDetail',
        'countryOrRegion',
        'trustType',
      ],
      ...['deviceId', 'operatingSystem', 'isCompliant', 'msiType', 'authMethod', 'authenticationStepDateTime'],
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom('userAgent', 'riskState', '__proto__', 'é', 'a"b', '') },
);

const shallow = fc.oneof(scalars, fc.array(scalars, { maxLength: 3 }), fc.dictionary(names, scalars, { maxKeys: 5 }));
const values = fc.oneof(
  { weight: 5, arbitrary: shallow },
  { weight: 2, arbitrary: fc.array(fc.dictionary(names, shallow, { maxKeys: 5 }), { maxLength: 4 }) },
  { weight: 1, arbitrary: fc.dictionary(names, shallow, { maxKeys: 3 }) },
);

/** Members by which a record may be something else, some of them by their values. */
const doubtful = fc.constantFrom<readonly [string, unknown]>(
  ['@odata.type', '#microsoft.graph.signIn'],
  ['@odata.type', '#microsoft.graph.user'],
  ['properties', { userPrincipalName: 'x' }],
  ['category', 'SignInLogs'],
  ['Category', 'SignInLogs'],
  ['TimeGenerated', '2026-01-15T09:00:00Z'],
  ['UserId', 'x'],
  ['conditions', {}],
  ['conditions', null],
  ['accountEnabled', true],
  ['activityDisplayName', 'x'],
  ['trafficType', 'internet'],
  ['riskEventType', 'x'],
  ['value', [{ id: '1' }]],
  ['records', 'x'],
  ['message', '{"id":"1"}'],
);

const times = fc.constantFrom<unknown>(
  ...['2026-01-15T09:00:00Z', '2026-01-15T09:00:00.1230000Z', '2026-01-15T09:00:00+02:00', '2026-02-30T09:00:00Z'],
  ...['2026-01-15T09:00:00', '', null, 5],
);

type Entry = readonly [name: string, value: unknown];

const records = fc
  .record({
    id: fc.oneof({ weight: 8, arbitrary: fc.uuid() }, { weight: 1, arbitrary: scalars }),
    time: fc.oneof(
      { weight: 8, arbitrary: fc.constant<unknown>('2026-01-15T09:00:00Z') },
      { weight: 1, arbitrary: times },
    ),
    members: fc.array(fc.tuple(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...READ_MEMBERS) }, names), values), {
      maxLength: 14,
    }),
    more: fc.option(doubtful, { nil: undefined, freq: 6 }),
    order: fc.nat(),
  })
  .map(({ id, time, members, more, order }): readonly Entry[] => {
    const entries: Entry[] = [['id', id], ['createdDateTime', time], ['userId', 'u'], ...members];
    if (more !== undefined) entries.splice(order % entries.length, 0, more);
    return entries;
  });

/** A record in one of the ways in which it may be written; members may stand twice, names may be escaped. */
export const recordTexts = fc.tuple(records, fc.nat({ max: 9 })).map(([entries, way]) => {
  const name = (text: string) =>
    way === 1 ? `"\\u${text.charCodeAt(0).toString(16).padStart(4, '0')}${text.slice(1)}"` : '';
  const members = entries.map(([key, value]) => {
    const quoted = key !== '' && /^\w+$/.test(key) ? name(key) || JSON.stringify(key) : JSON.stringify(key);
    return `${quoted}${way === 2 ? ' : ' : ':'}${JSON.stringify(value, null, way === 3 ? 2 : 0)}`;
  });
  const text = `{${members.join(way === 2 ? ' ,\t' : ',')}}`;
  return way === 4 ? text.replace(/\n/g, ' ') : text;
});
