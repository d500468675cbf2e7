import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Workplace } from '../support/in-process.ts';
import { workplace } from '../support/in-process.ts';

const NOW = { now: '2026-06-15T10:00:00Z' };
const record = (number: number, createdDateTime: string) => ({
  id: `aaaaaaaa-0000-4000-8000-00000000000${number}`,
  createdDateTime,
  userPrincipalName: 'megan.bowen@contoso.com',
  ipAddress: '203.0.113.10',
  resourceDisplayName: 'Office 365 Exchange Online',
  status: { errorCode: 0 },
});
const replayed = async (): Promise<Workplace> => {
  const place = workplace();
  await place.gsa('init', NOW);
  const file = join(place.folder, 's.json');
  writeFileSync(file, JSON.stringify([record(1, '2026-06-15T09:54:00Z'), record(2, '2026-06-15T09:58:00Z')]));
  await place.gsa(['replay', file], NOW);
  return place;
};
const shown = async (place: Workplace) => {
  const run = await place.gsa('logs -o json', NOW);
  return [(run.json()['value'] as readonly unknown[]).length, run.stderr.includes('1 sign-in is not in the log yet')];
};

describe('the delay of the sign-in log', () => {
  test('is five minutes where it was never set, and what it hides is told', async () => {
    const place = await replayed();
    expect(await shown(place)).toEqual([1, true]);
    expect((await place.gsa('logs', NOW)).stderr).toContain(
      'it shows after 5 minutes (`gsa tenant set --sign-in-log-delay`)',
    );
    expect((await place.gsa('tenant set --help')).stdout.replaceAll(/\s+/g, ' ')).toContain(
      '5m where it was never set',
    );
  });

  test('is switched off by 0, and as long as was said', async () => {
    const place = await replayed();
    await place.gsa('tenant set --sign-in-log-delay 0', NOW);
    expect(await shown(place)).toEqual([2, false]);
    await place.gsa('tenant set --sign-in-log-delay 1m', NOW);
    expect(await shown(place)).toEqual([2, false]);
    await place.gsa('undo', NOW);
    await place.gsa('undo', NOW);
    expect(await shown(place)).toEqual([1, true]);
  });
});
