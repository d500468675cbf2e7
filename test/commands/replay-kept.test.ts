import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { signIns } from '../support/generate-sign-ins.ts';
import { workplace } from '../support/in-process.ts';

/** More than a replay writes at once. */
const RECORDS = signIns(700, { users: 60 });

describe('a replay of more sign-ins than are written at once', () => {
  test('is answered for as it was acknowledged, whatever becomes of the tenant', async () => {
    const place = workplace();
    await place.gsa('init');
    writeFileSync(
      join(place.folder, 'signins.ndjson'),
      RECORDS.map((record) => `${JSON.stringify(record)}\n`).join(''),
    );
    const replayed = (await place.gsa('replay signins.ndjson -o json')).json();
    expect(replayed).toMatchObject({ replayed: 700, added: 700 });
    const questions = ['logs --all -o json', 'logs --all -o csv', 'logs --count-by outcome,policy -o json'];
    const answers = async () => {
      const all: string[] = [];
      for (const words of questions) all.push((await place.gsa(words)).stdout);
      return all;
    };
    const before = await answers();
    const { value } = JSON.parse(before[0] ?? '') as { value: readonly { replay: { outcome: string } }[] };
    const counted = Object.entries(replayed['outcomes'] as Record<string, number>).filter(([, count]) => count > 0);
    for (const [outcome, count] of counted) {
      expect([outcome, value.filter(({ replay }) => replay.outcome === outcome)]).toHaveProperty('1.length', count);
    }
    expect((await place.gsa('signaling disable --delete-policies --yes')).exitCode).toBe(0);
    expect(await answers()).toEqual(before);
    // Under the status of the first run they are entries of their own, which come out otherwise by what was deleted.
    const again = (await place.gsa('replay signins.ndjson --signaling enabled -o json')).json();
    expect(again).toMatchObject({ added: 0, alreadyLogged: 0, judgedAnew: 700 });
    expect((await place.gsa('undo --yes')).exitCode).toBe(0);
    expect((await place.gsa('replay signins.ndjson --signaling enabled -o json')).json()).toMatchObject({
      judgedAnew: 700,
    });
    // Policies that come back stand at the end: what came of the sign-ins is the same.
    const rows = (text: string | undefined) =>
      (JSON.parse(text ?? '').value as readonly { id: string; replay: Record<string, unknown> }[]).map(
        ({ id, replay: { tenantSerial: _serial, recorded: _recorded, ...came } }) => ({ id, ...came }),
      );
    expect(rows((await answers())[0])).toEqual(rows(before[0]));
  });
});
