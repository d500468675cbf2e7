import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loggedPlace, signIn } from '../support/logged.ts';

const names = (folder: string) => readdirSync(folder).filter((name) => name.endsWith('.db'));
const lineageOf = (bytes: string): string => JSON.parse(bytes).lineage;

describe('a sign-in log belongs to one tenant', () => {
  test('`gsa init --force` moves the log of the tenant before to another name, says so, and begins an empty one', async () => {
    const place = await loggedPlace(signIn('a'));
    const aside = `tenant.signins.${lineageOf(place.bytes()).slice(0, 8)}.db`;
    const run = await place.gsa('init --force');
    expect(run.exitCode).toBe(0);
    expect(run.stderr).toContain(`the sign-in log of the tenant before is kept as \`~/${aside}\`\n`);
    expect(names(place.folder)).toEqual([aside]);
    expect(await place.ids()).toEqual([]);
    place.append(signIn('a'));
    expect(await place.ids()).toEqual(['a']);
    expect(names(place.folder).sort()).toEqual([aside, 'tenant.signins.db'].sort());
  });

  test('`gsa init` where no log lies says nothing of one and makes none', async () => {
    const place = await loggedPlace();
    expect((await place.gsa('init --force')).stderr).not.toContain('sign-in log');
    expect(names(place.folder)).toEqual([]);
  });

  test('an older backup of the same tenant keeps the log', async () => {
    const place = await loggedPlace(signIn('a'));
    const before = place.bytes();
    await place.gsa('signaling disable --keep-policies --yes');
    expect(place.bytes()).not.toBe(before);
    expect((await place.gsa('tenant restore --yes')).exitCode).toBe(0);
    expect(JSON.parse(place.bytes()).tenant).toEqual(JSON.parse(before).tenant);
    expect(await place.ids()).toEqual(['a']);
  });

  test('another tenant that is put in its place is refused the log, with what to type', async () => {
    const place = await loggedPlace(signIn('a'));
    const other = await loggedPlace();
    copyFileSync(other.tenant, place.tenant);
    for (const words of ['logs', 'logs show a', 'check --from-logs', 'impact --from-logs --of signaling=disabled']) {
      const run = await place.gsa(words);
      expect([words, run.exitCode, run.stdout]).toEqual([words, 4, '']);
      expect(run.stderr).toContain(
        `the sign-in log \`${join(place.folder, 'tenant.signins.db')}\` belongs to another tenant`,
      );
      expect(run.stderr).toContain('move it away and replay again: `mkdir ');
    }
  });
});
