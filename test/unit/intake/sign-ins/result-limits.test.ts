import { expect, test } from 'vitest';
import { readAll, source } from '../../../support/read-all-sign-ins.ts';

const row = (at: number) =>
  JSON.stringify({
    TimeGenerated: '2026-06-01T08:00:00Z',
    Id: `row-${at}`,
    UserId: 'anna',
    UserPrincipalName: 'anna@contoso.example',
    Category: 'SignInLogs',
    SignInCount: 2,
  });
const rows = (count: number) => Array.from({ length: count }, (_, at) => row(at)).join('\n');

test.each([
  [29_999, 0],
  [30_000, 1],
  [30_001, 0],
])('a file of Log Analytics with %i rows has %i mark of a result that was cut off', async (count, cut) => {
  const { skipped } = await readAll([source(rows(count))]);
  expect(skipped.filter(({ reason }) => reason === 'cutOff')).toHaveLength(cut);
});

test('a file whose last sign-in is none of Log Analytics is no result of it, however it is read', async () => {
  const last = JSON.stringify({ id: 'last', createdDateTime: '2026-06-01T08:00:00Z', userId: 'anna' });
  const text = `${rows(29_999)}\n${last}\n`;
  for (const facts of [{}, { sourceOf: () => undefined }]) {
    expect((await readAll([source(text)], { facts })).skipped).toEqual([]);
  }
});
