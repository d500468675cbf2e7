import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { workplace } from '../support/in-process.ts';

const QUESTIONS = `Name,User,App,Source IP,Via,country,signaling,satisfied
desk,joni,Office 365 Exchange Online,203.0.113.25,gsa,NL,,mfa
desk off,joni.sherman@contoso.com,Office 365 Exchange Online,203.0.113.25,gsa,NL,disabled,mfa
away,joni.sherman@contoso.com,Office 365 Exchange Online,192.0.2.9,direct,NL,,"mfa,compliantDevice"
nowhere,joni.sherman@contoso.com,Office 365 Exchange Online,,direct,,,mfa
`;

async function asked(text: string, ...options: readonly string[]) {
  const place = workplace();
  await place.gsa('init');
  writeFileSync(join(place.folder, 'q.csv'), text);
  return place.gsa(['whatif', '--from', 'q.csv', ...options]);
}

describe('gsa whatif --from', () => {
  test('answers each row as gsa whatif answers it alone', async () => {
    const { value } = (await asked(QUESTIONS, '-o', 'json')).json() as { value: Record<string, unknown>[] };
    expect(value.map(({ line, name, outcome }) => [line, name, outcome])).toEqual([
      [2, 'desk', 'granted'],
      [3, 'desk off', 'blocked'],
      [4, 'away', 'blocked'],
      [5, 'nowhere', 'unknown'],
    ]);
    const place = workplace();
    await place.gsa('init');
    for (const [words, at] of [
      ['--via gsa --source-ip 203.0.113.25', 0],
      ['--via gsa --source-ip 203.0.113.25 --signaling disabled', 1],
      ['--source-ip 192.0.2.9 --satisfied compliantDevice', 2],
    ] as const) {
      const alone = (
        await place.gsa([
          ...'whatif --user joni.sherman@contoso.com --country NL --satisfied mfa -o json --app'.split(' '),
          'Office 365 Exchange Online',
          ...words.split(' '),
        ])
      ).json();
      expect([value[at]?.['outcome'], value[at]?.['errorCode'], value[at]?.['missing']]).toEqual([
        alone['outcome'],
        alone['errorCode'],
        alone['missing'],
      ]);
    }
  });

  test.each([
    ['csv', 'Line,Name,User,Application,From,Via,Signaling,Entra ID sees,Result,Policy,Unknown for lack of'],
    ['tsv', 'Line\tName\tUser'],
    ['markdown', '| Line | Name |'],
    ['ndjson', '{"line":2,"name":"desk"'],
    ['yaml', 'schemaVersion: 1'],
    ['html', '<table>'],
  ])('is a table in %s', async (format, text) => {
    const run = await asked(QUESTIONS, '-o', format);
    expect([run.exitCode, run.stdout]).toEqual([0, expect.stringContaining(text)]);
  });

  test.each([
    ['user,ap\njoni,x\n', 'q.csv:2: no option is called as the column `ap`; did you mean `app`?'],
    ['user,app,via\njoni,All,teleport\n', 'q.csv:2: option `--via <path>` argument `teleport` is invalid'],
    [
      'user,app\njoni,Office 365 Exchange Online\n\nnobody,Office 365 Exchange Online\n',
      'q.csv:4: no user is called `nobody`',
    ],
    ['user,app,source-ip\njoni,Office 365 Exchange Online,1.2.3\n', 'q.csv:2: `1.2.3` is not an IP address'],
    ['user,app\njoni\n', 'is not CSV'],
    ['user,app\n', 'there are no questions'],
    ['', 'there are no questions'],
  ])('%j is not answered at all, and the line is named', async (text, message) => {
    const run = await asked(text);
    expect([run.exitCode, run.stdout]).toEqual([4, '']);
    expect(run.stderr).toContain(message);
  });

  test('goes with no question on the command line, nor with the answer of Graph', async () => {
    expect((await asked(QUESTIONS, '--user', 'joni')).exitCode).toBe(2);
    const graph = await asked(QUESTIONS, '-o', 'graph');
    expect([graph.exitCode, graph.stderr]).toEqual([2, expect.stringContaining('one sign-in at a time')]);
  });
});

describe('gsa whatif --methods', () => {
  test.each([
    ['fido2', 'granted'],
    ['password,sms', 'granted'],
    ['password', 'interrupted'],
    ['handshake', 'unknown'],
    ['handshake --satisfied mfa', 'granted'],
  ])('%s tells whether MFA was done: %s', async (words, outcome) => {
    const place = workplace();
    await place.gsa('init');
    const { gsa } = place;
    const run = await gsa([
      ...'whatif --user megan.bowen@contoso.com --source-ip 198.51.100.7 --country NL -o json --app'.split(' '),
      'Office 365 Exchange Online',
      ...`--methods ${words}`.split(' '),
    ]);
    expect(run.json()['outcome']).toBe(outcome);
  });
});
