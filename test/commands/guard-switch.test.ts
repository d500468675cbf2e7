import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Workplace } from '../support/in-process.ts';
import { workplace } from '../support/in-process.ts';

async function enabledByHand(): Promise<Workplace> {
  const place = workplace();
  await place.gsa('init --created 2024-01-01');
  await place.gsa('signaling enable');
  return place;
}

function settingsFile(place: Workplace): string {
  const file = join(place.folder, 'settings.json');
  writeFileSync(file, '{"signalingStatus":"disabled"}');
  return file;
}

const ROADS: readonly (readonly [road: string, words: (place: Workplace) => readonly string[]])[] = [
  ['an import of settings', (place) => ['import', '--kind', 'settings', settingsFile(place)]],
  ['an undo', () => ['undo']],
  ['a restored backup', () => ['tenant', 'restore']],
];

describe('whatever switches signaling off shows the dependents first', () => {
  test.each(ROADS)('%s is refused without a terminal, names them, and writes nothing', async (_road, words) => {
    const place = await enabledByHand();
    const before = place.bytes();
    const run = await place.gsa(words(place));
    expect(run.exitCode).toBe(3);
    expect(run.stderr).toContain('CA003 Block Finance outside trusted locations: newly blocked');
    expect(place.bytes()).toBe(before);
  });

  test.each(ROADS)('%s is done where --yes was said', async (_road, words) => {
    const place = await enabledByHand();
    expect((await place.gsa([...words(place), '--yes'])).exitCode).toBe(0);
    expect((await place.gsa('signaling status -o json')).json()['signalingStatus']).toBe('disabled');
  });

  test.each(ROADS)('%s asks on a terminal, and no is no', async (_road, words) => {
    const place = await enabledByHand();
    const before = place.bytes();
    expect((await place.gsa(words(place), { answers: [false] })).exitCode).toBe(3);
    expect(place.asked).toHaveLength(1);
    expect(place.bytes()).toBe(before);
  });
});

test('a state that does not exist is a usage error', async () => {
  const place = await enabledByHand();
  const run = await place.gsa(['policy', 'set-state', 'CA002 Block legacy authentication', 'bogus']);
  expect(run.exitCode).toBe(2);
  expect(run.stderr).toContain('report-only');
});

test('JSON lists hold Graph objects and nothing that is for people', async () => {
  const place = await enabledByHand();
  for (const line of ['user list', 'group list', 'role list', 'policy deleted', 'location list', 'policy list']) {
    expect(Object.keys((await place.gsa(`${line} -o json`)).json())).toEqual(['schemaVersion', 'value']);
  }
});
