import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { baselineSchemaText, readBaseline } from '../../../../src/intake/baseline/baseline.ts';

const problemsOf = (source: string) => {
  const reading = readBaseline(source, 'known.yaml');
  if (reading.ok) throw new Error('the file was accepted');
  return reading.problems.map(({ place, message }) => `${place.line}:${place.column} ${message}`);
};

describe('a file of known findings that was made to be hard to read is refused in bounded time, with few words', () => {
  test.each<[string, string, string]>([
    ['an entry that holds itself', 'accepted: [&a { reason: *a }]', 'an alias leads back into what it stands in'],
    ['5,000 aliases', `a: &a x\nb: [${'*a, '.repeat(5_000)}]`, 'has more than 1000 aliases, anchors and tags'],
    ['200,000 maps in each other', 'a: '.repeat(200_000), 'is nested more than 64 levels deep'],
    ['200,000 brackets that close nothing', 'a: ]\n'.repeat(200_000), 'is not valid YAML in more than 50 places'],
    ['30,000 keys', Array.from({ length: 30_000 }, (_, at) => `k${at}: 1\n`).join(''), 'unknown key `k0`'],
    ['the same key 30,000 times', 'k: 1\n'.repeat(30_000), 'the key stands here a second time'],
    ['30,000 entries that are none', `accepted: [${'{}, '.repeat(30_000)}]`, 'is missing'],
    ['50,000 brackets', `accepted: ${'['.repeat(50_000)}`, 'is nested more than 64 levels deep'],
  ])('%s', (_, source, message) => {
    const told = problemsOf(source);
    expect(told.join('\n')).toContain(message);
    expect(told.length).toBeLessThanOrEqual(50);
  });
});

describe('the file of known findings', () => {
  test('names findings by fingerprint or by rule and subject, in YAML', () => {
    const source = `accepted:
  - rule: host-bits
    subject: Headquarters
    reason: the provider writes it so
    owner: netops
    until: 2026-12-31
  # one finding
  - fingerprint: GSA031:namedLocation:30000000-0000-4000-8000-000000000001
    reason: needed from March on
    owner: megan@contoso.com
    until: 2026-03-01T00:00:00Z
`;
    expect(readBaseline(source, 'known.yaml')).toEqual({
      ok: true,
      entries: [
        {
          rule: 'host-bits',
          subject: 'Headquarters',
          reason: 'the provider writes it so',
          owner: 'netops',
          until: '2026-12-31',
          place: { file: 'known.yaml', line: 2, column: 5, pointer: '/accepted/0' },
        },
        {
          fingerprint: 'GSA031:namedLocation:30000000-0000-4000-8000-000000000001',
          reason: 'needed from March on',
          owner: 'megan@contoso.com',
          until: '2026-03-01T00:00:00Z',
          place: { file: 'known.yaml', line: 8, column: 5, pointer: '/accepted/1' },
        },
      ],
    });
  });

  test('may be JSON', () => {
    const entry = { fingerprint: 'GSA031:x', reason: 'r', owner: 'o', until: '2026-12-31' };
    const reading = readBaseline(JSON.stringify({ accepted: [entry] }), 'known.json');
    expect(reading).toMatchObject({ ok: true, entries: [entry] });
  });

  test.each([
    [
      'a misspelt key, and what is missing because of it',
      'accepted:\n  - rule: GSA037\n    subject: HQ\n    reason: r\n    owner: o\n    untill: 2026-12-31\n',
      ['2:5 `until` is missing', '6:5 unknown key `untill`; did you mean `until`?'],
    ],
    [
      'a misspelt list',
      'acepted: []\n',
      ['1:1 `accepted` is missing', '1:1 unknown key `acepted`; did you mean `accepted`?'],
    ],
    [
      'a rule that there is not',
      'accepted:\n  - rule: host-bit\n    subject: HQ\n    reason: r\n    owner: o\n    until: 2026-12-31\n',
      ['2:5 there is no rule `host-bit`; did you mean `host-bits`?'],
    ],
    [
      'an entry that names nothing',
      'accepted:\n  - reason: r\n    owner: o\n    until: 2026-12-31\n',
      ['2:5 give either `fingerprint`, or `rule` and `subject`'],
    ],
    [
      'an end that is no day',
      'accepted:\n  - fingerprint: x\n    reason: r\n    owner: o\n    until: next summer\n',
      ['5:5 `until` is `next summer`; write a day such as 2026-12-31'],
    ],
    [
      'an end on a day that does not exist',
      'accepted:\n  - fingerprint: x\n    reason: r\n    owner: o\n    until: 2026-02-30\n',
      ['5:5 `until` is `2026-02-30`; write a day such as 2026-12-31'],
    ],
    [
      'a severity that there is not',
      'accepted:\n  - fingerprint: x\n    reason: r\n    owner: o\n    until: 2026-12-31\n    severity: fatal\n',
      ['6:5 `severity` must be `error` or `warning` or `note`'],
    ],
    [
      'texts that are none',
      'accepted:\n  - fingerprint: 7\n    reason: ""\n    owner: o\n    until: 2026-12-31\n',
      ['2:5 `fingerprint` must be text', '3:5 `reason` is empty'],
    ],
    ['something else than a list', 'accepted: yes\n', ['1:1 `accepted` must be a list']],
    ['an empty file', '', ['1:1 it must be a map']],
    ['a key twice', 'accepted: []\naccepted: []\n', ['2:1 the key stands here a second time']],
    [
      'text that is no YAML',
      'accepted: [\n',
      ['2:1 is not valid YAML: flow sequence in block collection must be sufficiently indented and end with a ]'],
    ],
    [
      'an alias without its anchor',
      'accepted: *gone\n',
      ['1:11 is not valid YAML: unresolved alias (the anchor must be set before the alias): gone'],
    ],
  ])('is refused with line and column for %s', (_, source, problems) => {
    expect(problemsOf(source)).toEqual(problems);
  });

  test('has a JSON Schema that says what is needed', () => {
    expect(readFileSync('docs/schema/baseline.schema.json', 'utf8')).toBe(baselineSchemaText());
    expect(JSON.parse(baselineSchemaText())).toMatchObject({
      type: 'object',
      required: ['accepted'],
      additionalProperties: false,
      properties: {
        accepted: {
          type: 'array',
          items: {
            additionalProperties: false,
            required: ['reason', 'owner', 'until'],
            oneOf: [{ required: ['fingerprint'] }, { required: ['rule', 'subject'] }],
          },
        },
      },
    });
  });
});
